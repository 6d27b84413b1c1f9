#include "services/chats/collect.h"

#include "services/chats/content.h"

namespace heliograph::services {

namespace {

std::int64_t seconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

}  // namespace

std::uint64_t MediaCollector::Noted::at(std::int64_t id, int hash) const {
  // Ids are random: pieces of them are as good as hashes. Mixed, in case they are not.
  auto x = static_cast<std::uint64_t>(id) * 0x9e3779b97f4a7c15ULL;
  x ^= x >> 32;
  const auto step = (x * 0xbf58476d1ce4e5b9ULL) | 1;
  return (x + static_cast<std::uint64_t>(hash) * step) % (bits_.size() * 64);
}
void MediaCollector::Noted::add(std::int64_t id) {
  for (int i = 0; i < hashes; ++i) {
    const auto bit = at(id, i);
    bits_[bit / 64] |= std::uint64_t{1} << bit % 64;
  }
}
bool MediaCollector::Noted::has(std::int64_t id) const {
  for (int i = 0; i < hashes; ++i) {
    const auto bit = at(id, i);
    if ((bits_[bit / 64] >> bit % 64 & 1) == 0) return false;
  }
  return true;
}

MediaCollector::MediaCollector(Environment& environment) : environment_(environment) {}

Task<Status> MediaCollector::step() {
  if (phase_ == Phase::marking) co_return co_await mark();
  if (phase_ == Phase::erasing) co_return co_await erase();
  const auto now = environment_.clock.unix_seconds();
  if (now < waits_until_) co_return Status();
  began_ = now;
  place_ = 0;
  noted_.clear();
  phase_ = Phase::marking;
  co_return Status();
}

Task<Status> MediaCollector::mark() {
  struct Found {
    std::vector<std::int64_t> ids;
    std::int64_t next = 0;
  };
  CO_ASSIGN(const auto found,
            co_await environment_.store.read([place = place_](store::Tx& tx) -> Result<Found> {
              HG_ASSIGN(const auto page, tx.media().contents(place, step_messages));
              Found result;
              result.next = page.next;
              for (const auto& bytes : page.contents) {
                if (bytes.empty()) continue;
                // What cannot be read may hold anything: nothing is erased in such a store.
                HG_ASSIGN(const auto content, decode<MessageContent>(bytes));
                const auto note = [&result](const std::optional<Media>& media) {
                  if (media && media->photo) result.ids.push_back(media->photo->id);
                  if (media && media->document) result.ids.push_back(media->document->id);
                };
                note(content.media);
                if (content.withheld) note(content.withheld->media);
              }
              return result;
            }));
  for (const auto id : found.ids) noted_.add(id);
  place_ = found.next;
  if (place_ == 0) phase_ = Phase::erasing;
  co_return Status();
}

Task<Status> MediaCollector::erase() {
  const auto before = began_ - seconds(grace);
  CO_ASSIGN(auto ids, co_await environment_.store.read([place = place_, before](store::Tx& tx) {
    return tx.media().unattached(place, before, step_media);
  }));
  if (ids.empty()) {
    phase_ = Phase::waiting;
    waits_until_ = environment_.clock.unix_seconds() + seconds(pause);
    co_return Status();
  }
  place_ = ids.back();
  std::erase_if(ids, [this](std::int64_t id) { return noted_.has(id); });
  if (ids.empty()) co_return Status();
  auto forget = [ids = std::move(ids), before](store::Tx& tx) -> Status {
    for (const auto id : ids) {
      // It may have been put somewhere since.
      HG_ASSIGN(const auto again, tx.media().unattached(id - 1, before, 1));
      if (!again.empty() && again.front() == id) HG_TRY(tx.media().erase(id));
    }
    return {};
  };
  co_return co_await environment_.store.write(std::move(forget));
}

}  // namespace heliograph::services
