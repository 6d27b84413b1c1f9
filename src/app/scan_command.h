// `heliograph scan` and `heliograph search-guard`: the server's own judgement over JSON lines.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "safety/scan/scanner.h"

namespace heliograph::app {

struct ScanOptions {
  safety::RulebookFiles files;
  safety::Context context;
  // Weights of the encoder (encoder_judge.h): texts that the first stage is not sure about are judged by
  // both. None: by the first alone.
  std::optional<std::string> second_stage;
  // Weights of the model that looks at pictures (viewer.h). None: lists of hashes alone.
  std::optional<std::string> image_model;
};

// {"id","text"[,"lang","place","standing"]} a line ->
// {"id","canonical","categories","terms","action","versions",...}. A line that is no such object is answered
// with {"id","error"}, and the rest goes on.
Status scan_lines(const ScanOptions& options, std::istream& in, std::ostream& out);

// Media as if they were posted without a word: a line for each, "id" is the file's name.
Status scan_files(const ScanOptions& options, const std::vector<std::string>& files, std::ostream& out);

// {"id","query"} a line -> {"id","effect","terms"}.
Status guard_lines(const ScanOptions& options, std::istream& in, std::ostream& out);

}  // namespace heliograph::app
