// Similar channels: what else the latest subscribers of a channel read. Counted when asked for, over a sample
// whose size does not grow with the channel. Without a channel it is what people with one's taste read and,
// where that leaves room, what most people read.
#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "ledger/record.h"
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
constexpr std::size_t named_step = 200;       // public names read at once

struct Candidate {
  Peer peer;
  double score = 0;
  bool suspect = false;  // goes last
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

// Whether its name holds a term that a search for it would be refused for.
bool is_guarded(const search::Searcher* searcher, const search::Asker& asker, const store::Chat& chat) {
  return searcher != nullptr && (searcher->guard().judge(chat.title, asker).refused() ||
                                 searcher->guard().judge(chat.username, asker).refused());
}

// The channel, if it can be proposed to the caller.
Result<std::optional<store::Chat>> shown_chat(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now,
                                              const search::Searcher* searcher, const search::Asker& asker) {
  const auto place = open_place(tx, caller, peer, now);  // not where the caller is banned
  if (!place || !is_listed(*place->chat) || place->chat->kind != store::ChatKind::broadcast)
    return std::nullopt;
  if (place->chat->creator == service_user) return std::nullopt;  // what answers guarded searches
  if (is_guarded(searcher, asker, *place->chat)) return std::nullopt;
  return *place->chat;
}

// The largest of the public channels, behind what there is already: who is in none has no taste to go by. Of
// the first `counted_max` names; nothing under suspicion is proposed to everybody.
Status add_popular(store::Tx& tx, UserId caller, UnixSeconds now, const search::Searcher* searcher,
                   const search::Asker& asker, const std::unordered_set<Peer>& mine, std::vector<Peer>& out) {
  std::unordered_set<Peer> seen(out.begin(), out.end());
  seen.insert(mine.begin(), mine.end());
  std::vector<Candidate> candidates;
  Peer last{PeerKind::channel, 0};
  for (std::size_t looked = 0; looked < counted_max;) {
    HG_ASSIGN(const auto peers, tx.chats().named(last, named_step));
    if (peers.empty()) break;
    looked += peers.size();
    last = peers.back();
    for (const auto peer : peers) {
      if (!peer.is_channel() || seen.contains(peer)) continue;
      HG_ASSIGN(const auto chat, shown_chat(tx, caller, peer, now, searcher, asker));
      if (chat && chat->members != 0) candidates.push_back({peer, static_cast<double>(chat->members)});
    }
  }
  std::ranges::sort(candidates, [](const auto& a, const auto& b) {
    return a.score != b.score ? a.score > b.score : a.peer < b.peer;
  });
  for (const auto& one : candidates) {
    if (out.size() >= Discovery::similar_max) break;
    HG_ASSIGN(const bool suspect, is_suspect(tx, ledger::Subject::of(one.peer).text));
    if (!suspect) out.push_back(one.peer);
  }
  return {};
}

Result<std::vector<Peer>> find_similar(store::Tx& tx, UserId caller, Peer channel, UnixSeconds now,
                                       const search::Searcher* searcher, const search::Asker& asker) {
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
    HG_ASSIGN(const auto chat, shown_chat(tx, caller, peer, now, searcher, asker));
    if (!chat) continue;
    // A share: else what everybody reads would be like everything.
    const auto size = std::max<double>(chat->members, static_cast<double>(count));
    candidates.push_back({peer, static_cast<double>(count) / std::sqrt(size)});
    HG_ASSIGN(candidates.back().suspect, is_suspect(tx, ledger::Subject::of(peer).text));
  }
  std::ranges::sort(candidates, [](const auto& a, const auto& b) {
    if (a.suspect != b.suspect) return b.suspect;
    return a.score != b.score ? a.score > b.score : a.peer < b.peer;
  });
  std::vector<Peer> out;
  for (const auto& one : candidates) {
    if (out.size() >= Discovery::similar_max) break;
    out.push_back(one.peer);
  }
  if (!channel && out.size() < Discovery::similar_max)
    HG_TRY(add_popular(tx, caller, now, searcher, asker, mine, out));
  return out;
}

}  // namespace

Task<Result<std::vector<Peer>>> Discovery::similar(Caller caller, Peer channel) const {
  CO_TRY(limits_.take("similar", std::to_string(caller.user.value), similar_rate));
  const auto now = environment_.clock.unix_seconds();
  CO_ASSIGN(auto asker, co_await this->asker(caller));
  asker.show_anyway = false;  // nobody has asked to see what is guarded
  auto body = [caller, channel, now, searcher = searcher_, asker = std::move(asker)](store::Tx& tx) {
    return find_similar(tx, caller.user, channel, now, searcher, asker);
  };
  co_return co_await environment_.store.read(std::move(body));
}

}  // namespace heliograph::services
