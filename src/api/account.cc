// account.*, the part about how one shows oneself: profile, username, status, privacy, notifications.
// The other part (password, devices, deletion) is in account_security.cc.
#include "tl/account.h"
#include "api/method.h"
#include "api/peers.h"
#include "api/render/notify.h"
#include "api/render/privacy.h"
#include "api/render/user.h"
#include "tl/core_b.h"
#include "tl/core_r.h"
#include "tl/fn_account.h"

namespace heliograph::api {

namespace {

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

namespace account_fn = tl::fn::account;

Task<Result<tl::Box<tl::User>>> own_user(Context& context) {
  CO_ASSIGN(const auto view,
            co_await context.services.users.view_one(context.caller.user, context.caller.user));
  co_return render_user(view);
}

// Profile

Answer<account_fn::updateProfile> update_profile(Context& context, account_fn::updateProfile& request) {
  services::Profile::Change change;
  change.first_name = std::move(request.first_name);
  change.last_name = std::move(request.last_name);
  change.about = std::move(request.about);
  CO_TRY(co_await context.services.profile.update(context.caller, std::move(change)));
  co_return co_await own_user(context);
}

Answer<account_fn::checkUsername> check_username(Context& context, account_fn::checkUsername& request) {
  co_return co_await context.services.profile.username_free(context.caller, std::move(request.username));
}

Answer<account_fn::updateUsername> update_username(Context& context, account_fn::updateUsername& request) {
  CO_TRY(co_await context.services.profile.set_username(context.caller, std::move(request.username)));
  co_return co_await own_user(context);
}

Answer<account_fn::updateBirthday> update_birthday(Context& context, account_fn::updateBirthday& request) {
  std::optional<services::Birthday> birthday;
  if (const auto* wire = request.birthday.get_if<tl::birthday>()) {
    birthday = services::Birthday{wire->day, wire->month, wire->year.value_or(0)};
  }
  CO_TRY(co_await context.services.profile.set_birthday(context.caller, birthday));
  co_return true;
}

Answer<account_fn::updateStatus> update_status(Context& context, account_fn::updateStatus& request) {
  co_await context.services.presence.update(context.caller, request.offline);
  co_return true;
}

// Privacy

Task<Result<tl::Box<tl::account::PrivacyRules>>> answer_privacy(Context& context,
                                                                const services::PrivacyRules& rules) {
  tl::account::privacyRules reply;
  reply.rules = render_privacy_rules(rules);
  CO_ASSIGN(reply.users,
            co_await describe_users(context.services.users, context.caller.user, users_in(rules)));
  co_return reply;
}

Answer<account_fn::getPrivacy> get_privacy(Context& context, account_fn::getPrivacy& request) {
  CO_ASSIGN(const auto key, privacy_key_from(request.key));
  CO_ASSIGN(const auto rules, co_await context.services.privacy.get(context.caller.user, key));
  co_return co_await answer_privacy(context, rules);
}

Answer<account_fn::setPrivacy> set_privacy(Context& context, account_fn::setPrivacy& request) {
  CO_ASSIGN(const auto key, privacy_key_from(request.key));
  CO_ASSIGN(auto wanted, co_await privacy_rules_from(context, request.rules));
  CO_ASSIGN(const auto rules, co_await context.services.privacy.set(context.caller, key, std::move(wanted)));
  context.services.users.forget(context.caller.user);
  co_return co_await answer_privacy(context, rules);
}

Answer<account_fn::getGlobalPrivacySettings> get_global_privacy_settings(
    Context& context, account_fn::getGlobalPrivacySettings&) {
  CO_ASSIGN(const auto settings, co_await context.services.privacy.get_global(context.caller.user));
  co_return render_global_privacy(settings);
}

Answer<account_fn::setGlobalPrivacySettings> set_global_privacy_settings(
    Context& context, account_fn::setGlobalPrivacySettings& request) {
  CO_ASSIGN(const auto wanted, global_privacy_from(request.settings));
  CO_ASSIGN(const auto settings, co_await context.services.privacy.set_global(context.caller, wanted));
  context.services.users.forget(context.caller.user);
  co_return render_global_privacy(settings);
}

// Notifications

Answer<account_fn::getNotifySettings> get_notify_settings(Context& context,
                                                          account_fn::getNotifySettings& request) {
  CO_ASSIGN(const auto target, co_await notify_target_from(context, request.peer));
  CO_ASSIGN(auto settings, co_await context.services.notify.get(context.caller.user, target));
  if (target.scope != services::NotifyTarget::Scope::peer) {
    // Nothing lies behind a scope to fall back to, so what is not set is said.
    if (!settings.show_previews) settings.show_previews = true;
    if (!settings.silent) settings.silent = false;
    if (!settings.mute_until) settings.mute_until = 0;
    if (!settings.sound) settings.sound = services::Sound{};
  }
  co_return render_notify_settings(settings);
}

Answer<account_fn::updateNotifySettings> update_notify_settings(Context& context,
                                                                account_fn::updateNotifySettings& request) {
  CO_ASSIGN(const auto target, co_await notify_target_from(context, request.peer));
  CO_ASSIGN(auto settings, notify_settings_from(request.settings));
  CO_TRY(co_await context.services.notify.set(context.caller, target, std::move(settings)));
  co_return true;
}

Answer<account_fn::resetNotifySettings> reset_notify_settings(Context& context,
                                                              account_fn::resetNotifySettings&) {
  CO_TRY(co_await context.services.notify.reset(context.caller));
  co_return true;
}

// In which of the three scopes a dialog is: people in one, groups and channels in the others.
bool in_scope(Peer peer, const services::NotifyTarget& target) {
  using Scope = services::NotifyTarget::Scope;
  switch (target.scope) {
    case Scope::peer:
      return peer == target.peer;
    case Scope::users:
      return peer.kind == PeerKind::user;
    case Scope::chats:
      return peer.kind == PeerKind::chat;
    case Scope::broadcasts:
      return peer.kind == PeerKind::channel;
  }
  return false;
}

Answer<account_fn::getNotifyExceptions> get_notify_exceptions(Context& context,
                                                              account_fn::getNotifyExceptions& request) {
  std::optional<services::NotifyTarget> wanted;
  if (request.peer) {
    CO_ASSIGN(wanted, co_await notify_target_from(context, request.peer));
  }
  CO_ASSIGN(const auto exceptions, co_await context.services.notify.exceptions(context.caller.user));
  tl::updates_ reply;
  std::vector<UserId> users;
  for (const auto& exception : exceptions) {
    if (wanted && !in_scope(exception.peer, *wanted)) continue;
    services::NotifyTarget target;
    target.peer = exception.peer;
    tl::updateNotifySettings update;
    update.peer = render_notify_target(target);
    update.notify_settings = render_notify_settings(exception.settings);
    reply.updates.push_back(std::move(update));
    if (exception.peer.is_user()) users.push_back(exception.peer.user());
  }
  CO_ASSIGN(reply.users,
            co_await describe_users(context.services.users, context.caller.user, std::move(users)));
  reply.date = static_cast<std::int32_t>(context.now());
  co_return reply;
}

Answer<account_fn::getContactSignUpNotification> get_contact_sign_up_notification(
    Context& context, account_fn::getContactSignUpNotification&) {
  co_return co_await context.services.preferences.silent_about_sign_ups(context.caller.user);
}

Answer<account_fn::setContactSignUpNotification> set_contact_sign_up_notification(
    Context& context, account_fn::setContactSignUpNotification& request) {
  CO_TRY(co_await context.services.preferences.set_silent_about_sign_ups(context.caller, request.silent));
  co_return true;
}

// There are no reactions to be notified of; these are the defaults that clients show.
Answer<account_fn::getReactionsNotifySettings> get_reactions_notify_settings(
    Context&, account_fn::getReactionsNotifySettings&) {
  tl::reactionsNotifySettings settings;
  settings.sound = tl::notificationSoundDefault{};
  settings.show_previews = true;
  co_return settings;
}

// Content

Answer<account_fn::getContentSettings> get_content_settings(Context& context,
                                                            account_fn::getContentSettings&) {
  CO_ASSIGN(const bool shown, co_await context.services.preferences.sensitive_content(context.caller.user));
  tl::account::contentSettings settings;
  settings.sensitive_enabled = shown;
  settings.sensitive_can_change = true;
  co_return settings;
}

Answer<account_fn::setContentSettings> set_content_settings(Context& context,
                                                            account_fn::setContentSettings& request) {
  CO_TRY(
      co_await context.services.preferences.set_sensitive_content(context.caller, request.sensitive_enabled));
  co_return true;
}

// Nobody has saved music here yet.
Answer<account_fn::getSavedMusicIds> get_saved_music_ids(Context&, account_fn::getSavedMusicIds&) {
  co_return tl::account::savedMusicIds{};
}

}  // namespace

void register_account(Methods& methods) {
  methods.on(update_profile);
  methods.on(check_username);
  methods.on(update_username);
  methods.on(update_birthday);
  methods.on(update_status);
  methods.on(get_privacy);
  methods.on(set_privacy);
  methods.on(get_global_privacy_settings);
  methods.on(set_global_privacy_settings);
  methods.on(get_notify_settings);
  methods.on(update_notify_settings);
  methods.on(reset_notify_settings);
  methods.on(get_notify_exceptions);
  methods.on(get_contact_sign_up_notification);
  methods.on(set_contact_sign_up_notification);
  methods.on(get_reactions_notify_settings);
  methods.on(get_content_settings);
  methods.on(set_content_settings);
  methods.on(get_saved_music_ids);
}

}  // namespace heliograph::api
