#include "services/people/typing.h"

#include "services/chats/send_as.h"
#include "services/groups/notice.h"
#include "services/groups/place.h"
#include "services/updates/events.h"

namespace heliograph::services {

Task<Status> Typing::say(Caller caller, UserId to, TypingAction action, std::int32_t progress) {
  const auto view = co_await users_.view_one(caller.user, to);
  if (!view) {
    co_return fail(view.error().code == "USER_ID_INVALID" ? Error::invalid("PEER_ID_INVALID") : view.error());
  }
  if (view->deleted) co_return fail(Error::invalid("INPUT_USER_DEACTIVATED"));
  if (view->self) co_return Status{};
  CO_ASSIGN(const auto relation, co_await users_.relation(caller.user, to));
  if (side_of(*relation, to, caller.user).blocks) co_return fail(Error::invalid("USER_IS_BLOCKED"));
  if (!hub_.is_live(to)) co_return Status{};
  if (!limits_.take("typing", std::to_string(caller.user.value), rate)) co_return Status{};
  hub_.publish(
      transient_event(caller, to, events::Typing{caller.user, static_cast<std::int32_t>(action), progress}));
  co_return Status{};
}

Task<Status> Typing::say_in_chat(Caller caller, Peer chat, MessageId top, TypingAction action,
                                 std::int32_t progress) {
  if (!limits_.take("typing", std::to_string(caller.user.value), rate)) co_return Status{};
  struct Audience {
    std::vector<BoxId> boxes;
    Peer shown_as;  // who is said to type, if not the account
  };
  const auto now = environment_.clock.unix_seconds();
  auto body = [caller, chat, now](store::Tx& tx) -> Result<Audience> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, chat, now));
    HG_TRY(may_send(place.standing(), store::MessageKind::plain, 0));
    Audience audience;
    HG_ASSIGN(const auto author, author_of(tx, caller.user, place, {}));
    if (author != Peer::of(caller.user)) audience.shown_as = author;
    if (place.chat->kind == store::ChatKind::broadcast) return audience;  // nobody sees a post in the making
    if (chat.is_channel()) {
      audience.boxes.push_back(place.box);
      return audience;
    }
    HG_ASSIGN(const auto members, present_members(tx, chat));
    for (const auto& member : members) {
      if (member.user != caller.user) audience.boxes.emplace_back(member.user);
    }
    return audience;
  };
  CO_ASSIGN(const auto audience, co_await environment_.store.read(std::move(body)));
  events::TypingInChat event{chat,    caller.user, audience.shown_as, top, static_cast<std::int32_t>(action),
                             progress};
  for (const auto box : audience.boxes) {
    if (hub_.is_live(box)) hub_.publish(transient_event(caller, box, event));
  }
  co_return Status{};
}

}  // namespace heliograph::services
