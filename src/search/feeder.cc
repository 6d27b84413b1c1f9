#include "search/feeder.h"

#include <atomic>
#include <set>

#include "base/log.h"

namespace heliograph::search {

struct Feeder::State {
  State(store::Store& the_store, Index& the_index, const Source& the_source, Executor& the_executor,
        const FeederOptions& the_options)
      : store(the_store),
        index(the_index),
        source(the_source),
        executor(the_executor),
        options(the_options) {}

  store::Store& store;
  Index& index;
  const Source& source;
  Executor& executor;
  const FeederOptions options;
  std::atomic<bool> notified = false;  // a wake-up is on its way
  // The rest belongs to the executor's thread.
  bool running = false;
  bool stopped = false;
  std::move_only_function<void()> ended;      // what stop() was given
  std::move_only_function<void(bool)> go_on;  // ends the rest that is being taken
  bool until_news = false;                    // notify() may end it, too
  std::uint64_t rests = 0;
  std::int64_t dropped = 0;
  std::optional<Monotonic> dropped_at;
};

Feeder::Feeder(store::Store& store, Index& index, const Source& source, Executor& executor,
               const FeederOptions& options)
    : state_(std::make_shared<State>(store, index, source, executor, options)) {}

void Feeder::start() {
  state_->running = true;
  spawn(run(state_), [state = state_] {
    state->running = false;
    if (state->ended) state->ended();
  });
}

void Feeder::stop(std::move_only_function<void()> ended) {
  state_->stopped = true;
  if (!state_->running) return ended();
  state_->ended = std::move(ended);
  if (state_->go_on) std::exchange(state_->go_on, nullptr)(false);
}

void Feeder::notify() {
  if (state_->notified.exchange(true)) return;
  state_->executor.post([state = state_] { wake(state); });
}

void Feeder::wake(const std::shared_ptr<State>& state) {
  if (state->go_on && state->until_news) std::exchange(state->go_on, nullptr)(true);
}

// Rests for so long, or until stop().
Task<void> Feeder::rest(std::shared_ptr<State> state, Duration time, bool until_news) {
  Completion<bool> over([&state, time, until_news](Completion<bool>::Callback done) {
    state->go_on = std::move(done);
    state->until_news = until_news;
    state->executor.post_after(time, [state, number = ++state->rests] {
      if (state->go_on && number == state->rests) std::exchange(state->go_on, nullptr)(true);
    });
  });
  co_await over;
}

Task<void> Feeder::run(std::shared_ptr<State> state) {
  while (!state->stopped) {
    state->notified = false;
    const auto more = co_await step(state);
    if (state->stopped) co_return;
    if (more && *more) continue;
    if (!more) log::warn("the search index is behind: {}", more.error().code);
    // A pause in which changes gather, then until there are some.
    co_await rest(state, more ? state->options.pause : state->options.retry, false);
    if (state->stopped) co_return;
    if (!more || state->notified) continue;
    co_await rest(state, state->options.poll, true);
  }
}

Task<Result<bool>> Feeder::step() {
  return step(state_);
}

Task<Status> Feeder::rebuild() {
  CO_TRY(co_await state_->index.clear());
  for (;;) {
    CO_ASSIGN(const bool more, co_await step(state_));
    if (!more) co_return Status{};
  }
}

Task<Result<bool>> Feeder::step(std::shared_ptr<State> state) {
  const auto position = state->index.position();
  if (position.filling) co_return co_await fill(state, position);
  co_return co_await follow(state, position);
}

Task<Result<bool>> Feeder::fill(std::shared_ptr<State> state, Position position) {
  struct Scanned {
    std::vector<Document> documents;
    std::int64_t last = 0;
  };
  const auto scan = [&source = state->source, after = position.filled_up_to,
                     limit = state->options.fill_batch](store::Tx& tx) -> Result<Scanned> {
    Scanned out;
    HG_ASSIGN(out.documents, source.scan(tx, after, limit));
    HG_ASSIGN(out.last, tx.search_log().last());
    return out;
  };
  CO_ASSIGN(auto scanned, co_await state->store.read(scan));
  if (position.filled_up_to == Key{}) position.log = scanned.last;  // the log is followed from here on
  std::vector<Change> changes;
  if (scanned.documents.empty()) {
    position.filling = false;
  } else {
    position.filled_up_to = scanned.documents.back().key;
    for (auto& document : scanned.documents) changes.emplace_back(std::move(document));
  }
  CO_TRY(co_await state->index.apply(std::move(changes), position));
  co_return true;
}

Task<Result<bool>> Feeder::follow(std::shared_ptr<State> state, Position position) {
  struct Read {
    std::vector<Change> changes;
    std::optional<Peer> whole;  // the next entry is about all of this peer
    std::int64_t last = 0;
    std::int64_t dropped = 0;
    std::int64_t end = 0;  // of the log; before the index's place: the store was put back from a copy
    bool full = false;
  };
  const auto read = [&source = state->source, from = position.log,
                     limit = state->options.batch](store::Tx& tx) -> Result<Read> {
    Read out;
    out.last = from;
    HG_ASSIGN(out.dropped, tx.search_log().dropped());
    HG_ASSIGN(out.end, tx.search_log().last());
    HG_ASSIGN(const auto log, tx.search_log().after(from, limit));
    out.full = log.size() == limit;
    std::set<Key> seen;
    for (const auto& entry : log) {
      if (entry.kind == store::SearchChange::Kind::whole) {
        if (out.changes.empty()) {
          out.whole = entry.peer;
          out.last = entry.number;
        }
        out.full = true;  // go on at once
        break;
      }
      out.last = entry.number;
      const Key key{entry.peer, entry.message};
      if (!seen.insert(key).second) continue;
      HG_ASSIGN(auto document, source.load(tx, key));
      if (document) {
        out.changes.emplace_back(std::move(*document));
      } else if (key.is_peer()) {
        out.changes.emplace_back(RemovePeer{key.peer});
      } else {
        out.changes.emplace_back(Remove{key});
      }
    }
    return out;
  };
  CO_ASSIGN(auto found, co_await state->store.read(read));
  if (found.dropped > position.log || found.end < position.log) {
    log::warn("the search index does not fit the log: it is filled anew");
    CO_TRY(co_await state->index.clear());
    co_return true;
  }
  const bool more = found.full;
  if (found.last > position.log) {
    position.log = found.last;
    if (found.whole) {
      CO_TRY(co_await take_whole(state, *found.whole, position));
    } else {
      CO_TRY(co_await state->index.apply(std::move(found.changes), position));
    }
  }
  // What is indexed and durable need not be kept.
  const auto now = std::chrono::steady_clock::now();
  if (!more && position.log > state->dropped &&
      (!state->dropped_at || now - *state->dropped_at >= state->options.drop_every)) {
    const auto drop = [up_to = position.log](store::Tx& tx) { return tx.search_log().drop_up_to(up_to); };
    CO_TRY(co_await state->store.write(drop));
    state->dropped = position.log;
    state->dropped_at = now;
  }
  co_return more;
}

Task<Status> Feeder::take_whole(std::shared_ptr<State> state, Peer peer, Position position) {
  auto before = position;
  before.log -= 1;  // until all is there: after a crash it is done again
  std::vector<Change> changes;
  changes.emplace_back(RemovePeer{peer});
  // Keys of a peer lie together, the peer's own first: begin just before it.
  Key after{{peer.kind, peer.id - 1}, std::numeric_limits<std::int32_t>::max()};
  for (bool done = false; !done;) {
    const auto scan = [&source = state->source, after, limit = state->options.fill_batch](store::Tx& tx) {
      return source.scan(tx, after, limit);
    };
    CO_ASSIGN(auto documents, co_await state->store.read(scan));
    done = documents.size() < state->options.fill_batch;
    for (auto& document : documents) {
      if (document.key.peer != peer) {
        done = true;
        break;
      }
      after = document.key;
      changes.emplace_back(std::move(document));
    }
    CO_TRY(co_await state->index.apply(std::move(changes), done ? position : before));
    changes.clear();
  }
  co_return Status{};
}

}  // namespace heliograph::search
