// Live delivery: carries committed updates to whoever listens to a box: an
// account's, or that of a channel it is in. An optimisation on top of the
// stored log (services/updates): what is missed here is found there.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/executor.h"
#include "store/store.h"

namespace heliograph::services {

using SharedPublication = std::shared_ptr<const store::Publication>;

// One signed-in session with a live connection.
class Subscriber {
 public:
  virtual ~Subscriber() = default;
  // On the executor given at subscribe(), in commit order.
  virtual void on_publication(const SharedPublication& publication) = 0;
};

// Thread-safe.
class Hub final : public store::CommitListener {
 public:
  // `subscriber` is kept until unsubscribe() or until the hub goes; deliveries already under way may still
  // arrive after unsubscribe().
  void subscribe(BoxId box, std::shared_ptr<Subscriber> subscriber, Executor& executor);
  void unsubscribe(BoxId box, const Subscriber* subscriber);
  bool is_live(BoxId box) const;

  // Something to hear of every publication before it is delivered, e.g. a cache that must forget. On the
  // store's writer thread: quick and thread-safe. Set up before the first commit.
  void add_observer(std::move_only_function<void(const store::Publication&)> observer);

  void on_commit(std::vector<store::Publication> publications) override;
  // For what is not stored at all: presence and typing. Same path, no transaction.
  void publish(store::Publication publication);

 private:
  struct Entry {
    std::shared_ptr<Subscriber> subscriber;
    Executor* executor;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<BoxId, std::vector<Entry>> live;
  };
  Shard& shard(BoxId box) { return shards_[std::hash<BoxId>{}(box) % shards_.size()]; }
  const Shard& shard(BoxId box) const { return shards_[std::hash<BoxId>{}(box) % shards_.size()]; }

  std::array<Shard, 64> shards_;
  std::vector<std::move_only_function<void(const store::Publication&)>> observers_;
};

}  // namespace heliograph::services
