// Whatever the operator has that translates; app has one over HTTP.
#pragma once

#include <string>

#include "base/result.h"
#include "base/task.h"

namespace heliograph::services {

// Thread-safe.
class Translator {
 public:
  static constexpr std::size_t text_max = 16 * 1024;  // bytes; longer ones are cut before they are given

  virtual ~Translator() = default;
  // Into the language (BCP 47, like "de"), from whichever it is in. unavailable TRANSLATOR_AWAY.
  virtual Task<Result<std::string>> translate(std::string text, std::string into) = 0;
};

}  // namespace heliograph::services
