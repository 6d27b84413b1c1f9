// Keeps the index up with the store: reads the store's search log (store/search_log.h) from where the index
// stands, loads what has changed, and applies it. Nothing is lost when either side crashes: the index commits
// its position together with what it has indexed, and loading the present state twice does no harm.
//
// A new or emptied index is filled by walking through everything there is (Source::scan) and then following
// the log from where it was when the walk began; a walk that is interrupted goes on where it was.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/executor.h"
#include "base/task.h"
#include "search/index.h"
#include "store/store.h"

namespace heliograph::search {

// What can be searched for, as the store has it now. Called inside read transactions, on the store's threads.
class Source {
 public:
  virtual ~Source() = default;
  // Empty: it is gone, or not public.
  virtual Result<std::optional<Document>> load(store::Tx& tx, const Key& key) const = 0;
  // At most `limit` public documents with keys above `after`, in the order of their keys. Empty: that was
  // all.
  virtual Result<std::vector<Document>> scan(store::Tx& tx, const Key& after, std::size_t limit) const = 0;
};

struct FeederOptions {
  std::size_t batch = 1'000;                        // changes that share a commit
  std::size_t fill_batch = 5'000;                   // documents that do, while the index is being filled
  Duration pause = std::chrono::milliseconds(200);  // between commits, when there is little to do
  Duration poll = std::chrono::milliseconds(500);   // without notify()
  Duration retry = std::chrono::seconds(2);         // after a failure
  Duration drop_every = std::chrono::seconds(30);   // what is indexed from the log
};

class Feeder {
 public:
  // All of them must outlive the feeder; the executor must not run on after the others are gone.
  Feeder(store::Store& store, Index& index, const Source& source, Executor& executor,
         const FeederOptions& options = {});
  // On the executor's thread, and not while what start() began is under way (see stop()).
  ~Feeder() = default;

  // On the executor's thread, once: follows the log until stop().
  void start();
  // On the executor's thread, once: ends what start() began. `ended` is called there, now or when the store
  // and the index have answered what they were asked last; nothing uses either of them or the source after
  // it.
  void stop(std::move_only_function<void()> ended);
  // Thread-safe: the log has grown.
  void notify();

  // One batch, for callers that do without start(). True: there is more to do.
  Task<Result<bool>> step();
  // Empties the index and fills it anew, to the end of the log (`heliograph search rebuild`). Not beside
  // start(). Searches meanwhile find what is there already.
  Task<Status> rebuild();

 private:
  struct State;
  static Task<Result<bool>> step(std::shared_ptr<State> state);
  static Task<Result<bool>> fill(std::shared_ptr<State> state, Position position);
  static Task<Result<bool>> follow(std::shared_ptr<State> state, Position position);
  static Task<Status> take_whole(std::shared_ptr<State> state, Peer peer, Position position);
  static Task<void> run(std::shared_ptr<State> state);
  static Task<void> rest(std::shared_ptr<State> state, Duration time, bool until_news);
  static void wake(const std::shared_ptr<State>& state);

  std::shared_ptr<State> state_;
};

}  // namespace heliograph::search
