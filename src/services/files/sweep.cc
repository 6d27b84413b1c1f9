#include "services/files/sweep.h"

namespace heliograph::services {

Task<Status> Sweep::step() {
  auto after = last_;
  CO_ASSIGN(auto names, co_await blobs_.list(std::move(after), step_blobs));
  last_ = names.empty() ? store::BlobName() : names.back();
  auto unneeded = [names = std::move(names)](store::Tx& tx) -> Result<std::vector<store::BlobName>> {
    std::vector<store::BlobName> found;
    for (const auto& name : names) {
      HG_ASSIGN(const bool used, tx.media().uses(name));
      if (!used) found.push_back(name);
    }
    return found;
  };
  CO_ASSIGN(auto gone, co_await environment_.store.read(std::move(unneeded)));
  const auto before =
      environment_.clock.unix_seconds() - std::chrono::duration_cast<std::chrono::seconds>(grace).count();
  for (auto& name : gone) CO_TRY(co_await blobs_.erase(std::move(name), before));
  co_return Status();
}

}  // namespace heliograph::services
