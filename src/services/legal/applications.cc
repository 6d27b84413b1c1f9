// Agencies that apply to be let in.
#include "services/legal/legal_desk.h"

namespace heliograph::services {

namespace {

constexpr std::size_t kReferenceBytes = 16;
// All that can be open, and as many again.
constexpr std::size_t kApplicationsMost = 2 * legal::Applications::open_most;

}  // namespace

Task<Result<std::string>> LegalDesk::apply(legal::ApplicationForm form) {
  auto reference = to_hex(environment_.random.bytes(kReferenceBytes));
  const auto act = [this, form = std::move(form), reference](store::Tx& tx) {
    return applications_.apply(tx, form, reference);
  };
  CO_TRY(co_await environment_.store.write(act));
  co_return reference;
}

Task<Result<legal::ApplicationStanding>> LegalDesk::application_standing(std::string reference) {
  const auto look = [this, reference = std::move(reference)](store::Tx& tx) {
    return applications_.standing(tx, reference);
  };
  co_return co_await environment_.store.read(look);
}

Task<Result<std::vector<legal::Application>>> LegalDesk::applications() {
  const auto look = [this](store::Tx& tx) { return applications_.listed(tx, kApplicationsMost); };
  co_return co_await environment_.store.read(look);
}

Task<Result<std::int64_t>> LegalDesk::take_up_application(legal::Actor actor, std::int64_t application,
                                                          legal::NewAgency agency) {
  const auto act = [=, this](store::Tx& tx) { return applications_.take_up(tx, actor, application, agency); };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::decline_application(legal::Actor actor, std::int64_t application, std::string reason,
                                            bool alike) {
  const auto act = [=, this](store::Tx& tx) {
    return applications_.decline(tx, actor, application, reason, alike);
  };
  co_return co_await environment_.store.write(act);
}

}  // namespace heliograph::services
