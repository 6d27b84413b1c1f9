// Similar channels: what else the latest subscribers of a channel read. Counted when asked for, over a sample
// whose size does not grow with the channel.
#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "services/discovery/discovery.h"
#include "services/discovery/public.h"
#include "services/groups/place.h"

namespace heliograph::services {

namespace {

using store::MemberStatus;

constexpr std::size_t sampled = 200;          // subscribers looked at, in all
constexpr std::size_t chats_of_each = 100;    // of theirs
constexpr std::size_t own_channels_max = 10;  // that stand for what the caller likes
constexpr std::size_t counted_max = 2'000;    // channels looked at by name

struct Candidate {
  Peer peer;
  double score = 0;
};

// People who are in one of these channels, but for the caller; each once.
Result<std::unordered_set<UserId>> sample(store::Tx& tx, UserId caller, const std::vector<Peer>& channels) {
  std::unordered_set<UserId> people;
  if (channels.empty()) return people;
  const auto of_each = std::max<std::size_t>(sampled / channels.size(), 1);
  const std::vector<MemberStatus> present{MemberStatus::creator, MemberStatus::admin, MemberStatus::member,
                                          MemberStatus::restricted};
  for (const auto channel : channels) {
    HG_ASSIGN(const auto members, tx.chats().members(channel, present, 0, of_each));
    for (const auto& member : members) {
      if (member.user != caller) people.insert(member.user);
    }
  }
  return people;
}

Result<std::vector<Peer>> find_similar(store::Tx& tx, UserId caller, Peer channel, UnixSeconds now) {
  HG_ASSIGN(const auto own, tx.chats().chats_of(caller, 500));
  const std::unordered_set<Peer> mine(own.begin(), own.end());
  std::vector<Peer> roots;
  if (channel) {
    HG_ASSIGN(const auto place, open_chat(tx, caller, channel, now));
    if (place.chat->kind != store::ChatKind::broadcast) return fail(Error::invalid("CHANNEL_INVALID"));
    // Who subscribes to a private channel is not for others to be guessed at.
    if (!is_listed(*place.chat)) return std::vector<Peer>{};
    roots.push_back(channel);
  } else {
    for (const auto peer : own) {
      if (roots.size() >= own_channels_max) break;
      HG_ASSIGN(const auto chat, listed_chat(tx, peer));
      if (chat && chat->kind == store::ChatKind::broadcast) roots.push_back(peer);
    }
  }
  HG_ASSIGN(const auto people, sample(tx, caller, roots));
  std::unordered_map<Peer, std::size_t> shared;
  for (const auto person : people) {
    HG_ASSIGN(const auto theirs, tx.chats().chats_of(person, chats_of_each));
    for (const auto peer : theirs) {
      if (peer.is_channel() && peer != channel && !mine.contains(peer)) ++shared[peer];
    }
  }
  std::vector<std::pair<Peer, std::size_t>> counted(shared.begin(), shared.end());
  std::erase_if(counted, [](const auto& one) { return one.second < Discovery::shared_min; });
  std::ranges::sort(counted, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (counted.size() > counted_max) counted.resize(counted_max);
  std::vector<Candidate> candidates;
  for (const auto& [peer, count] : counted) {
    const auto place = open_place(tx, caller, peer, now);  // not where the caller is banned
    if (!place || !is_listed(*place->chat) || place->chat->kind != store::ChatKind::broadcast) continue;
    // A share: else what everybody reads would be like everything.
    const auto size = std::max<double>(place->chat->members, static_cast<double>(count));
    candidates.push_back({peer, static_cast<double>(count) / std::sqrt(size)});
  }
  std::ranges::sort(candidates, [](const auto& a, const auto& b) {
    return a.score != b.score ? a.score > b.score : a.peer < b.peer;
  });
  std::vector<Peer> out;
  for (const auto& one : candidates) {
    if (out.size() >= Discovery::similar_max) break;
    out.push_back(one.peer);
  }
  return out;
}

}  // namespace

Task<Result<std::vector<Peer>>> Discovery::similar(Caller caller, Peer channel) const {
  CO_TRY(limits_.take("similar", std::to_string(caller.user.value), similar_rate));
  const auto now = environment_.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return find_similar(tx, caller.user, channel, now); };
  co_return co_await environment_.store.read(std::move(body));
}

}  // namespace heliograph::services
