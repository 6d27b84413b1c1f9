// Where @searchreport takes what people report. The reports service implements it; a test has one of its own.
#pragma once

#include <string>
#include <vector>

#include "base/codec.h"
#include "base/peer.h"
#include "base/result.h"
#include "base/task.h"
#include "safety/policy/policy.h"
#include "services/caller.h"

namespace heliograph::services {

// Something that a search has found.
struct ReportExample {
  Peer peer;
  MessageId message;  // 0: the channel, group or person itself
  void fields(auto& codec) { codec(peer, message); }
  bool operator==(const ReportExample&) const = default;
};

struct ReportSubject {
  // Part of the stored format of conversations: not renumbered.
  enum class Kind : std::uint8_t {
    term = 0,     // words that were searched for
    place = 1,    // a channel, group or person
    message = 2,  // one in a channel or group
  };
  Kind kind = Kind::term;
  std::string term;
  ReportExample where;  // of place and message
  void fields(auto& codec) { codec(kind, term, where); }
  bool operator==(const ReportSubject&) const = default;
};

struct NewReport {
  ReportSubject subject;
  terms::Category category = terms::Category::other_illegal;
  std::string country;   // ISO 3166; empty: not a certain one
  std::string language;  // that the reporter is spoken to in
  std::string comment;
  std::vector<ReportExample> examples;  // of a term: what it found when it was reported
  bool overblock = false;               // of a term: it is guarded, and should not be
};

struct FiledReport {
  std::int64_t case_id = 0;
  bool again = false;  // the reporter's earlier one is undecided: this has been added to it
};

enum class ReportStage : std::uint8_t { waiting, acted, not_acted };

struct ReportStatus {
  std::int64_t case_id = 0;
  std::string term;  // empty: about something else
  terms::Category category = terms::Category::other_illegal;
  ReportStage stage = ReportStage::waiting;
};

struct ReportPage {
  std::vector<ReportStatus> reports;  // newest first
  bool more = false;
};

// Errors that callers tell people in words of their own: forbidden REPORTS_PAUSED (for misuse), flood,
// CASE_UNKNOWN (not theirs, or not there), CASE_NOT_DECIDED, APPEAL_LATE, APPEAL_WAITS, APPEAL_DECIDED;
// MESSAGE_ID_INVALID, PEER_ID_INVALID, CHANNEL_PRIVATE, CHANNEL_INVALID, CHAT_ID_INVALID (about what the
// reporter cannot see or did themselves); unavailable ones.
class ReportDesk {
 public:
  virtual ~ReportDesk() = default;
  // The same report by the same person again is the one that is there.
  virtual Task<Result<FiledReport>> file(Caller reporter, NewReport report) = 0;
  virtual Task<Result<ReportStatus>> status(Caller reporter, std::int64_t case_id) = 0;
  static constexpr std::size_t page_size = 8;
  virtual Task<Result<ReportPage>> mine(Caller reporter, std::int32_t page) = 0;
  // By whom a decision has concerned.
  virtual Task<Status> appeal(Caller affected, std::int64_t case_id, std::string text) = 0;
};

}  // namespace heliograph::services
