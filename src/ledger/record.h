// The private side of an entry: who did what to whom, why, by which versions; stored sealed, and opened,
// field by field, for those concerned.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "crypto/sealer.h"
#include "ledger/entry.h"
#include "store/ledger.h"

namespace heliograph::ledger {

// In the order of recording; not a place in the log.
using RecordId = Id<struct RecordTag, std::int64_t>;

// What an act is done to, as text: "account/7", "channel/9", "message/channel/9/31", "term/12", "request/4".
struct Subject {
  std::string text;

  static Subject of(UserId user);
  static Subject of(Peer peer);
  static Subject of(Peer peer, MessageId message);
  bool operator==(const Subject&) const = default;
};

struct Field {
  std::string name;   // lower-case letters, digits and _, at most 40
  std::string value;  // UTF-8; all of a record's together at most 64 KiB
  // Not shown to the person affected, the reporter, the authority: who on the staff acted, for example.
  bool staff_only = false;

  void fields(auto& codec) { codec(name, value, staff_only); }
  bool operator==(const Field&) const = default;
};

struct Record {
  Book book = Book::content;
  std::string act;  // "message.remove", "account.ban", "request.disclose", ...
  Subject subject;
  std::string cell;           // of the report that it counts in; empty: counts nowhere
  std::vector<Field> fields;  // who, why, rule, versions: whatever the act's page in docs names
};

// invalid LEDGER_RECORD_INVALID: names or lengths out of bounds.
Status check(const Record& record);

// A record as it is sealed, with what opens its entry.
struct StoredRecord {
  Book book = Book::content;
  std::vector<Field> parts;  // all, in the order of the commitment: see committed_fields()
  std::string cell;
  Bytes salt;      // 32 bytes
  Bytes blinding;  // 32 bytes: r

  void fields(auto& codec) { codec(book, parts, cell, salt, blinding); }
};

// How a record is sealed: bound to its entry, so that it cannot be moved to another.
Bytes seal_place(ByteView entry);
// SEAL_BROKEN, CODEC_CORRUPT. `sealer`: of the secret derived for "ledger seal".
Result<StoredRecord> unseal_record(const crypto::Sealer& sealer, const store::LedgerRecord& record);

// What a commitment covers: book, act, subject, at, cell, then the record's own fields.
std::vector<Field> committed_fields(const Record& record, UnixSeconds at);

}  // namespace heliograph::ledger
