// Opening rows: the question that an approved request puts to the officers, what each of them contributes on
// their own machine, and what the server makes of as many contributions as it takes. Pure functions.
//
// A contribution is bound to the question as a whole: the request, its entry in the ledger, the account, the
// period, the key and every row. It is good for nothing else, and one changed byte is seen.
#pragma once

#include "ledger/receipt.h"
#include "legal/journal/row.h"

namespace heliograph::legal {

inline constexpr std::size_t kQuestionRowsMost = 100'000;

struct Question {
  std::int64_t request = 0;
  Bytes entry;  // of the ledger, by which the disclosure is recorded
  UserId user;
  UnixSeconds from = 0, to = 0;
  struct Row {
    RowLabel label;
    Bytes sealed;
  };
  std::vector<Row> rows;
  Hash key{};  // its id

  Hash binding() const;
  std::string encode() const;
  // invalid JOURNAL_DOCUMENT_INVALID.
  static Result<Question> parse(std::string_view text);
};

// What an officer's machine checks first, and the server too: every row is of this account, in this period,
// and sealed as its label says. Gives the rows' elements. invalid QUESTION_WRONG, ROW_INVALID.
Result<std::vector<crypto::Point>> check_question(const Question& question, const JournalKey& key);

struct Contribution {
  Hash binding{};
  std::uint32_t share = 0;
  Proof proof;
  std::vector<crypto::Point> parts;  // by row

  std::string encode() const;
  // invalid JOURNAL_DOCUMENT_INVALID.
  static Result<Contribution> parse(std::string_view text);
  bool operator==(const Contribution&) const = default;
};

// Errors: those of check_question().
Result<Contribution> contribute(const Question& question, const JournalKey& key, const Share& share,
                                Random& random);

// invalid CONTRIBUTION_WRONG: it is for another question, of nobody who has a share, or not what the share
// makes of these rows.
Status check_contribution(const Question& question, const JournalKey& key,
                          const std::vector<crypto::Point>& elements, const Contribution& contribution);

// By which a request's disclosure is recorded.
inline constexpr std::string_view kDiscloseAct = "request.disclose";
ledger::Subject request_subject(std::int64_t request);

// Of contributions that have been checked. Nothing is opened without the receipt that the ledger has the
// disclosure. forbidden LEDGER_RECEIPT_OTHER: it is for another request; forbidden CONTRIBUTIONS_FEW: not as
// many shares as it takes; ROW_INVALID.
Result<std::vector<Sighting>> combine(const ledger::Receipt& receipt, const Question& question,
                                      const JournalKey& key, const std::vector<Contribution>& contributions);

}  // namespace heliograph::legal
