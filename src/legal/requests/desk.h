// The legal desk: what becomes of an authority's request, act by act. Nothing is disclosed before every gate
// is passed; the acts are what says so, and each of them is kept: who, when, in which words, on what
// evidence.
//
//   file -> pass(authentic) -> pass(valid) -> pass(suspect) -> approve (and the ledger's entry)
//        -> question, contribute (as many officers as it takes) -> prepare, open, disclose -> collect
//
// Words of LegalAct::what: "filed", "passed", "asked", "answered", "refused", "withdrawn", "handed",
// "decided" (of a removal order: each time that what became of it changes),
// "preserved", "extended", "contributed", "collected" (each time), "receipt", "confirmed", "told", "overdue",
// "unanswered", "unconfirmed", "uncollected", "erased", "hold-ended".
//
// Acts in the ledger, book legal: "request.receive", "request.ask", "request.refuse", "request.withdraw",
// "request.preserve", "request.hand", "request.disclose", "request.undeliver", "request.confirm",
// "request.unconfirmed", "request.tell", and "journal.key". Cells: legal/<type>/<country>/<outcome>;
// docs/legal.md has them all.
//
// One person has one part in a request: whoever has examined it cannot approve it, and the other way round.
// The clock never goes back: see CLOCK_BEHIND. Each call is one body of a transaction, but for those that say
// otherwise. Thread-safe.
//
// Errors of all calls, beside those of the store: not_found LEGAL_REQUEST_UNKNOWN; invalid REQUEST_CLOSED;
// forbidden ROLE_NOT_ALLOWED, SAME_PERSON, CONFLICT_OF_INTEREST; unavailable CLOCK_BEHIND.
#pragma once

#include <map>
#include <memory>

#include "ledger/ledger.h"
#include "legal/disclosure/answer.h"
#include "legal/journal/question.h"
#include "legal/requests/agencies.h"
#include "legal/requests/people.h"
#include "legal/requests/rules.h"

namespace heliograph::legal {

struct DeskParts {
  const ledger::Ledger& ledger;
  const Clock& clock;
  Random& random;
  const crypto::Sealer& sealer;
  const crypto::BlindIndex& likeness;  // finds requests about the same identifier
  const People& people;
  std::shared_ptr<const Jurisdictions> rules;
  AnswerSigner signer;
  std::string origin;  // of the ledger
};

// One request as it is worked on.
struct Opened {
  store::LegalRequest row;
  RequestForm form;
};

// A contribution that fits its question. Only check() makes one.
class CheckedContribution {
 public:
  const Contribution& contribution() const { return contribution_; }

 private:
  friend Result<CheckedContribution> check(const Question& question, const JournalKey& key,
                                           Contribution contribution);
  explicit CheckedContribution(Contribution contribution) : contribution_(std::move(contribution)) {}
  Contribution contribution_;
};
// Takes a while (bench/journal_bench.cc): call it on a worker, outside of any transaction. Errors: those of
// check_question() and check_contribution().
Result<CheckedContribution> check(const Question& question, const JournalKey& key, Contribution contribution);

// What is put to the officers: one question for each key that rows are sealed to, and always one for the key
// in use, so that a phone number alone takes as many people.
struct Asked {
  std::int64_t key = 0;  // store::JournalKey::number
  JournalKey journal_key;
  Question question;
};

// All that it takes to open the rows: made when every gate before is passed.
struct Opening {
  std::int64_t request = 0;
  ledger::Receipt receipt;
  std::vector<Asked> asked;
  std::vector<std::vector<Contribution>> contributions;  // of each
};
struct Unsealed {
  std::vector<Hash> bindings;  // of the questions
  std::vector<Sighting> sightings;
};
// Takes a while, the same. Errors: those of combine().
Result<Unsealed> open(const Opening& opening);

class Desk {
 public:
  static constexpr std::size_t forms_most = 50;  // of one order
  static constexpr std::size_t words_max = 16 * 1024;
  static constexpr std::size_t file_bytes_max = 8 * 1024 * 1024;
  static constexpr std::size_t files_most = 20;  // of one request
  static constexpr UnixSeconds package_seconds = 14 * 86'400;
  static constexpr UnixSeconds reply_seconds = 5 * 86'400;  // Regulation (EU) 2023/1543 Art. 10(6)
  static constexpr UnixSeconds clock_slack_seconds = 300;

  explicit Desk(DeskParts parts) : parts_(std::move(parts)) {}

  // By an agency's officer: one request for each form. Errors: those of Agencies::standing(); invalid
  // TYPE_NOT_TAKEN, FORM_INVALID, FORMS_TOO_MANY; flood REQUESTS_WAIT: the agency has asked so often today.
  Result<std::vector<std::int64_t>> file(store::Tx& tx, std::int64_t officer, Type type,
                                         std::vector<RequestForm> forms) const;
  // `kind` as store::LegalFile has them; `facts`: what was found of its form and signatures. Errors also
  // invalid FILE_INVALID, FILES_TOO_MANY.
  Result<std::int64_t> add_file(store::Tx& tx, std::int64_t officer, std::int64_t request, std::string kind,
                                ByteView content, ByteView facts) const;
  // not_found FILE_UNKNOWN. The caller checks who asks.
  Result<Bytes> read_file(store::Tx& tx, std::int64_t file) const;
  Result<Bytes> read_facts(const store::LegalFile& file) const;

  // Gates 1 to 3, by a legal officer. forbidden GATE_MISSING: one before is not passed; invalid
  // GATE_PASSED, EVIDENCE_MISSING, EVIDENCE_UNKNOWN, WORDS_TOO_LONG, FORM_INCOMPLETE, REQUEST_WAITS (for the
  // agency's answer), ORDER_EXPIRED; forbidden ISSUER_NOT_COMPETENT, NOT_SUSPECT: refuse it, or ask; and at
  // the first gate those of Agencies::standing(). The first keeps the person's rows from destruction. At the
  // third, evidence of a breach is a decided case about this account ("case": its number), or what the order
  // itself finds ("finding"), or both, and "clause" is one of the platform's rules in force: invalid
  // BREACH_CASE_UNFIT, CLAUSE_UNKNOWN.
  Status pass(store::Tx& tx, const Actor& actor, std::int64_t request, Gate gate,
              std::vector<Evidence> evidence, std::string words) const;
  // Gates 4 and 5, by a legal approver who has just proved that it is them: forbidden STEP_UP_NEEDED. Errors
  // as pass(): a case that the third gate rests on may have been taken back meanwhile.
  Status approve(store::Tx& tx, const Actor& actor, std::int64_t request, std::vector<Evidence> evidence,
                 std::string words) const;

  // To the agency: something is missing or not clear (of an EPOC: Annex III). The answer goes on.
  Status ask(store::Tx& tx, const Actor& actor, std::int64_t request, std::string words) const;
  Status answer(store::Tx& tx, std::int64_t officer, std::int64_t request, std::string words) const;
  // The form again, corrected; only while the agency is asked, and before the gate `valid`.
  Status correct(store::Tx& tx, std::int64_t officer, std::int64_t request, RequestForm form) const;
  // Of kGrounds. invalid GROUND_UNKNOWN, WORDS_MISSING; forbidden GATE_MISSING: this answer would say
  // something of a person before it may.
  Status refuse(store::Tx& tx, const Actor& actor, std::int64_t request, std::string_view ground,
                std::string words) const;
  Status withdraw(store::Tx& tx, std::int64_t officer, std::int64_t request, std::string words) const;
  // A removal order, to the moderators: it becomes an authority's order about what it names, whose hour runs
  // from when the request came in. Gives the case's number. What is decided of the case becomes the request's
  // outcome, by tick(): see removal.h. Errors also those of People::order_removal().
  Result<std::int64_t> hand_over(store::Tx& tx, const Actor& actor, std::int64_t request,
                                 terms::Category category) const;
  // A preservation, once more: invalid EXTENSION_NOT_ALLOWED.
  Status extend(store::Tx& tx, const Actor& actor, std::int64_t request, std::string words) const;
  // A court has confirmed an emergency. invalid NOT_AWAITED.
  Status confirm(store::Tx& tx, const Actor& actor, std::int64_t request, std::string words) const;

  // Gate 6. forbidden GATE_MISSING: also while the disclosure's entry is not in the published log;
  // unavailable JOURNAL_KEY_MISSING; invalid ROWS_TOO_MANY, ORDER_EXPIRED.
  Result<std::vector<Asked>> question(store::Tx& tx, std::int64_t request) const;
  // By the share's own holder. Gives whether it was the last that it takes. Errors as question(), and
  // forbidden SHARE_OTHER_PERSON; invalid CONTRIBUTION_WRONG, CONTRIBUTION_TWICE.
  Result<bool> contribute(store::Tx& tx, const Actor& actor, std::int64_t request, std::int64_t key,
                          const CheckedContribution& contribution) const;

  // Gate 7, in three steps: prepare() and disclose() in transactions, open() between them. By a legal officer
  // who has just proved that it is them. forbidden GATE_MISSING, STEP_UP_NEEDED; those of question().
  Result<Opening> prepare(store::Tx& tx, const Actor& actor, std::int64_t request) const;
  // Redeems the receipt. Gives false when there was nothing to disclose: then the request is refused as
  // nothing_held. invalid OPENING_STALE: something has changed since prepare(); unavailable
  // CMS_CERTIFICATE_EXPIRED. Errors as prepare().
  Result<bool> disclose(store::Tx& tx, const Actor& actor, const Opening& opening,
                        const Unsealed& unsealed) const;
  // By the officer who asked. A reply can be lost: the same officer gets the same bytes again, and each time
  // is kept, until they confirm receipt or the package expires. not_found PACKAGE_NONE; invalid PACKAGE_GONE.
  Result<Bytes> collect(store::Tx& tx, std::int64_t officer, std::int64_t request) const;
  // The officer has it: the package is erased. `sha256`: of what they got. not_found PACKAGE_NONE: nothing
  // was collected; invalid RECEIPT_WRONG: they got something else. Again it does nothing.
  Status confirm_receipt(store::Tx& tx, std::int64_t officer, std::int64_t request, ByteView sha256) const;

  // What is due: expires what nobody came for, tells members, raises alarms. Gives how many clocks.
  Result<std::size_t> tick(store::Tx& tx, std::size_t limit) const;

  // Keys of the journal that the ledger has not heard of, or whose shares were dealt again: it hears of them,
  // so that nobody puts in a key of their own unseen ("journal.key"). Gives how many.
  Result<std::size_t> log_keys(store::Tx& tx) const;

  Result<Opened> find(store::Tx& tx, std::int64_t request) const;
  Result<OpenActs> acts(store::Tx& tx, std::int64_t request) const;
  const Jurisdictions& rules() const { return *parts_.rules; }
  const AnswerSigner& signer() const { return parts_.signer; }
  const std::string& origin() const { return parts_.origin; }  // of the ledger
  // The time, never behind what the desk has seen before.
  Result<UnixSeconds> now(store::Tx& tx) const;
  // The officer's own; not_found LEGAL_REQUEST_UNKNOWN, those of Agencies::standing().
  Result<Opened> own(store::Tx& tx, std::int64_t officer, std::int64_t request) const;

 private:
  struct Note {
    std::string_view what;
    std::optional<Gate> gate;
    StaffId staff;
    std::int64_t officer = 0;
    std::int64_t record = 0;
    ActFile file;
  };
  Result<Opened> open_for(store::Tx& tx, std::int64_t request, UnixSeconds now) const;
  Status note(store::Tx& tx, const store::LegalRequest& row, UnixSeconds now, Note note) const;
  // In the ledger, and in the request's own history with the record's number.
  Status enter(store::Tx& tx, const store::LegalRequest& row, UnixSeconds now, std::string_view act,
               std::string_view outcome, const Actor* actor, Note note) const;
  // What the ledger is told of it.
  Result<ledger::Receipt> record(store::Tx& tx, const store::LegalRequest& row, std::string_view act,
                                 std::string_view outcome, const Actor* actor) const;
  // Gives the record's number.
  Result<std::int64_t> record_done(store::Tx& tx, const store::LegalRequest& row, std::string_view act,
                                   std::string_view outcome, const Actor* actor) const;
  // By which requests that are alike are found: of the identifier and of the authority's case number.
  void set_likeness(store::LegalRequest& row, const RequestForm& form) const;
  const TypeRules* rules_of(const store::LegalRequest& row) const;
  Status check_evidence(const Opened& one, Gate gate, const std::vector<Evidence>& evidence) const;
  Status check_gate(store::Tx& tx, const Opened& one, Gate gate) const;
  // What the third gate rests on; writes the clause out.
  Status check_breach(store::Tx& tx, const Opened& one, std::vector<Evidence>& evidence) const;
  Status check_case(store::Tx& tx, const Opened& one, const std::vector<Evidence>& evidence) const;
  Status check_person(store::Tx& tx, const store::LegalRequest& row, const Actor& actor, bool approves) const;
  Status close(store::Tx& tx, store::LegalRequest& row, State state, std::string outcome,
               UnixSeconds now) const;
  Status hold(store::Tx& tx, const Opened& one, const TypeRules& rules, UnixSeconds now) const;
  Result<Opened> approved(store::Tx& tx, std::int64_t request, UnixSeconds now) const;
  Result<std::vector<Asked>> questions(store::Tx& tx, const Opened& one) const;
  Status look_at_decision(store::Tx& tx, Opened one, UnixSeconds now) const;
  Status ring(store::Tx& tx, const store::LegalClock& clock, UnixSeconds now) const;

  DeskParts parts_;
};

// Which gates the acts say are passed, each by whom it takes, in their order: what a disclosure rests on.
// forbidden GATE_MISSING names the first that is not.
Status check_passed(const std::vector<store::LegalAct>& acts, Gate up_to);

}  // namespace heliograph::legal
