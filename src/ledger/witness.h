// Witnesses: others who see every checkpoint, check that the log has only grown, and sign what they saw
// (c2sp.org/tlog-witness). This is the log's side: after each publication it hands the new checkpoint to each
// witness and keeps the cosignatures.
#pragma once

#include "ledger/ledger.h"

namespace heliograph::ledger {

struct Witness {
  VerifierKey key;  // of kind cosigner
  std::string url;  // submission prefix, without a slash at the end

  // "<verifier key> <submission prefix>". invalid LEDGER_WITNESS_INVALID.
  static Result<Witness> parse(std::string_view text);
  bool operator==(const Witness&) const = default;
};

// How a witness is reached; HTTP is somebody else's.
class WitnessLine {
 public:
  struct Answer {
    int status = 0;
    std::string body;
  };
  virtual ~WitnessLine() = default;
  // unavailable when there is no answer.
  virtual Task<Result<Answer>> post(std::string url, std::string body) = 0;
};

struct WitnessStats {
  std::atomic<std::uint64_t> cosignatures = 0;
  std::atomic<std::uint64_t> failures = 0;
};

class Witnesses {
 public:
  Witnesses(Ledger& ledger, store::Store& store, WitnessLine& line, std::vector<Witness> witnesses)
      : ledger_(ledger), store_(store), line_(line), witnesses_(std::move(witnesses)) {}

  // Asks all of them, one after another, to sign the newest checkpoint. A witness that is away or refuses is
  // counted and asked again next time. One that has seen a tree that this log's store does not lead to halts
  // the ledger. Errors: those of the store.
  Task<Status> submit();

  const WitnessStats& stats() const { return stats_; }

 private:
  Task<Status> submit_to(const Witness& witness, std::string checkpoint, std::uint64_t size);
  // invalid LEDGER_WITNESS_ANSWER.
  Task<Status> accept(const Witness& witness, std::string checkpoint, std::uint64_t size, std::string lines);

  Ledger& ledger_;
  store::Store& store_;
  WitnessLine& line_;
  const std::vector<Witness> witnesses_;
  WitnessStats stats_;
};

// The body of an add-checkpoint request.
std::string add_checkpoint_body(std::uint64_t old_size, const Proof& proof, std::string_view checkpoint);

}  // namespace heliograph::ledger
