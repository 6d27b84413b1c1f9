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

using store::SettingKind;

Result<Marks> load(store::Tx& tx, SettingKind kind, UserId owner, Peer peer) {
  HG_ASSIGN(const auto bytes, tx.settings().find(owner, kind, peer.id));
  if (!bytes) return Marks{};
  return decode<Marks>(*bytes);
}

Status remember(store::Tx& tx, SettingKind kind, UserId owner, Peer peer, MessageId up_to, UnixSeconds now) {
  HG_ASSIGN(auto known, load(tx, kind, owner, peer));
  std::erase_if(known.marks, [&](const Mark& mark) { return now - mark.at > read_dates_kept; });
  if (known.marks.size() >= marks_max) known.marks.erase(known.marks.begin());
  known.marks.push_back({up_to, now});
  return tx.settings().put(owner, kind, peer.id, encode(std::move(known)));
}

Result<UnixSeconds> date_of(store::Tx& tx, SettingKind kind, UserId owner, Peer peer, MessageId id) {
  HG_ASSIGN(const auto known, load(tx, kind, owner, peer));
  const auto mark = std::ranges::find_if(known.marks, [&](const Mark& m) { return m.up_to >= id; });
  return mark == known.marks.end() ? 0 : mark->at;
}

}  // namespace

Status remember_read(store::Tx& tx, UserId owner, Peer peer, MessageId up_to, UnixSeconds now) {
  return remember(tx, SettingKind::read_marks, owner, peer, up_to, now);
}

Result<UnixSeconds> read_date(store::Tx& tx, UserId owner, Peer peer, MessageId id) {
  return date_of(tx, SettingKind::read_marks, owner, peer, id);
}

Status remember_group_read(store::Tx& tx, UserId reader, const store::Chat& group, MessageId up_to,
                           UnixSeconds now) {
  if (group.members > group_reads_members_max) return {};
  return remember(tx, SettingKind::group_reads, reader, group.peer, up_to, now);
}

Result<UnixSeconds> group_read_date(store::Tx& tx, UserId reader, Peer group, MessageId id) {
  return date_of(tx, SettingKind::group_reads, reader, group, id);
}

}  // namespace heliograph::services
