#include "api/render/user.h"

#include "api/render/entity.h"
#include "services/people/typing.h"
#include "tl/core_b.h"
#include "tl/core_t.h"

namespace heliograph::api {

namespace {
std::int32_t wire_time(UnixSeconds time) {
  return static_cast<std::int32_t>(time);
}
}  // namespace

tl::Box<tl::UserStatus> render_status(const services::UserStatus& status) {
  using Kind = services::UserStatus::Kind;
  switch (status.kind) {
    case Kind::none:
      break;
    case Kind::long_ago:
      return tl::userStatusEmpty{};
    case Kind::online:
      return tl::userStatusOnline{.expires = wire_time(status.time)};
    case Kind::offline:
      return tl::userStatusOffline{.was_online = wire_time(status.time)};
    case Kind::recently:
      return tl::userStatusRecently{.by_me = status.by_me};
    case Kind::last_week:
      return tl::userStatusLastWeek{.by_me = status.by_me};
    case Kind::last_month:
      return tl::userStatusLastMonth{.by_me = status.by_me};
  }
  return {};
}

tl::Box<tl::User> render_user(const services::UserView& view) {
  tl::user user;
  user.id = view.id.value;
  user.access_hash = view.access_hash;
  user.deleted = view.deleted;
  if (view.deleted) return user;
  user.self = view.self;
  user.contact = view.contact;
  user.mutual_contact = view.mutual_contact;
  user.close_friend = view.close_friend;
  user.bot = view.bot;
  if (view.bot) {
    user.bot_info_version = view.bot_info_version;
    user.bot_nochats = true;  // the built-in ones, and there are no others
    if (!view.bot_inline_placeholder.empty()) user.bot_inline_placeholder = view.bot_inline_placeholder;
  }
  user.verified = view.verified;
  user.support = view.support;
  user.contact_require_premium = view.contact_require_premium;
  user.first_name = view.first_name;
  if (!view.last_name.empty()) user.last_name = view.last_name;
  if (!view.username.empty()) user.username = view.username;
  if (!view.phone.empty()) user.phone = view.phone;
  user.status = render_status(view.status);
  if (view.photo) {
    tl::userProfilePhoto photo;
    photo.photo_id = view.photo->photo;
    if (!view.photo->stripped.empty()) photo.stripped_thumb = view.photo->stripped;
    photo.dc_id = view.dc_id;
    user.photo = std::move(photo);
  }
  return user;
}

std::vector<tl::Box<tl::User>> render_users(const std::vector<services::UserView>& views) {
  std::vector<tl::Box<tl::User>> users;
  users.reserve(views.size());
  for (const auto& view : views) users.push_back(render_user(view));
  return users;
}

Task<Result<std::vector<tl::Box<tl::User>>>> describe_users(services::Users& users, UserId viewer,
                                                            std::vector<UserId> ids) {
  if (ids.empty()) co_return std::vector<tl::Box<tl::User>>{};
  CO_ASSIGN(const auto views, co_await users.view(viewer, std::move(ids)));
  co_return render_users(views);
}

tl::Box<tl::PeerSettings> render_peer_settings(const services::PeerSettings& settings) {
  tl::peerSettings wire;
  wire.report_spam = settings.report_spam;
  wire.add_contact = settings.add_contact;
  wire.block_contact = settings.block_contact;
  wire.share_contact = settings.share_contact;
  return wire;
}

tl::Box<tl::UserFull> render_full_user(const services::FullUserView& view,
                                       tl::Box<tl::PeerNotifySettings> notify_settings) {
  tl::userFull full;
  full.id = view.user.id.value;
  full.blocked = view.blocked;
  full.phone_calls_private = view.phone_calls_private;
  full.can_pin_message = !view.user.deleted;
  full.has_scheduled = view.has_scheduled;
  full.voice_messages_forbidden = view.voice_messages_forbidden;
  full.contact_require_premium = view.user.contact_require_premium;
  full.read_dates_private = view.read_dates_private;
  if (!view.about.empty()) full.about = view.about;
  full.settings = render_peer_settings(view.settings);
  full.notify_settings = std::move(notify_settings);
  if (view.pinned_message) full.pinned_msg_id = view.pinned_message.value;
  if (view.folder_id != 0) full.folder_id = view.folder_id;
  if (view.ttl_period != 0) full.ttl_period = view.ttl_period;
  if (!view.private_forward_name.empty()) full.private_forward_name = view.private_forward_name;
  if (view.birthday) {
    tl::birthday birthday;
    birthday.day = view.birthday->day;
    birthday.month = view.birthday->month;
    if (view.birthday->year != 0) birthday.year = view.birthday->year;
    full.birthday = std::move(birthday);
  }
  if (view.note) {
    tl::textWithEntities note;
    note.text = view.note->text;
    note.entities = render_entities(view.note->entities);
    full.note = std::move(note);
  }
  return full;
}

tl::Box<tl::SendMessageAction> render_typing(const services::events::Typing& event) {
  using services::TypingAction;
  switch (static_cast<TypingAction>(event.action)) {
    case TypingAction::typing:
      break;
    case TypingAction::cancel:
      return tl::sendMessageCancelAction{};
    case TypingAction::record_video:
      return tl::sendMessageRecordVideoAction{};
    case TypingAction::upload_video:
      return tl::sendMessageUploadVideoAction{.progress = event.progress};
    case TypingAction::record_audio:
      return tl::sendMessageRecordAudioAction{};
    case TypingAction::upload_audio:
      return tl::sendMessageUploadAudioAction{.progress = event.progress};
    case TypingAction::upload_photo:
      return tl::sendMessageUploadPhotoAction{.progress = event.progress};
    case TypingAction::upload_document:
      return tl::sendMessageUploadDocumentAction{.progress = event.progress};
    case TypingAction::geo_location:
      return tl::sendMessageGeoLocationAction{};
    case TypingAction::choose_contact:
      return tl::sendMessageChooseContactAction{};
    case TypingAction::game_play:
      return tl::sendMessageGamePlayAction{};
    case TypingAction::record_round:
      return tl::sendMessageRecordRoundAction{};
    case TypingAction::upload_round:
      return tl::sendMessageUploadRoundAction{.progress = event.progress};
    case TypingAction::choose_sticker:
      return tl::sendMessageChooseStickerAction{};
  }
  return tl::sendMessageTypingAction{};
}

}  // namespace heliograph::api
