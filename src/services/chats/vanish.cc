#include "services/chats/vanish.h"

#include <algorithm>

#include "services/updates/events.h"

namespace heliograph::services {

Status check_vanishing(const Caller& caller, Peer to, const std::optional<Media>& media,
                       UnixSeconds schedule_date) {
  if (!media || media->ttl_seconds == 0) return {};
  const auto refused = [](std::string_view why) {
    return fail(Error::invalid("TTL_MEDIA_INVALID", std::string(why)));
  };
  if ((media->ttl_seconds < 1 || media->ttl_seconds > vanish_seconds_max) &&
      media->ttl_seconds != view_once) {
    return refused("1 to 60 seconds, or once.");
  }
  if (!to.is_user() || to.user() == caller.user)
    return refused("Only what is sent to another person vanishes.");
  if (schedule_date != 0) return refused("What is sent later does not vanish.");
  switch (kind_of(media)) {
    case store::MessageKind::photo:
    case store::MessageKind::video:
    case store::MessageKind::voice:
    case store::MessageKind::round_video:
      return {};
    default:
      return refused("Only photos, videos and voice messages vanish.");
  }
}

void mark_vanishing(Outgoing& message) {
  if (!vanishes(message.content)) return;
  message.flags |= store::message_media_unread | store::message_no_forwards;
  message.kind = store::MessageKind::plain;
}

Status open_vanishing(store::Message& copy, UnixSeconds now) {
  HG_ASSIGN(auto content, decode_content(copy));
  if (!vanishes(content)) return {};
  auto& media = *content.media;
  const auto due = now + std::min(media.ttl_seconds, view_once_seconds);
  if (copy.expires_at != 0 && copy.expires_at <= due) return {};  // all of it goes first
  media.kept_until = copy.expires_at;
  copy.expires_at = due;
  copy.content = encode_content(content);
  return {};
}

Result<bool> vanish_if_due(store::Tx& tx, store::Message message, UnixSeconds now) {
  HG_ASSIGN(auto content, decode_content(message));
  if (!vanishes(content) || (message.flags & store::message_media_unread) != 0) return false;
  auto& media = *content.media;
  if (!media.photo && !media.document) return false;  // it is gone, and now the message's own time is over
  if (media.kept_until != 0 && media.kept_until <= now) return false;
  media.photo.reset();
  media.document.reset();
  message.expires_at = media.kept_until;
  message.content = encode_content(content);
  HG_TRY(tx.messages().update(message));
  HG_TRY(append_message_event(tx, Caller{}, now, store::UpdateKind::edit_message, message));
  return true;
}

}  // namespace heliograph::services
