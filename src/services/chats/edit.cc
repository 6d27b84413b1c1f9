#include "services/chats/edit.h"

#include <algorithm>

#include "services/chats/text.h"
#include "services/chats/vanish.h"
#include "services/discovery/public.h"
#include "services/groups/admin_log.h"
#include "services/groups/place.h"
#include "services/moderation/judge.h"
#include "services/moderation/withheld.h"
#include "services/people/blocking.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

void apply(store::Message& message, const FormattedText& formatted, bool invert_media) {
  message.text = formatted.text;
  message.flags &= ~std::uint32_t{store::message_has_link | store::message_invert_media};
  if (formatted.has_link) message.flags |= store::message_has_link;
  if (invert_media) message.flags |= store::message_invert_media;
}

// Whether the caller may change it: its author, and in a broadcast channel administrators who may edit.
Status may_edit(store::Tx& tx, const Caller& caller, const Place& place, const store::Message& message,
                const MessageContent& content, UnixSeconds now, EditTime time) {
  const bool own = message.from == caller.user;
  // What stands below a bot's name is the bot's: nobody puts other figures there.
  if (content.forward || content.via_bot) return fail(Error::forbidden("MESSAGE_AUTHOR_REQUIRED"));
  if (place.peer.is_user()) {
    if (!own) return fail(Error::forbidden("MESSAGE_AUTHOR_REQUIRED"));
    HG_TRY(may_write(tx, caller.user, place.peer.user()));
    if (place.peer.user() == caller.user) return {};
  } else {
    const auto standing = place.standing();
    const bool post = (message.flags & store::message_post) != 0;
    if (post && standing.has(admin_edit_messages)) return {};
    if (post && !standing.has(admin_post_messages)) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
    if (!own) return fail(Error::forbidden("MESSAGE_AUTHOR_REQUIRED"));
    HG_TRY(may_send(standing, message.kind, message.flags));
    // What is pinned in a group may be kept current by those who pin.
    const bool pinned = (message.flags & store::message_pinned) != 0;
    if (pinned && standing.has(admin_pin_messages)) return {};
  }
  if (time == EditTime::limited && now - message.date > edit_time_limit)
    return fail(Error::invalid("MESSAGE_EDIT_TIME_EXPIRED"));
  return {};
}

}  // namespace

Result<Editable> find_editable(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer peer, MessageId id,
                               EditTime time) {
  HG_ASSIGN(const auto place, open_place(tx, caller.user, peer, now));
  HG_ASSIGN(auto found, tx.messages().find(place.box, id));
  if (!found || found->peer != peer ||
      (found->flags & (store::message_service | store::message_withheld)) != 0) {
    return fail(Error::invalid("MESSAGE_ID_INVALID"));
  }
  HG_ASSIGN(auto content, decode_content(*found));
  HG_TRY(may_edit(tx, caller, place, *found, content, now, time));
  return Editable{std::move(*found), std::move(content), place};
}

namespace {

Result<Editable> editable(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer peer, MessageId id) {
  return find_editable(tx, caller, now, peer, id, EditTime::limited);
}

Result<Edited> edit_in(const Environment& environment, store::Tx& tx, const Caller& caller, UnixSeconds now,
                       const EditMessage& edit, const FormattedText& formatted) {
  HG_ASSIGN(const auto before, editable(tx, caller, now, edit.peer, edit.id));
  const auto& [found, content, place] = before;
  if (formatted.text.empty() && !content.media) return fail(Error::invalid("MESSAGE_EMPTY"));
  const bool inverted = (found.flags & store::message_invert_media) != 0;
  if (edit.media) {
    if (!content.media || content.media->poll || edit.media->poll || vanishes(content) ||
        edit.media->ttl_seconds != 0) {
      return fail(Error::invalid("MEDIA_NEW_INVALID"));
    }
    if (found.album != 0 && kind_of(edit.media) != found.kind)
      return fail(Error::invalid("MEDIA_NEW_INVALID"));
  }
  if (!edit.media && found.text == formatted.text && content.entities == formatted.entities &&
      inverted == edit.invert_media) {
    return fail(Error::invalid("MESSAGE_NOT_MODIFIED"));
  }

  HG_TRY(touch_media(tx, edit.media, now));
  const Caller nobody;
  Edited result;
  HG_ASSIGN(auto copies, tx.messages().copies(found.link));
  // The one that is edited comes first: it is judged, and the others follow.
  const auto edited = std::ranges::find(copies, place.box, &store::Message::owner);
  std::iter_swap(copies.begin(), edited);
  JudgedEdit judged;
  for (auto& copy : copies) {
    const bool here = copy.owner == place.box;
    HG_ASSIGN(auto inside, decode_content(copy));
    inside.entities = formatted.entities;
    if (edit.media) {
      inside.media = edit.media;
      copy.kind = kind_of(edit.media);
    }
    copy.content = encode_content(inside);
    apply(copy, formatted, edit.invert_media);
    copy.edited_at = now;
    if (here) {
      HG_ASSIGN(judged, judge_edit(environment, tx, caller.user, place, copy));
    } else if (judged.original) {
      HG_TRY(withhold_in(copy, *judged.original, result.message.text));
    } else if (judged.barred) {
      HG_TRY(bar_in(copy, *judged.barred));
    }
    HG_TRY(tx.messages().update(copy));
    HG_TRY(note_message(tx, copy));
    // The answer to the editor speaks of one box: of a post's copy in a group all their devices hear.
    const auto& origin = here ? caller : nobody;
    HG_ASSIGN(auto update, append_message_event(tx, origin, now, store::UpdateKind::edit_message, copy));
    if (here) {
      if (copy.owner.is_channel()) {
        AdminActBody act;
        act.message_before = shot_of(found);
        act.message_after = shot_of(copy);
        HG_TRY(log_act(tx, edit.peer, caller.user, now, AdminActKind::edit, std::move(act)));
      }
      result.update = std::move(update);
      result.message = std::move(copy);
    }
  }
  HG_TRY(settle_edit(environment, tx, place, result.message, judged));
  return result;
}

}  // namespace

Task<Status> check_editable(const Environment& environment, Caller caller, Peer peer, MessageId id) {
  auto body = [=, now = environment.clock.unix_seconds()](store::Tx& tx) -> Status {
    HG_TRY(editable(tx, caller, now, peer, id));
    return may_write(tx, caller.user, peer.user());
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<Edited>> edit_message(const Environment& environment, Caller caller, EditMessage edit) {
  // Without a new text there is nothing to change: the preview of a link is not ours to make.
  if (!edit.text && !edit.media) co_return fail(Error::invalid("MESSAGE_NOT_MODIFIED"));
  const bool keeps_text = !edit.text;
  TextLimits limits;
  limits.may_be_empty = true;  // a caption may go; edit_in knows whether there is media
  CO_ASSIGN(auto formatted,
            format_text(edit.text ? std::move(*edit.text) : std::string(), std::move(edit.entities), limits));
  const auto now = environment.clock.unix_seconds();
  auto body = [&environment, caller, now, keeps_text, edit = std::move(edit),
               formatted = std::move(formatted)](store::Tx& tx) -> Result<Edited> {
    if (!keeps_text) return edit_in(environment, tx, caller, now, edit, formatted);
    HG_ASSIGN(const auto before, editable(tx, caller, now, edit.peer, edit.id));
    FormattedText same;
    same.text = before.message.text;
    same.entities = before.content.entities;
    same.has_link = (before.message.flags & store::message_has_link) != 0;
    return edit_in(environment, tx, caller, now, edit, same);
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
