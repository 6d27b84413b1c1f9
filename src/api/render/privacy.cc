#include "api/render/privacy.h"

#include "api/peers.h"

namespace heliograph::api {

using Key = services::PrivacyKey;
using Rule = services::PrivacyRule;

tl::Box<tl::PrivacyKey> render_privacy_key(Key key) {
  switch (key) {
    case Key::status_timestamp:
      return tl::privacyKeyStatusTimestamp{};
    case Key::chat_invite:
      return tl::privacyKeyChatInvite{};
    case Key::phone_call:
      return tl::privacyKeyPhoneCall{};
    case Key::phone_p2p:
      return tl::privacyKeyPhoneP2P{};
    case Key::forwards:
      return tl::privacyKeyForwards{};
    case Key::profile_photo:
      return tl::privacyKeyProfilePhoto{};
    case Key::phone_number:
      return tl::privacyKeyPhoneNumber{};
    case Key::added_by_phone:
      return tl::privacyKeyAddedByPhone{};
    case Key::voice_messages:
      return tl::privacyKeyVoiceMessages{};
    case Key::about:
      return tl::privacyKeyAbout{};
    case Key::birthday:
      return tl::privacyKeyBirthday{};
    case Key::star_gifts_auto_save:
      return tl::privacyKeyStarGiftsAutoSave{};
    case Key::no_paid_messages:
      return tl::privacyKeyNoPaidMessages{};
    case Key::saved_music:
      return tl::privacyKeySavedMusic{};
  }
  return {};
}

Result<Key> privacy_key_from(const tl::Box<tl::InputPrivacyKey>& input) {
  switch (input.index()) {
    case tl::inputPrivacyKeyStatusTimestamp::kIndex:
      return Key::status_timestamp;
    case tl::inputPrivacyKeyChatInvite::kIndex:
      return Key::chat_invite;
    case tl::inputPrivacyKeyPhoneCall::kIndex:
      return Key::phone_call;
    case tl::inputPrivacyKeyPhoneP2P::kIndex:
      return Key::phone_p2p;
    case tl::inputPrivacyKeyForwards::kIndex:
      return Key::forwards;
    case tl::inputPrivacyKeyProfilePhoto::kIndex:
      return Key::profile_photo;
    case tl::inputPrivacyKeyPhoneNumber::kIndex:
      return Key::phone_number;
    case tl::inputPrivacyKeyAddedByPhone::kIndex:
      return Key::added_by_phone;
    case tl::inputPrivacyKeyVoiceMessages::kIndex:
      return Key::voice_messages;
    case tl::inputPrivacyKeyAbout::kIndex:
      return Key::about;
    case tl::inputPrivacyKeyBirthday::kIndex:
      return Key::birthday;
    case tl::inputPrivacyKeyStarGiftsAutoSave::kIndex:
      return Key::star_gifts_auto_save;
    case tl::inputPrivacyKeyNoPaidMessages::kIndex:
      return Key::no_paid_messages;
    case tl::inputPrivacyKeySavedMusic::kIndex:
      return Key::saved_music;
    default:
      return fail(Error::invalid("PRIVACY_KEY_INVALID"));
  }
}

namespace {

tl::Box<tl::PrivacyRule> render_rule(const Rule& rule) {
  switch (rule.kind) {
    case Rule::Kind::allow_all:
      return tl::privacyValueAllowAll{};
    case Rule::Kind::disallow_all:
      return tl::privacyValueDisallowAll{};
    case Rule::Kind::allow_contacts:
      return tl::privacyValueAllowContacts{};
    case Rule::Kind::disallow_contacts:
      return tl::privacyValueDisallowContacts{};
    case Rule::Kind::allow_users:
      return tl::privacyValueAllowUsers{.users = rule.ids};
    case Rule::Kind::disallow_users:
      return tl::privacyValueDisallowUsers{.users = rule.ids};
    case Rule::Kind::allow_chat_participants:
      return tl::privacyValueAllowChatParticipants{.chats = rule.ids};
    case Rule::Kind::disallow_chat_participants:
      return tl::privacyValueDisallowChatParticipants{.chats = rule.ids};
    case Rule::Kind::allow_close_friends:
      return tl::privacyValueAllowCloseFriends{};
    case Rule::Kind::allow_premium:
      return tl::privacyValueAllowPremium{};
    case Rule::Kind::allow_bots:
      return tl::privacyValueAllowBots{};
    case Rule::Kind::disallow_bots:
      return tl::privacyValueDisallowBots{};
  }
  return {};
}

Result<Rule> plain_rule(const tl::Box<tl::InputPrivacyRule>& input) {
  using Kind = Rule::Kind;
  switch (input.index()) {
    case tl::inputPrivacyValueAllowAll::kIndex:
      return Rule{Kind::allow_all, {}};
    case tl::inputPrivacyValueDisallowAll::kIndex:
      return Rule{Kind::disallow_all, {}};
    case tl::inputPrivacyValueAllowContacts::kIndex:
      return Rule{Kind::allow_contacts, {}};
    case tl::inputPrivacyValueDisallowContacts::kIndex:
      return Rule{Kind::disallow_contacts, {}};
    case tl::inputPrivacyValueAllowCloseFriends::kIndex:
      return Rule{Kind::allow_close_friends, {}};
    case tl::inputPrivacyValueAllowPremium::kIndex:
      return Rule{Kind::allow_premium, {}};
    case tl::inputPrivacyValueAllowBots::kIndex:
      return Rule{Kind::allow_bots, {}};
    case tl::inputPrivacyValueDisallowBots::kIndex:
      return Rule{Kind::disallow_bots, {}};
    case tl::inputPrivacyValueAllowChatParticipants::kIndex:
      return Rule{Kind::allow_chat_participants,
                  input.get_if<tl::inputPrivacyValueAllowChatParticipants>()->chats};
    case tl::inputPrivacyValueDisallowChatParticipants::kIndex:
      return Rule{Kind::disallow_chat_participants,
                  input.get_if<tl::inputPrivacyValueDisallowChatParticipants>()->chats};
    default:
      return fail(Error::invalid("PRIVACY_VALUE_INVALID"));
  }
}

}  // namespace

std::vector<tl::Box<tl::PrivacyRule>> render_privacy_rules(const services::PrivacyRules& rules) {
  std::vector<tl::Box<tl::PrivacyRule>> wire;
  for (const auto& rule : rules.rules) {
    if (auto rendered = render_rule(rule)) wire.push_back(std::move(rendered));
  }
  return wire;
}

std::vector<UserId> users_in(const services::PrivacyRules& rules) {
  std::vector<UserId> users;
  for (const auto& rule : rules.rules) {
    if (rule.kind != Rule::Kind::allow_users && rule.kind != Rule::Kind::disallow_users) continue;
    for (const auto id : rule.ids) users.emplace_back(id);
  }
  return users;
}

Task<Result<services::PrivacyRules>> privacy_rules_from(
    Context& context, const std::vector<tl::Box<tl::InputPrivacyRule>>& input) {
  if (input.size() > services::Privacy::rules_max) co_return fail(Error::invalid("PRIVACY_TOO_LONG"));
  services::PrivacyRules rules;
  for (const auto& wire : input) {
    const std::vector<tl::Box<tl::InputUser>>* named = nullptr;
    Rule rule;
    if (const auto* allow = wire.get_if<tl::inputPrivacyValueAllowUsers>()) {
      rule.kind = Rule::Kind::allow_users;
      named = &allow->users;
    } else if (const auto* disallow = wire.get_if<tl::inputPrivacyValueDisallowUsers>()) {
      rule.kind = Rule::Kind::disallow_users;
      named = &disallow->users;
    } else {
      CO_ASSIGN(rule, plain_rule(wire));
    }
    if (named != nullptr) {
      if (named->size() > services::Privacy::ids_max) co_return fail(Error::invalid("PRIVACY_TOO_LONG"));
      CO_ASSIGN(const auto users, co_await users_from(context, *named));
      for (const auto user : users) rule.ids.push_back(user.value);
    }
    rules.rules.push_back(std::move(rule));
  }
  co_return rules;
}

tl::Box<tl::GlobalPrivacySettings> render_global_privacy(const services::GlobalPrivacy& settings) {
  tl::globalPrivacySettings wire;
  wire.keep_archived_unmuted = settings.keep_archived_unmuted;
  wire.keep_archived_folders = settings.keep_archived_folders;
  wire.hide_read_marks = settings.hide_read_marks;
  wire.new_noncontact_peers_require_premium = settings.new_noncontact_peers_require_premium;
  wire.display_gifts_button = settings.display_gifts_button;
  return wire;
}

Result<services::GlobalPrivacy> global_privacy_from(const tl::Box<tl::GlobalPrivacySettings>& input) {
  const auto* wire = input.get_if<tl::globalPrivacySettings>();
  if (wire == nullptr) return fail(Error::invalid("SETTINGS_INVALID"));
  if (wire->noncontact_peers_paid_stars.value_or(0) != 0)
    return fail(Error::forbidden("PREMIUM_ACCOUNT_REQUIRED"));
  if (wire->archive_and_mute_new_noncontact_peers) return fail(Error::invalid("AUTOARCHIVE_NOT_AVAILABLE"));
  services::GlobalPrivacy settings;
  settings.keep_archived_unmuted = wire->keep_archived_unmuted;
  settings.keep_archived_folders = wire->keep_archived_folders;
  settings.hide_read_marks = wire->hide_read_marks;
  settings.new_noncontact_peers_require_premium = wire->new_noncontact_peers_require_premium;
  settings.display_gifts_button = wire->display_gifts_button;
  return settings;
}

}  // namespace heliograph::api
