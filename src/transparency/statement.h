// Statements of reasons as the DSA Transparency Database takes them (Regulation (EU) 2022/2065 Art. 24(5)):
// POST .../api/v1/statements, at most 100 at once. They hold no personal data: not what was said, not who
// said it, and their numbers here cannot be told from case numbers.
#pragma once

#include <optional>

#include "crypto/secret.h"
#include "safety/enforcement/case_file.h"
#include "store/store.h"
#include "store/transparency.h"

namespace heliograph::transparency {

inline constexpr std::size_t kStatementsAtOnce = 100;

struct StatementSource {
  const store::Case& one;
  const safety::CaseFile& file;  // of the case, or of a member of a campaign
  std::string subject;           // whose file it is
};

// The `index`th statement of the file. None: the database does not take it (what was said in private, what
// holds outside of the European Economic Area alone, what takes nothing from anybody).
std::optional<store::OutgoingStatement> outgoing_statement(const StatementSource& source, std::size_t index,
                                                           const crypto::SecretKey& key);

// Queues the statements made in [from, to), those of campaigns' members too; twice is once. In a write
// transaction. Gives how many are new. Errors: those of the store; SEAL_BROKEN.
Result<std::size_t> queue_statements(store::Tx& tx, UnixSeconds from, UnixSeconds to,
                                     const crypto::Sealer& sealer, const crypto::SecretKey& key);

// One request to the database.
class StatementLine {
 public:
  struct Answer {
    int status = 0;
    std::string body;
  };
  virtual ~StatementLine() = default;
  // Errors: unavailable: there was no answer.
  virtual Task<Result<Answer>> post(std::string body) = 0;
};

// Sends what is due, 100 at most; gives how many are through. What gets no answer, or one that is not about
// the statements, is tried again later and later, up to a day apart; what the other side refuses is kept with
// its words and not sent again, and the rest goes without it. A statement that it has already is sent.
// Errors: those of the store.
Task<Result<std::size_t>> send_statements(store::Store& store, StatementLine& line, UnixSeconds now);

}  // namespace heliograph::transparency
