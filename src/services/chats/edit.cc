#include "services/chats/edit.h"

#include "services/chats/text.h"
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

// A message that may be changed, and what is in it.
struct Editable {
  store::Message message;
  MessageContent content;
};
Result<Editable> editable(store::Tx& tx, UserId caller, UnixSeconds now, Peer peer, MessageId id) {
  HG_ASSIGN(auto found, tx.messages().find(caller, id));
  if (!found || found->peer != peer || (found->flags & store::message_service) != 0) {
    return fail(Error::invalid("MESSAGE_ID_INVALID"));
  }
  HG_ASSIGN(auto content, decode_content(*found));
  if ((found->flags & store::message_out) == 0 || content.forward) {
    return fail(Error::forbidden("MESSAGE_AUTHOR_REQUIRED"));
  }
  const bool saved = peer.user() == caller;
  if (!saved && now - found->date > edit_time_limit) {
    return fail(Error::invalid("MESSAGE_EDIT_TIME_EXPIRED"));
  }
  return Editable{std::move(*found), std::move(content)};
}

Result<Edited> edit_in(store::Tx& tx, const Caller& caller, UnixSeconds now, const EditMessage& edit,
                       const FormattedText& formatted) {
  HG_ASSIGN(const auto before, editable(tx, caller.user, now, edit.peer, edit.id));
  const auto& [found, content] = before;
  if (formatted.text.empty() && !content.media) return fail(Error::invalid("MESSAGE_EMPTY"));
  const bool inverted = (found.flags & store::message_invert_media) != 0;
  if (found.text == formatted.text && content.entities == formatted.entities &&
      inverted == edit.invert_media) {
    return fail(Error::invalid("MESSAGE_NOT_MODIFIED"));
  }
  HG_TRY(may_write(tx, caller.user, edit.peer.user()));

  Edited result;
  HG_ASSIGN(auto copies, tx.messages().copies(found.link));
  for (auto& copy : copies) {
    HG_ASSIGN(auto inside, decode_content(copy));
    inside.entities = formatted.entities;
    copy.content = encode_content(inside);
    apply(copy, formatted, edit.invert_media);
    copy.edited_at = now;
    HG_TRY(tx.messages().update(copy));
    HG_ASSIGN(auto update, append_message_event(tx, caller, now, store::UpdateKind::edit_message, copy));
    if (copy.owner == caller.user) {
      result.update = std::move(update);
      result.message = std::move(copy);
    }
  }
  return result;
}

}  // namespace

Task<Status> check_editable(const Environment& environment, Caller caller, Peer peer, MessageId id) {
  auto body = [=, now = environment.clock.unix_seconds()](store::Tx& tx) -> Status {
    HG_TRY(editable(tx, caller.user, now, peer, id));
    return may_write(tx, caller.user, peer.user());
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<Edited>> edit_message(const Environment& environment, Caller caller, EditMessage edit) {
  // Without a new text there is nothing to change: the preview of a link is not ours to make.
  if (!edit.text) co_return fail(Error::invalid("MESSAGE_NOT_MODIFIED"));
  TextLimits limits;
  limits.may_be_empty = true;  // a caption may go; edit_in knows whether there is media
  CO_ASSIGN(auto formatted, format_text(std::move(*edit.text), std::move(edit.entities), limits));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, edit = std::move(edit), formatted = std::move(formatted)](store::Tx& tx) {
    return edit_in(tx, caller, now, edit, formatted);
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
