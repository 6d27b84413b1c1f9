#include "services/groups/photo.h"

#include "services/groups/admin_log.h"
#include "services/groups/notice.h"

namespace heliograph::services {

namespace {

Result<Place> open(store::Tx& tx, const Caller& caller, Peer chat, UnixSeconds now) {
  HG_ASSIGN(auto place, open_managed(tx, caller.user, chat, now));
  if (place.is_group()) {
    HG_TRY(require_either(place.standing(), admin_change_info, banned_change_info));
  } else {
    HG_TRY(require(place.standing(), admin_change_info));
  }
  return place;
}

}  // namespace

Task<Status> may_set_photo(const Environment& environment, Caller caller, Peer chat) {
  const auto now = environment.clock.unix_seconds();
  co_return co_await environment.store.read([caller, chat, now](store::Tx& tx) -> Status {
    HG_TRY(open(tx, caller, chat, now));
    return {};
  });
}

Task<Result<Appended>> set_photo(const Environment& environment, Caller caller, Peer chat,
                                 std::optional<Photo> photo) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, chat, now, photo = std::move(photo)](store::Tx& tx) -> Result<Appended> {
    HG_ASSIGN(auto place, open(tx, caller, chat, now));
    const auto id = photo ? photo->id : 0;
    if (place.chat->photo == id) return fail(Error::invalid("CHAT_NOT_MODIFIED"));
    if (photo) {
      HG_TRY(tx.media().put_profile_photo({chat, id}));
    } else {
      HG_TRY(tx.media().erase_profile_photos(chat));
    }
    const auto before = *place.chat;
    place.chat->photo = id;
    HG_TRY(tx.chats().update(*place.chat));
    HG_TRY(log_changes(tx, caller.user, now, before, *place.chat));
    Action action;
    action.kind = photo ? ActionKind::chat_edit_photo : ActionKind::chat_delete_photo;
    action.id = id;
    Outgoing notice;
    notice.kind = photo ? store::MessageKind::chat_photo : store::MessageKind::plain;
    notice.content.action = std::move(action);
    if (photo) {
      notice.content.media.emplace();
      notice.content.media->kind = MediaKind::photo;
      notice.content.media->photo = photo;
    }
    HG_ASSIGN(auto appended, append_notice(tx, caller, place, std::move(notice)));
    HG_TRY(tell_changed(tx, caller, chat));
    return appended;
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
