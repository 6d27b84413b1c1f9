// How files of hashes are refused.
#pragma once

#include "base/complaints.h"
#include "base/result.h"

namespace heliograph::safety {

inline std::unexpected<Error> refuse_hashes(const Complaints& complaints) {
  auto text = complaints.text();
  if (complaints.count() > Complaints::most) {
    text += "\nand " + std::to_string(complaints.count() - Complaints::most) + " more";
  }
  return fail(Error::invalid("HASHES_INVALID", std::move(text)));
}

}  // namespace heliograph::safety
