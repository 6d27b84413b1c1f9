// What members report, and what they hear of it: a case number at once, the outcome later from the service
// account. Only what the reporter can see can be reported, and exactly that is kept as it was.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "safety/cases/desk.h"
#include "safety/cases/intake.h"
#include "safety/cases/options.h"
#include "services/caller.h"
#include "services/environment.h"
#include "services/groups/place.h"

namespace heliograph::services {

struct ReportWords {
  terms::Category category = terms::Category::other_illegal;
  std::string option;   // of the tree; empty: none was asked for
  std::string comment;  // as the reporter wrote it
  // As said to @searchreport; empty: not asked, and the number's country counts.
  std::string country, language;
  store::ReportSource source = store::ReportSource::member;
};

// A term that is searched for.
struct TermReport {
  std::string text;  // as searched for
  terms::Category category = terms::Category::other_illegal;
  std::string country, language;  // ISO 3166, BCP 47; empty: not known
  std::string comment;
  std::vector<Peer> found;  // what the search gives, as the reporter sees it
  bool overblock = false;   // it is guarded, and should not be
  store::ReportSource source = store::ReportSource::search_bot;
};

// One of the reporter's own, for showing.
struct ReportView {
  std::int64_t report_id = 0, case_id = 0;
  UnixSeconds at = 0, settled_at = 0;
  store::ReportState state = store::ReportState::waiting;
  terms::Category category = terms::Category::other_illegal;
  bool term = false;    // about a search term
  std::string subject;  // the term; empty otherwise
};

// Thread-safe.
class Reports {
 public:
  static constexpr std::size_t messages_max = 100;  // in one report
  static constexpr std::size_t term_max = 128;      // bytes

  explicit Reports(const Environment& environment);

  const safety::ReportOptions& options() const { return *options_; }

  // Messages of one place. All are looked at before anything is kept: PEER_ID_INVALID, CHANNEL_PRIVATE, ...
  // of open_place(); invalid MESSAGE_ID_INVALID (one is not there for the reporter, is theirs, or is a
  // service message), MESSAGE_IDS_EMPTY; those of Intake::file(). Each message of a group or channel has a
  // case of its own; what was said in private belongs to the case of who said it. The first one's number is
  // given.
  Task<Result<safety::Filed>> messages(Caller caller, Peer place, std::vector<MessageId> ids,
                                       ReportWords words);
  // A person, group or channel as a whole; with what it calls itself. PEER_ID_INVALID: oneself, the service
  // account, nobody.
  Task<Result<safety::Filed>> peer(Caller caller, Peer peer, ReportWords words);
  // One of the pictures that somebody is, or was, shown with. PHOTO_ID_INVALID; those of peer().
  Task<Result<safety::Filed>> photo(Caller caller, Peer peer, std::int64_t photo, ReportWords words);
  // A private dialog that nobody asked for: the case is about the other one, with the last ten messages from
  // them. A group or channel as a whole, likewise with nothing of it. Those of peer().
  Task<Result<safety::Filed>> spam(Caller caller, Peer peer);
  // Of an administrator: what a participant wrote is spam. Those of messages(); CHAT_ADMIN_REQUIRED,
  // PARTICIPANT_ID_INVALID (it is not theirs).
  Task<Result<safety::Filed>> spam_by(Caller caller, Peer chat, UserId participant,
                                      std::vector<MessageId> ids);
  // Of an administrator: what the machine took away was nothing wrong. It is looked at as an appeal, for the
  // chat. CHAT_ADMIN_REQUIRED, MESSAGE_ID_INVALID (nothing was done about it).
  Task<Result<std::int64_t>> false_positive(Caller caller, Peer chat, MessageId message);
  // A reaction that somebody has given. REACTION_INVALID: they have not; those of messages().
  Task<Result<safety::Filed>> reaction(Caller caller, Peer place, MessageId message, UserId who);
  // SEARCH_QUERY_EMPTY, SEARCH_QUERY_TOO_LONG; those of Intake::file().
  Task<Result<safety::Filed>> term(Caller caller, TermReport report);

  // The caller's own, newest first; those with numbers below `before`, 0: from the newest on.
  Task<Result<std::vector<ReportView>>> mine(Caller caller, std::int64_t before, std::size_t limit) const;
  // The caller's newest one of a case; not_found CASE_UNKNOWN.
  Task<Result<ReportView>> status(Caller caller, std::int64_t case_id) const;
  // Of a decision that affects the caller; gives the appeal's number. Errors: those of Desk::appeal().
  Task<Result<std::int64_t>> appeal(Caller caller, std::int64_t case_id, std::string text);

 private:
  // Files it, and tells the reporter its number.
  Result<safety::Filed> file(store::Tx& tx, Caller caller, safety::Reported reported) const;
  Result<safety::Filed> file_messages(store::Tx& tx, Caller caller, const Place& place,
                                      const std::vector<MessageId>& ids, const ReportWords& words,
                                      UserId author) const;
  Result<ReportView> view_of(store::Tx& tx, const store::Report& report) const;

  const Environment& environment_;
  safety::Intake intake_;
  std::shared_ptr<const safety::ReportOptions> options_;
};

}  // namespace heliograph::services
