#include "net/limits.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

namespace heliograph::net {

struct Quota::State {
  std::mutex mutex;
  std::size_t total = 0;
  // Only addresses with open connections are in it: bounded by `total`.
  std::unordered_map<Address, std::size_t, AddressHash> per_address;
};

Quota::Quota(Sizes sizes) : sizes_(std::move(sizes)), state_(std::make_unique<State>()) {}
Quota::~Quota() = default;

Quota::Ticket::Ticket(Ticket&& other) noexcept {
  *this = std::move(other);
}

Quota::Ticket& Quota::Ticket::operator=(Ticket&& other) noexcept {
  if (this == &other) return *this;
  if (quota_ != nullptr) quota_->give_back(*this);
  quota_ = std::exchange(other.quota_, nullptr);
  key_ = other.key_;
  per_address_ = other.per_address_;
  total_ = other.total_;
  return *this;
}

Quota::Ticket::~Ticket() {
  if (quota_ != nullptr) quota_->give_back(*this);
}

bool Quota::is_exempt(const Address& address) const {
  return std::ranges::any_of(sizes_.exempt, [&](const Network& n) { return n.contains(address); });
}

Result<Quota::Ticket> Quota::admit(const Address& address) {
  return admit(address, true, !is_exempt(address));
}

Result<Quota::Ticket> Quota::admit_forwarded(const Address& client) {
  return admit(client, false, true);
}

Result<Quota::Ticket> Quota::admit(const Address& address, bool total, bool per_address) {
  Ticket ticket;
  ticket.key_ = address.limit_key();
  const std::lock_guard lock(state_->mutex);
  if (total && state_->total >= sizes_.total) return fail(Error::unavailable("NET_TOO_MANY_CONNECTIONS"));
  if (per_address) {
    auto [at, fresh] = state_->per_address.try_emplace(ticket.key_, 0);
    if (at->second >= sizes_.per_address) {
      if (fresh) state_->per_address.erase(at);
      return fail(Error::unavailable("NET_TOO_MANY_FROM_ADDRESS"));
    }
    ++at->second;
  }
  if (total) ++state_->total;
  ticket.quota_ = this;
  ticket.total_ = total;
  ticket.per_address_ = per_address;
  return ticket;
}

void Quota::give_back(const Ticket& ticket) {
  const std::lock_guard lock(state_->mutex);
  if (ticket.total_) --state_->total;
  if (!ticket.per_address_) return;
  const auto at = state_->per_address.find(ticket.key_);
  if (at != state_->per_address.end() && --at->second == 0) state_->per_address.erase(at);
}

}  // namespace heliograph::net
