#include "search/index.h"

#include <atomic>
#include <mutex>
#include <thread>

#include "base/bounded_queue.h"
#include "search/xapian/reader.h"
#include "search/xapian/writer.h"

namespace heliograph::search {

namespace {

constexpr std::size_t group_max = 64;  // apply()s that share a commit

struct WriteJob {
  std::vector<Change> changes;
  Position position;
  bool clear = false;
  Completion<Status>::Callback done;
};

struct SearchJob {
  GuardedQuery query;
  Completion<Result<RawPage>>::Callback done;
};

Error overloaded() {
  return Error::unavailable("SEARCH_OVERLOADED", "Too many searches are waiting; try again.");
}

}  // namespace

struct Index::Impl {
  Impl(const std::filesystem::path& where, const Clock& the_clock, const IndexOptions& the_options)
      : folder(where),
        clock(the_clock),
        options(the_options),
        writes(options.writes),
        searches(options.queue) {}
  ~Impl() {
    searches.close();
    writes.close();
    for (auto& thread : threads) thread.join();
  }

  void start() {
    threads.emplace_back([this] { write(); });
    for (int i = 0; i < std::max(options.threads, 1); ++i) {
      auto reader = std::make_unique<Reader>(folder, shared, clock, options.time_limit);
      threads.emplace_back([this, reader = std::move(reader)] { read(*reader); });
    }
  }

  void read(Reader& reader) {
    std::vector<SearchJob> taken;
    while (searches.take(taken, 1)) {
      taken[0].done(reader.search(taken[0].query));
      taken.clear();
    }
  }

  void write() {
    std::vector<WriteJob> taken;
    while (writes.take(taken, group_max)) {
      Status status;
      for (auto& job : taken) {
        status = job.clear ? writer->clear() : writer->change(job.changes, job.position);
        if (!status) break;
      }
      if (status) status = writer->commit();
      tell_state();
      for (auto& job : taken) job.done(status);
      taken.clear();
    }
  }

  void tell_state() {
    std::lock_guard lock(mutex);
    position = writer->position();
    size = writer->size();
  }

  const std::filesystem::path folder;
  const Clock& clock;
  const IndexOptions options;
  Shared shared;
  std::unique_ptr<Writer> writer;
  std::mutex mutex;
  Position position;
  std::int64_t size = 0;
  BoundedQueue<WriteJob> writes;
  BoundedQueue<SearchJob> searches;
  std::vector<std::thread> threads;  // last: they use the rest
};

Index::Index(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Index::~Index() = default;

Result<std::unique_ptr<Index>> Index::open(const std::filesystem::path& folder, const Clock& clock,
                                           const IndexOptions& options) {
  auto impl = std::make_unique<Impl>(folder, clock, options);
  HG_ASSIGN(impl->writer, Writer::open(folder, impl->shared, options.sync));
  impl->tell_state();
  try {
    impl->start();
  } catch (const Xapian::Error&) {
    return fail(Error::internal("SEARCH_FAILED"));
  }
  return std::unique_ptr<Index>(new Index(std::move(impl)));
}

Position Index::position() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->position;
}

std::int64_t Index::size() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->size;
}

Task<Status> Index::apply(std::vector<Change> changes, Position position) {
  Completion<Status> completion([&](Completion<Status>::Callback done) {
    WriteJob job{std::move(changes), position, false, std::move(done)};
    if (!impl_->writes.push(job)) job.done(fail(overloaded()));
  });
  co_return co_await completion;
}

Task<Status> Index::clear() {
  Completion<Status> completion([&](Completion<Status>::Callback done) {
    WriteJob job{{}, {}, true, std::move(done)};
    if (!impl_->writes.push(job)) job.done(fail(overloaded()));
  });
  co_return co_await completion;
}

Task<Result<RawPage>> Index::search(GuardedQuery query) {
  Completion<Result<RawPage>> completion([&](Completion<Result<RawPage>>::Callback done) {
    SearchJob job{std::move(query), std::move(done)};
    if (!impl_->searches.push(job)) job.done(fail(overloaded()));
  });
  co_return co_await completion;
}

}  // namespace heliograph::search
