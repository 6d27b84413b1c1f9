// What cases are compared by: the files and pictures that they are about, and what their texts say; and which
// media are kept with them.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format: do not renumber.
enum class PrintKind : std::uint8_t {
  file = 1,     // SHA-256 of a file: equal or not
  picture = 2,  // PDQ: near is alike
  text = 3,     // simhash: the same
};

struct CasePrint {
  std::int64_t case_id = 0;
  PrintKind kind = PrintKind::file;
  Bytes print;
};

class CasePrints {
 public:
  virtual ~CasePrints() = default;

  // `bands`: parts of the print, each with its place in it, by which near() finds it. Twice is once.
  virtual Status put(const CasePrint& print, const std::vector<std::int64_t>& bands) = 0;
  virtual Result<std::vector<CasePrint>> of_case(std::int64_t case_id) = 0;
  // Those of this kind that share one of the bands, each once; of a band the newest `of_band` at most. How
  // near they are is for the caller to see.
  virtual Result<std::vector<CasePrint>> near(PrintKind kind, const std::vector<std::int64_t>& bands,
                                              std::size_t of_band) = 0;
  // Numbers of cases after this one, ascending.
  virtual Result<std::vector<std::int64_t>> cases_after(std::int64_t case_id, std::size_t limit) = 0;

  // Photos and documents kept with reports of this case (Reports::keep_media), in the order of their ids.
  virtual Result<std::vector<std::int64_t>> evidence_media(std::int64_t case_id) = 0;
};

}  // namespace heliograph::store
