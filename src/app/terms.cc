#include "app/terms.h"

namespace heliograph::app {

services::Terms terms_of_service() {
  services::Terms terms;
  terms.version = 1;
  terms.text =
      "By signing up you agree not to use this service to deceive or threaten people, to trade in what the "
      "law "
      "forbids, to spread child sexual abuse material, to promote violence, or to send unsolicited mass "
      "messages. "
      "Content and accounts that break these terms can be removed or limited; you are told why, and you can "
      "appeal.";
  return terms;
}

}  // namespace heliograph::app
