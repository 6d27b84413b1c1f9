#include "legal/journal/journal.h"

#include <algorithm>

#include "crypto/hash.h"
#include "legal/journal/key.h"

namespace heliograph::legal {

namespace {
constexpr auto kKeyKept = std::chrono::minutes(1);
}

Journal::Journal(JournalParts parts) : parts_(parts), marks_(crypto::SecretKey::generate(parts.random)) {}

Task<Status> Journal::reload() {
  const auto all_keys = [](store::Tx& tx) { return store::journal_of(tx).keys(); };
  CO_ASSIGN(const auto keys, co_await parts_.store.read(all_keys));
  std::optional<Key> found;
  if (!keys.empty() && keys.front().retired_at == 0) {
    CO_ASSIGN(const auto parsed, JournalKey::parse(keys.front().text));
    found = Key{keys.front().number, parsed.public_key()};
  }
  const std::lock_guard lock(mutex_);
  key_ = found;
  key_read_ = true;
  key_read_at_ = parts_.clock.monotonic();
  co_return Status{};
}

Task<Result<Journal::Key>> Journal::key() {
  bool fresh = false;
  {
    const std::lock_guard lock(mutex_);
    fresh = key_read_ && parts_.clock.monotonic() - key_read_at_ < kKeyKept;
  }
  if (!fresh) CO_TRY(co_await reload());
  const std::lock_guard lock(mutex_);
  if (key_) co_return *key_;
  co_return fail(Error::unavailable("JOURNAL_KEY_MISSING", "The journal has no key: hold the ceremony."));
}

Journal::Mark Journal::mark_of(UserId user, AuthKeyId session, const IpAddress& address,
                               std::uint16_t port) const {
  Bytes all;
  append_le(all, user.value);
  append_le(all, session.value);
  append(all, address.bytes());
  append_le(all, port);
  const auto out = crypto::hmac_sha256(marks_.view(), {all});
  crypto::wipe(all);
  return out;
}

std::optional<Journal::Entry> Journal::recall(const Mark& mark) {
  const std::lock_guard lock(mutex_);
  if (const auto found = young_.find(mark); found != young_.end()) return found->second;
  if (const auto found = old_.find(mark); found != old_.end()) return found->second;
  return std::nullopt;
}

void Journal::remember(const Mark& mark, const Entry& entry) {
  const std::lock_guard lock(mutex_);
  if (young_.size() >= remembered_most / 2) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_[mark] = entry;
}

RowSecret Journal::take_secret(const Key& key) {
  {
    const std::lock_guard lock(mutex_);
    if (ready_for_ == key.number && !ready_.empty()) {
      auto out = std::move(ready_.back());
      ready_.pop_back();
      return out;
    }
  }
  return {key.point, parts_.random};
}

Task<Status> Journal::make_ready() {
  const auto in_use = co_await key();
  // Looked for each time, so that a ceremony's key is used at once.
  if (!in_use && in_use.error().code == "JOURNAL_KEY_MISSING") co_return co_await reload();
  CO_TRY(in_use);
  for (std::size_t i = 0; i < ready_at_once; ++i) {
    {
      const std::lock_guard lock(mutex_);
      if (ready_for_ != in_use->number) ready_.clear();
      ready_for_ = in_use->number;
      if (ready_.size() >= ready_most) break;
    }
    RowSecret made(in_use->point, parts_.random);
    const std::lock_guard lock(mutex_);
    if (ready_for_ != in_use->number) break;
    ready_.push_back(std::move(made));
  }
  co_return Status{};
}

Task<Result<bool>> Journal::seen(UserId user, AuthKeyId session, std::string text, std::uint16_t port) {
  CO_ASSIGN(const auto address, IpAddress::parse(text));
  const auto now = parts_.clock.unix_seconds();
  const auto mark = mark_of(user, session, address, port);
  auto entry = recall(mark);
  // Also when the clock was set back: then it is a new row.
  const bool known = entry && now >= entry->written_at && now < entry->first + row_seconds;
  if (known && now < entry->written_at + again_seconds) co_return false;
  auto in_use = co_await key();
  if (!in_use) {
    ++stats_.refused;
    co_return fail(in_use.error());
  }
  if (!known || entry->key != in_use->number) {
    entry = Entry{{}, now, 0, in_use->number};
    parts_.random.fill(entry->tag);
  }
  entry->written_at = now;
  const RowLabel label{user, entry->first / kHourSeconds * kHourSeconds,
                       (now / kHourSeconds + 1) * kHourSeconds, entry->tag};
  const auto secret = take_secret(*in_use);
  store::JournalRow row{0,
                        user,
                        to_bytes(ByteView(entry->tag)),
                        in_use->number,
                        label.from,
                        label.to,
                        seal_row(in_use->point, label, {address, port, entry->first, now}, secret)};
  const auto put = [row](store::Tx& tx) -> Status {
    HG_ASSIGN(const bool there, store::journal_of(tx).update(row));
    if (there) return {};
    HG_TRY(store::journal_of(tx).add(row));
    return {};
  };
  CO_TRY(co_await parts_.store.write(put));
  remember(mark, *entry);
  ++stats_.written;
  co_return true;
}

Task<Result<std::size_t>> Journal::sweep(std::int32_t days) {
  std::size_t all = 0;
  for (;;) {
    const auto now = parts_.clock.unix_seconds();
    const auto before = now - days * UnixSeconds{86'400};
    const auto destroy = [before, now](store::Tx& tx) {
      return store::journal_of(tx).sweep(before, now, swept_at_once);
    };
    CO_ASSIGN(const auto gone, co_await parts_.store.write(destroy));
    all += gone;
    stats_.destroyed += gone;
    if (gone < swept_at_once) co_return all;
  }
}

}  // namespace heliograph::legal
