// The answer as pages for people: the same values as the JSON beside it, and no others, for they are written
// from the same types. Text alone: no font is embedded, no picture, no link, nothing active.
#pragma once

#include "legal/disclosure/package.h"

namespace heliograph::legal {

// A PDF 1.4 file. The same value has the same bytes. It names the SHA-256 of the JSON, which is what counts
// where the two are read differently. `json`: to_json() of the two.
std::string to_pdf(const Disclosure& disclosure, const Cover& cover, std::string_view json);
inline std::string to_pdf(const Disclosure& disclosure, const Cover& cover) {
  return to_pdf(disclosure, cover, to_json(disclosure, cover));
}

}  // namespace heliograph::legal
