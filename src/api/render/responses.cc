#include "api/render/responses.h"

#include <algorithm>

#include "api/render/peer.h"
#include "services/groups/barred.h"

namespace heliograph::api {

Task<Result<Viewer>> viewer_of(services::Services& services, UserId user,
                               std::vector<const store::Message*> messages) {
  Viewer viewer(services, user);
  const auto barred = [](const auto* one) { return (one->flags & store::message_barred) != 0; };
  if (std::ranges::any_of(messages, barred)) {
    auto read = [user](store::Tx& tx) { return services::country_of(tx, user); };
    CO_ASSIGN(viewer.country, co_await services.environment.store.read(std::move(read)));
  }
  CO_ASSIGN(viewer.responses,
            co_await services::responses_to(services.environment, user, std::move(messages)));
  co_return viewer;
}

Task<Result<Viewer>> viewer_of(services::Services& services, UserId user,
                               const std::vector<store::Message>& messages) {
  std::vector<const store::Message*> pointers;
  for (const auto& message : messages) pointers.push_back(&message);
  co_return co_await viewer_of(services, user, std::move(pointers));
}

void collect_peers(const Viewer& viewer, std::vector<Peer>& peers) {
  if (!viewer.responses) return;
  for (const auto& [name, responses] : *viewer.responses) {
    if (responses.reactions) {
      for (const auto& given : responses.reactions->recent) peers.push_back(Peer::of(given.user));
    }
    if (responses.poll) {
      for (const auto user : responses.poll->tally.recent) peers.push_back(Peer::of(user));
    }
  }
}

tl::messageReplies render_replies(const services::ThreadSummary& thread) {
  tl::messageReplies wire;
  wire.replies = thread.count.replies;
  wire.replies_pts = thread.box_pts;
  if (thread.group) {
    wire.comments = true;
    wire.channel_id = thread.group.id;
    if (!thread.count.recent.empty()) {
      wire.recent_repliers.emplace();
      for (const auto peer : thread.count.recent) wire.recent_repliers->push_back(render_peer(peer));
    }
  }
  if (thread.count.max_id) wire.max_id = thread.count.max_id.value;
  if (thread.read_max_id) wire.read_max_id = thread.read_max_id.value;
  return wire;
}

tl::Box<tl::ChatReactions> render_taken_reactions(bool all, const std::vector<std::string>& some) {
  if (all) return tl::chatReactionsAll{};
  if (some.empty()) return tl::chatReactionsNone{};
  tl::chatReactionsSome wire;
  for (const auto& one : some) wire.reactions.push_back(render_reaction(one));
  return wire;
}

tl::Box<tl::Reaction> render_reaction(const std::string& emoji) {
  tl::reactionEmoji wire;
  wire.emoticon = emoji;
  return wire;
}

tl::messagePeerReaction render_given(const store::GivenReaction& given, UserId viewer, bool unread) {
  tl::messagePeerReaction wire;
  wire.big = given.big;
  wire.my = given.user == viewer;
  wire.unread = unread && !wire.my;
  wire.peer_id = render_peer(Peer::of(given.user));
  wire.date = static_cast<std::int32_t>(given.date);
  wire.reaction = render_reaction(given.reaction);
  return wire;
}

tl::messageReactions render_reactions(const services::ReactionSummary& summary, UserId viewer) {
  tl::messageReactions wire;
  wire.can_see_list = summary.may_list;
  for (const auto& count : summary.counts) {
    tl::reactionCount one;
    one.reaction = render_reaction(count.reaction);
    one.count = count.count;
    const auto chosen = std::ranges::find(summary.chosen, count.reaction);
    if (chosen != summary.chosen.end()) {
      one.chosen_order = static_cast<std::int32_t>(chosen - summary.chosen.begin());
    }
    wire.results.emplace_back(std::move(one));
  }
  if (!summary.recent.empty()) {
    wire.recent_reactions.emplace();
    for (const auto& given : summary.recent) {
      wire.recent_reactions->emplace_back(render_given(given, viewer, summary.unread));
    }
  }
  return wire;
}

tl::messageReactions render_reactions(const services::events::ReactionsChanged& event, UserId viewer) {
  services::ReactionSummary summary;
  for (const auto& count : event.counts) summary.counts.push_back({count.reaction, count.count});
  for (const auto& given : event.recent) {
    store::GivenReaction one;
    one.user = given.user;
    one.reaction = given.reaction;
    one.date = given.date;
    one.big = given.big;
    summary.recent.push_back(std::move(one));
  }
  if (event.by == viewer) summary.chosen = event.chosen;
  summary.unread = event.unread_by == viewer;
  summary.may_list = event.may_list;
  auto wire = render_reactions(summary, viewer);
  wire.min = event.by != viewer;
  return wire;
}

}  // namespace heliograph::api
