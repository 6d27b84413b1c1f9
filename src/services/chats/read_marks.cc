#include "services/chats/read_marks.h"

#include <algorithm>

#include "base/codec.h"

namespace heliograph::services {

namespace {

constexpr std::size_t marks_max = 64;  // the oldest go first

struct Mark {
  MessageId up_to;
  UnixSeconds at = 0;
  void fields(auto& codec) { codec(up_to, at); }
};
struct Marks {
  std::vector<Mark> marks;  // oldest first
  void fields(auto& codec) { codec(marks); }
};

Result<Marks> load(store::Tx& tx, UserId owner, Peer peer) {
  HG_ASSIGN(const auto bytes, tx.settings().find(owner, store::SettingKind::read_marks, peer.id));
  if (!bytes) return Marks{};
  return decode<Marks>(*bytes);
}

}  // namespace

Status remember_read(store::Tx& tx, UserId owner, Peer peer, MessageId up_to, UnixSeconds now) {
  HG_ASSIGN(auto known, load(tx, owner, peer));
  std::erase_if(known.marks, [&](const Mark& mark) { return now - mark.at > read_dates_kept; });
  if (known.marks.size() >= marks_max) known.marks.erase(known.marks.begin());
  known.marks.push_back({up_to, now});
  return tx.settings().put(owner, store::SettingKind::read_marks, peer.id, encode(std::move(known)));
}

Result<UnixSeconds> read_date(store::Tx& tx, UserId owner, Peer peer, MessageId id) {
  HG_ASSIGN(const auto known, load(tx, owner, peer));
  const auto mark = std::ranges::find_if(known.marks, [&](const Mark& m) { return m.up_to >= id; });
  return mark == known.marks.end() ? 0 : mark->at;
}

}  // namespace heliograph::services
