#include "safety/signals/signals.h"

#include <algorithm>
#include <charconv>

namespace heliograph::safety {

namespace {

UnixSeconds window_of(const SignalRules& rules) {
  return UnixSeconds{rules.window_minutes} * 60;
}

std::uint64_t key_of(Peer place, MessageId message) {
  return (std::hash<Peer>{}(place) * 0x9e3779b97f4a7c15) ^ static_cast<std::uint64_t>(message.value);
}

bool is_new(const SignalRules& rules, UnixSeconds since, UnixSeconds now) {
  return since > now - UnixSeconds{rules.new_account_days} * 86'400;
}

// A campaign is named by what its first text says and by when it was written.
std::string campaign_of(const Copies::Group& group) {
  std::array<char, 40> text{};
  auto* end = std::to_chars(text.begin(), text.end(), group.print, 16).ptr;
  *end++ = '-';
  end = std::to_chars(end, text.end(), group.first, 16).ptr;
  return {text.begin(), end};
}

struct CampaignName {
  std::uint64_t print = 0;
  UnixSeconds first = 0;
};
CampaignName parse(const std::string& campaign) {
  CampaignName name;
  const auto dash = campaign.find('-');
  if (dash == campaign.npos) return name;
  std::from_chars(campaign.data(), campaign.data() + dash, name.print, 16);
  std::from_chars(campaign.data() + dash + 1, campaign.data() + campaign.size(), name.first, 16);
  return name;
}

template <typename T>
std::int64_t distinct(std::vector<T>& all) {
  std::ranges::sort(all);
  return std::ranges::distance(all.begin(), std::ranges::unique(all).begin());
}

}  // namespace

Seen Signals::look(const SignalRules& rules, const Writing& writing, std::uint64_t print,
                   std::size_t links) const {
  Seen seen;
  const auto set = [&](Measure measure, std::int64_t value) {
    seen.measures[static_cast<std::size_t>(measure)] = value;
  };
  if (is_new(rules, writing.author_since, writing.now)) {
    set(Measure::new_account, 1);
    set(Measure::new_account_links, static_cast<std::int64_t>(links));
  }
  const auto window = window_of(rules);
  const auto since = writing.now - window;
  const std::lock_guard lock(mutex_);
  std::int64_t messages = 1;
  if (const auto* rate = accounts_.find(writing.author)) {
    const auto slice = writing.now * static_cast<std::int64_t>(kSlices) / window;
    for (std::size_t i = 0; i < kSlices; ++i) {
      if (rate->slices[i] > slice - static_cast<std::int64_t>(kSlices)) messages += rate->counts[i];
    }
    const bool counted =
        writing.message &&
        std::ranges::find(rate->latest, key_of(writing.place, writing.message)) != rate->latest.end();
    if (counted) --messages;
  }
  set(Measure::messages, messages);
  const auto* joins = places_.find(writing.place);
  if (joins != nullptr && writing.joined_at >= since) {
    set(Measure::joins,
        std::ranges::count_if(joins->users, [&](const auto& one) { return one.second >= since; }));
  }
  if (print == 0) return seen;
  seen.print = print;
  std::vector<UserId> authors{writing.author};
  std::vector<Peer> chats{writing.place};
  const auto* group = copies_.find(print, rules.distance, since);
  if (group != nullptr && !group->pardoned) {
    for (const auto& entry : group->entries) {
      if (entry.at < since) continue;
      authors.push_back(entry.author);
      if (entry.author == writing.author) chats.push_back(entry.place);
    }
  }
  constexpr auto most = static_cast<std::int64_t>(Copies::entries_most);
  const auto by = std::min(distinct(authors), most), in = std::min(distinct(chats), most);
  set(Measure::authors, by);
  set(Measure::chats, in);
  const bool campaign = (rules.campaign_authors != 0 && by >= rules.campaign_authors) ||
                        (rules.campaign_chats != 0 && in >= rules.campaign_chats);
  if (group != nullptr && campaign) seen.campaign = campaign_of(*group);
  return seen;
}

void Signals::remember(const SignalRules& rules, const Writing& writing, std::uint64_t print) {
  const auto window = window_of(rules);
  const auto message = key_of(writing.place, writing.message);
  const std::lock_guard lock(mutex_);
  auto& rate = accounts_.touch(writing.author);
  if (std::ranges::find(rate.latest, message) == rate.latest.end()) {
    rate.latest[rate.next++ % rate.latest.size()] = message;
    const auto slice = writing.now * static_cast<std::int64_t>(kSlices) / window;
    const auto at = static_cast<std::size_t>(slice) % kSlices;
    if (rate.slices[at] != slice) rate.counts[at] = 0;
    rate.slices[at] = slice;
    ++rate.counts[at];
  }
  if (print == 0) return;
  copies_.add(print, rules.distance, writing.now - window,
              {writing.author, writing.place, writing.message, writing.now});
}

void Signals::joined(const SignalRules& rules, Peer place, UserId user, UnixSeconds user_since,
                     UnixSeconds now) {
  if (!is_new(rules, user_since, now)) return;
  const std::lock_guard lock(mutex_);
  auto& users = places_.touch(place).users;
  const auto since = now - window_of(rules);
  std::erase_if(users, [&](const auto& one) { return one.second < since || one.first == user; });
  if (users.size() >= joins_most) users.erase(users.begin());
  users.emplace_back(user, now);
}

std::vector<Copies::Entry> Signals::members(const std::string& campaign) const {
  const auto [print, first] = parse(campaign);
  const std::lock_guard lock(mutex_);
  const auto* group = copies_.find_exact(print, first);
  return group == nullptr ? std::vector<Copies::Entry>() : group->entries;
}

void Signals::pardon(const std::string& campaign) {
  const auto [print, first] = parse(campaign);
  const std::lock_guard lock(mutex_);
  copies_.pardon(print, first);
}

Signals::Sizes Signals::sizes() const {
  const std::lock_guard lock(mutex_);
  return {accounts_.size(), places_.size(), copies_.groups(), copies_.entries()};
}

}  // namespace heliograph::safety
