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
  if (!gone.empty()) CO_TRY(co_await forget_prints(gone));
  for (auto& name : gone) CO_TRY(co_await blobs_.erase(std::move(name), before));
  co_return Status();
}

// What is known of contents that nothing needs goes first; one that is needed again is looked at again.
Task<Status> Sweep::forget_prints(std::vector<store::BlobName> gone) {
  auto find = [gone = std::move(gone)](store::Tx& tx) -> Result<std::vector<store::BlobName>> {
    std::vector<store::BlobName> known;
    for (const auto& name : gone) {
      HG_ASSIGN(const auto print, tx.media_prints().find(name));
      if (print) known.push_back(name);
    }
    return known;
  };
  CO_ASSIGN(auto known, co_await environment_.store.read(std::move(find)));
  if (known.empty()) co_return Status();
  auto forget = [known = std::move(known)](store::Tx& tx) -> Status {
    for (const auto& name : known) {
      HG_ASSIGN(const bool used, tx.media().uses(name));
      if (!used) HG_TRY(tx.media_prints().erase(name));
    }
    return {};
  };
  co_return co_await environment_.store.write(std::move(forget));
}

}  // namespace heliograph::services
