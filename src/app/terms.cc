#include "app/terms.h"

namespace heliograph::app {

Result<services::Terms> terms_of_service(const safety::Rules& rules) {
  return services::parse_terms(rules.source());
}

}  // namespace heliograph::app
