#include "app/terms.h"

#include "app/terms_text.h"
#include "base/assert.h"

namespace heliograph::app {

services::Terms terms_of_service() {
  auto terms = services::parse_terms(terms_file);
  HG_ASSERT(terms.has_value());  // built in; app_test reads it
  return std::move(*terms);
}

}  // namespace heliograph::app
