#include "services/chats/react.h"

#include <algorithm>
#include <array>

#include "services/groups/admin_log.h"
#include "services/groups/notice.h"
#include "services/groups/place.h"
#include "services/people/blocking.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::array reactions{
    KnownReaction{"👍", "Thumbs Up"},      KnownReaction{"👎", "Thumbs Down"},
    KnownReaction{"❤", "Red Heart"},       KnownReaction{"🔥", "Fire"},
    KnownReaction{"🎉", "Party Popper"},   KnownReaction{"😁", "Beaming Face"},
    KnownReaction{"🤔", "Thinking Face"},  KnownReaction{"😢", "Crying Face"},
    KnownReaction{"😱", "Screaming Face"}, KnownReaction{"👏", "Clapping Hands"},
    KnownReaction{"🙏", "Folded Hands"},   KnownReaction{"👌", "OK Hand"},
    KnownReaction{"🕊", "Dove"},           KnownReaction{"🤝", "Handshake"},
    KnownReaction{"💯", "Hundred Points"}, KnownReaction{"👀", "Eyes"},
};

bool known(std::string_view emoji) {
  return std::ranges::find(reactions, emoji, &KnownReaction::emoji) != reactions.end();
}

Result<store::Message> find_message(store::Tx& tx, const Place& place, MessageId id) {
  HG_ASSIGN(auto message, tx.messages().find(place.box, id));
  if (!message || message->peer != place.peer || message->id <= place.hidden_up_to() ||
      (message->flags & store::message_service) != 0) {
    return fail(Error::invalid("MESSAGE_ID_INVALID"));
  }
  return std::move(*message);
}

// Whether the caller may react here at all: whoever reads may, unless restricted from writing.
Status may_react(store::Tx& tx, const Caller& caller, const Place& place) {
  if (place.peer.is_user()) return may_write(tx, caller.user, place.peer.user());
  const auto standing = place.standing();
  if (place.is_group() && place.member && (place.member->admin_rights & admin_anonymous) != 0) {
    return fail(Error::forbidden("ANONYMOUS_REACTIONS_DISABLED"));
  }
  if (place.peer.is_chat() && !standing.is_in()) return fail(Error::forbidden("CHAT_WRITE_FORBIDDEN"));
  const bool silenced = place.member && (place.member->banned & banned_send_messages) != 0 &&
                        standing.forbidden(banned_send_messages);
  if (silenced) return fail(Error::invalid("USER_BANNED_IN_CHANNEL"));
  return {};
}

// Whether the chat takes those of them that the message does not have yet.
Status check_policy(store::Tx& tx, const Place& place, const store::Message& message,
                    const std::vector<std::string>& wanted) {
  store::ReactionPolicy policy;
  if (place.chat) {
    HG_ASSIGN(policy, tx.reactions().policy(place.peer));
  }
  HG_ASSIGN(const auto counts, tx.reactions().counts(message.link));
  std::size_t different = counts.size();
  for (const auto& one : wanted) {
    if (std::ranges::find(counts, one, &store::ReactionCount::reaction) != counts.end()) continue;
    ++different;
    if (!policy.all && std::ranges::find(policy.some, one) == policy.some.end()) {
      return fail(Error::invalid("REACTION_INVALID", "This chat does not take that reaction."));
    }
  }
  const auto limit = policy.limit > 0 ? static_cast<std::size_t>(policy.limit) : reactions_per_message;
  if (different > counts.size() && different > limit) return fail(Error::invalid("REACTIONS_TOO_MANY"));
  return {};
}

// Every copy says that there are reactions, and whoever has one hears of the change.
Status tell(store::Tx& tx, const Caller& caller, const store::Message& message,
            const std::vector<std::string>& chosen, bool unread) {
  HG_ASSIGN(auto copies, tx.messages().copies(message.link));
  HG_ASSIGN(const auto summary, reactions_to(tx, UserId{}, message));
  const Caller nobody;
  for (auto& copy : copies) {
    const auto before = copy.flags;
    copy.flags &= ~std::uint32_t{store::message_reactions};
    if (!summary.counts.empty()) copy.flags |= store::message_reactions;
    if (copy.flags != before) HG_TRY(tx.messages().update(copy));
    events::ReactionsChanged event;
    event.peer = copy.peer;
    event.id = copy.id;
    event.thread = copy.thread;
    for (const auto& count : summary.counts) event.counts.push_back({count.reaction, count.count});
    for (const auto& given : summary.recent) {
      event.recent.push_back({given.user, given.reaction, given.date, given.big});
    }
    event.by = caller.user;
    event.chosen = chosen;
    if (unread) event.unread_by = message.from;
    event.may_list = summary.may_list;
    const auto& origin = copy.owner == message.owner ? caller : nobody;
    tx.updates().publish_transient(transient_event(origin, copy.owner, std::move(event)));
  }
  return {};
}

// The author hears that somebody has reacted, where the message is one of theirs and not a channel's.
Result<bool> ask_author(store::Tx& tx, const Caller& caller, const store::Message& message) {
  constexpr std::uint32_t of_channel = store::message_post | store::message_discussed;
  if (message.from == caller.user || (message.flags & of_channel) != 0) return false;
  HG_ASSIGN(const auto copies, tx.messages().copies(message.link));
  const auto box = message.owner.is_channel() ? message.owner : BoxId(message.from);
  const auto own = std::ranges::find(copies, box, &store::Message::owner);
  if (own == copies.end()) return false;
  HG_TRY(tx.attention().ask(message.from, own->peer, store::AttentionKind::reaction, own->id));
  return true;
}

Result<Reacted> react(store::Tx& tx, const Caller& caller, UnixSeconds now, const React& request) {
  HG_ASSIGN(const auto place, open_place(tx, caller.user, request.peer, now));
  HG_ASSIGN(auto message, find_message(tx, place, request.id));
  HG_TRY(may_react(tx, caller, place));
  HG_TRY(check_policy(tx, place, message, request.reactions));
  HG_ASSIGN(const auto before, tx.reactions().of_user(message.link, caller.user));
  if (std::ranges::equal(before, request.reactions, {}, &store::GivenReaction::reaction)) {
    return fail(Error::invalid("MESSAGE_NOT_MODIFIED"));
  }
  std::vector<store::GivenReaction> given;
  for (const auto& one : request.reactions) {
    const auto old = std::ranges::find(before, one, &store::GivenReaction::reaction);
    const auto date = old == before.end() ? now : old->date;
    given.push_back({caller.user, one, static_cast<std::int32_t>(given.size()), date, request.big});
  }
  HG_TRY(tx.reactions().replace(message.link, caller.user, given));
  bool unread = false;
  if (!given.empty()) {
    HG_ASSIGN(unread, ask_author(tx, caller, message));
  }
  HG_TRY(tell(tx, caller, message, request.reactions, unread));
  Reacted result;
  HG_ASSIGN(result.summary, reactions_to(tx, caller.user, message));
  result.message = std::move(message);
  return result;
}

}  // namespace

std::span<const KnownReaction> known_reactions() {
  return reactions;
}

Task<Result<Reacted>> send_reaction(const Environment& environment, Caller caller, React request) {
  if (request.reactions.size() > reactions_per_user) co_return fail(Error::invalid("REACTIONS_TOO_MANY"));
  for (auto one = request.reactions.begin(); one != request.reactions.end(); ++one) {
    const bool repeated = std::find(request.reactions.begin(), one, *one) != one;
    if (repeated || !known(*one)) co_return fail(Error::invalid("REACTION_INVALID"));
  }
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, request = std::move(request)](store::Tx& tx) {
    return react(tx, caller, now, request);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::vector<Reacted>>> reactions_of(const Environment& environment, UserId caller, Peer peer,
                                                std::vector<MessageId> ids) {
  if (ids.size() > 100) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, peer, now, ids = std::move(ids)](store::Tx& tx) -> Result<std::vector<Reacted>> {
    HG_ASSIGN(const auto place, open_place(tx, caller, peer, now));
    std::vector<Reacted> found;
    for (const auto id : ids) {
      auto message = find_message(tx, place, id);
      if (!message && message.error().code == "MESSAGE_ID_INVALID") continue;
      if (!message) return fail(message.error());
      Reacted one;
      HG_ASSIGN(one.summary, reactions_to(tx, caller, *message));
      one.message = std::move(*message);
      found.push_back(std::move(one));
    }
    return found;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<ReactionPage>> list_reactions(const Environment& environment, UserId caller, Peer peer,
                                          MessageId id, std::string reaction, std::size_t offset,
                                          std::size_t limit) {
  const auto now = environment.clock.unix_seconds();
  limit = std::clamp<std::size_t>(limit, 1, 100);
  auto body = [=](store::Tx& tx) -> Result<ReactionPage> {
    HG_ASSIGN(const auto place, open_place(tx, caller, peer, now));
    if (place.chat && !place.is_group()) return fail(Error::forbidden("BROADCAST_FORBIDDEN"));
    HG_ASSIGN(const auto message, find_message(tx, place, id));
    // Those to a post are the channel's, wherever they were given.
    if ((message.flags & store::message_discussed) != 0) return fail(Error::forbidden("BROADCAST_FORBIDDEN"));
    ReactionPage page;
    HG_ASSIGN(const auto counts, tx.reactions().counts(message.link));
    for (const auto& count : counts) {
      if (reaction.empty() || count.reaction == reaction) page.total += count.count;
    }
    HG_ASSIGN(page.given, tx.reactions().list(message.link, reaction, offset, limit + 1));
    if (page.given.size() > limit) {
      page.given.pop_back();
      page.next = offset + limit;
    }
    return page;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> set_reaction_policy(const Environment& environment, Caller caller, Peer chat,
                                 store::ReactionPolicy policy) {
  if (!std::ranges::all_of(policy.some, known)) co_return fail(Error::invalid("REACTION_INVALID"));
  if (policy.limit < 0 || policy.limit > static_cast<std::int32_t>(reactions_per_message)) {
    co_return fail(Error::invalid("REACTIONS_COUNT_INVALID"));
  }
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, chat, now, policy = std::move(policy)](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
    HG_TRY(require(place.standing(), admin_change_info));
    HG_ASSIGN(const auto before, tx.reactions().policy(chat));
    if (before.all == policy.all && before.some == policy.some && before.limit == policy.limit) {
      return fail(Error::invalid("CHAT_NOT_MODIFIED"));
    }
    HG_TRY(tx.reactions().set_policy(chat, policy));
    if (before.all != policy.all || before.some != policy.some) {
      AdminActBody act;
      act.reactions_before = ReactionsShot{before.all, before.some};
      act.reactions_after = ReactionsShot{policy.all, policy.some};
      HG_TRY(log_act(tx, chat, caller.user, now, AdminActKind::reactions, std::move(act)));
    }
    return tell_changed(tx, caller, chat);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<store::ReactionPolicy>> reaction_policy(const Environment& environment, Peer chat) {
  auto body = [chat](store::Tx& tx) { return tx.reactions().policy(chat); };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
