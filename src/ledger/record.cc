#include "ledger/record.h"

#include <algorithm>

#include "base/codec.h"

namespace heliograph::ledger {

namespace {

constexpr std::size_t kNameBytesMax = 40;
constexpr std::size_t kBytesMax = 64 * 1024;
constexpr std::size_t kFieldsMax = 64;

std::string kind_name(PeerKind kind) {
  switch (kind) {
    case PeerKind::user:
      return "account";
    case PeerKind::chat:
      return "chat";
    case PeerKind::channel:
      return "channel";
  }
  return "peer";
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytesMax && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

Subject Subject::of(UserId user) {
  return of(Peer::of(user));
}
Subject Subject::of(Peer peer) {
  return {kind_name(peer.kind) + "/" + std::to_string(peer.id)};
}
Subject Subject::of(Peer peer, MessageId message) {
  return {"message/" + of(peer).text + "/" + std::to_string(message.value)};
}

std::vector<Field> committed_fields(const Record& record, UnixSeconds at) {
  std::vector<Field> out{{"book", std::to_string(static_cast<int>(record.book))},
                         {"act", record.act},
                         {"subject", record.subject.text},
                         {"at", std::to_string(at)},
                         {"cell", record.cell}};
  out.insert(out.end(), record.fields.begin(), record.fields.end());
  return out;
}

Status check(const Record& record) {
  const auto wrong = [](std::string what) {
    return fail(Error::invalid("LEDGER_RECORD_INVALID", std::move(what)));
  };
  if (record.act.empty() || record.subject.text.empty()) return wrong("A record names an act and a subject.");
  const auto all = committed_fields(record, 0);
  if (all.size() > kFieldsMax) return wrong("A record has too many fields.");
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_name(all[i].name)) return wrong("A field's name has characters that it may not have.");
    bytes += all[i].value.size();
    if (bytes > kBytesMax) return wrong("The record is too long.");
    for (std::size_t k = 0; k < i; ++k) {
      if (all[k].name == all[i].name) return wrong("There are two fields " + all[i].name + ".");
    }
  }
  return {};
}

Bytes seal_place(ByteView entry) {
  return to_bytes(as_bytes("ledger_records.sealed/" + std::string(as_text(entry))));
}

Result<StoredRecord> unseal_record(const crypto::Sealer& sealer, const store::LedgerRecord& record) {
  HG_ASSIGN(const auto bytes, sealer.open(record.sealed, seal_place(record.entry)));
  return decode<StoredRecord>(bytes);
}

}  // namespace heliograph::ledger
