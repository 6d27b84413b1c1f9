// The encoder (encoder/) as a judge of texts beside the first stage: for the server's second stage, and for
// `heliograph scan --second-stage`.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/config.h"
#include "encoder/head.h"
#include "safety/scan/scanner.h"

namespace heliograph::app {

class EncoderJudge {
 public:
  // `weights`: a file; empty: multilingual-e5-small.q4 beside the program. Takes 90 MB and a third of a
  // second. invalid SECOND_STAGE_WEIGHTS: the file is not there, or not the one that the head in this program
  // was trained on.
  static Result<std::shared_ptr<const EncoderJudge>> load(const std::string& weights);

  // What both stages say of the text together (safety::both_stages): terms, links and first model by the
  // rulebook, and the encoder. Tens of milliseconds, two seconds at most. Thread-safe.
  safety::Scores judge(const safety::Rulebook& rulebook, std::string_view text) const;
  // The same for a text that was scanned: what that found, and its canonical form.
  safety::Scores judge(const safety::Scores& first, std::string_view canonical) const;
  // "multilingual-e5-small second-stage-1": names encoder and head in verdicts.
  const std::string& version() const { return version_; }

 private:
  EncoderJudge() = default;

  std::shared_ptr<const encoder::Encoder> encoder_;
  std::shared_ptr<const encoder::Head> head_;
  std::vector<terms::Category> categories_;  // in the order of the head
  std::string version_;
};

// Null: the configuration wants none. Errors are those of load(); invalid SECOND_STAGE_TWO: it has an
// address, too.
Result<std::shared_ptr<const EncoderJudge>> encoder_of(const config::Config& config);

}  // namespace heliograph::app
