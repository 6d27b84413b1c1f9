#include "store/sqlite/boxes.h"

#include <limits>

namespace heliograph::store::sqlite {

namespace {
// Ids below are left to accounts with a meaning of their own, such as the service account.
constexpr std::int64_t kFirstUser = 1'000'001;
// Clients write a channel as -1000000000000 - id, and GramJS tells it from a group (-id) by the digits it
// begins with: so channels have ten digits, and no group's number begins with 100.
constexpr std::int64_t kFirstGroup = 5'000'001;
constexpr std::int64_t kFirstChannel = 1'000'000'001;

bool looks_like_a_channel(std::int64_t group) {
  while (group >= 1000) group /= 10;
  return group == 100;
}
}  // namespace

Result<Box> load_box(Connection& db, BoxId account) {
  HG_ASSIGN(auto found,
            db.one(
                "SELECT last_message, last_scheduled, pts, seq, date, oldest_pts, erasures, logged_from "
                "FROM boxes WHERE account = ?",
                [](Row& row) {
                  Box box;
                  row.read(box.last_message, box.last_scheduled, box.pts, box.seq, box.date, box.oldest_pts,
                           box.erasures, box.logged_from);
                  box.stored = true;
                  return box;
                },
                account));
  return found.value_or(Box{});
}

Result<Boxes::Entry*> Boxes::entry(BoxId account) {
  const auto known = entries_.find(account);
  if (known != entries_.end()) return &known->second;
  HG_ASSIGN(const Box box, load_box(db_, account));
  return &entries_.emplace(account, Entry{box}).first->second;
}

Result<const Box*> Boxes::find(BoxId account) {
  HG_ASSIGN(const Entry* found, entry(account));
  return &found->box;
}

Result<Box*> Boxes::change(BoxId account) {
  HG_ASSIGN(Entry * found, entry(account));
  constexpr auto kLast = std::numeric_limits<std::int32_t>::max() - 1;
  if (found->box.last_message >= kLast || found->box.last_scheduled >= kLast || found->box.seq >= kLast) {
    return fail(Error::internal("STORE_BOX_FULL", "A box has used up its numbers."));
  }
  undo_.emplace_back(account, *found);
  if (!found->dirty) {
    found->dirty = true;
    dirty_.push_back(account);
  }
  return &found->box;
}

Status Boxes::load_counters() {
  if (counters_.link >= 0) return {};
  HG_ASSIGN(const auto link, db_.number("SELECT value FROM counters WHERE name = 'link'", 0));
  HG_ASSIGN(const auto user, db_.number("SELECT value FROM counters WHERE name = 'user'", kFirstUser - 1));
  HG_ASSIGN(const auto group, db_.number("SELECT value FROM counters WHERE name = 'group'", kFirstGroup - 1));
  HG_ASSIGN(const auto channel,
            db_.number("SELECT value FROM counters WHERE name = 'channel'", kFirstChannel - 1));
  counters_ = counters_before_ = Counters{link, user, group, channel};
  return {};
}

Result<std::int64_t> Boxes::next_link() {
  HG_TRY(load_counters());
  counters_.dirty = true;
  return ++counters_.link;
}

Result<std::int64_t> Boxes::next_user() {
  HG_TRY(load_counters());
  counters_.dirty = true;
  return ++counters_.user;
}

Result<std::int64_t> Boxes::next_group() {
  HG_TRY(load_counters());
  counters_.dirty = true;
  ++counters_.group;
  while (looks_like_a_channel(counters_.group)) ++counters_.group;
  return counters_.group;
}

Result<std::int64_t> Boxes::next_channel() {
  HG_TRY(load_counters());
  counters_.dirty = true;
  return ++counters_.channel;
}

void Boxes::undo_body() {
  // An entry that was clean before stays in dirty_: flush() skips it.
  for (auto step = undo_.rbegin(); step != undo_.rend(); ++step) entries_[step->first] = step->second;
  undo_.clear();
  counters_ = counters_before_;
}

Status Boxes::flush() {
  for (const BoxId account : dirty_) {
    auto& [box, dirty] = entries_[account];
    if (!dirty) continue;
    if (box.stored) {
      HG_TRY(
          db_.run("UPDATE boxes SET last_message = ?, last_scheduled = ?, pts = ?, seq = ?, date = ?, "
                  "oldest_pts = ?, erasures = ? WHERE account = ?",
                  box.last_message, box.last_scheduled, box.pts, box.seq, box.date, box.oldest_pts,
                  box.erasures, account));
      // Apart, because it has an index, which would be rewritten with every message.
      if (box.logged_from != box.stored_logged_from) {
        HG_TRY(db_.run("UPDATE boxes SET logged_from = ? WHERE account = ?", box.logged_from, account));
      }
    } else {
      HG_TRY(
          db_.run("INSERT INTO boxes (last_message, last_scheduled, pts, seq, date, oldest_pts, erasures, "
                  "logged_from, "
                  "account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  box.last_message, box.last_scheduled, box.pts, box.seq, box.date, box.oldest_pts,
                  box.erasures, box.logged_from, account));
      box.stored = true;
    }
    box.stored_logged_from = box.logged_from;
    dirty = false;
  }
  dirty_.clear();
  if (counters_.dirty) {
    HG_TRY(
        db_.run("INSERT OR REPLACE INTO counters (name, value) VALUES ('link', ?), ('user', ?), ('group', "
                "?), ('channel', ?)",
                counters_.link, counters_.user, counters_.group, counters_.channel));
    counters_.dirty = false;
    counters_before_ = counters_;
  }
  return {};
}

void Boxes::committed() {
  if (entries_.size() > capacity_) entries_.clear();
}

void Boxes::forget() {
  entries_.clear();
  dirty_.clear();
  undo_.clear();
  counters_ = counters_before_ = Counters{};
}

}  // namespace heliograph::store::sqlite
