#include "app/search_service.h"

#include <future>
#include <mutex>

#include "app/data_dir.h"
#include "base/log.h"
#include "search/feeder.h"
#include "services/discovery/source.h"
#include "store/sqlite/open.h"

namespace heliograph::app {

struct SearchService::Impl {
  explicit Impl(store::Store& the_store, std::unique_ptr<search::Index> the_index)
      : store(the_store), index(std::move(the_index)) {}

  store::Store& store;
  const std::unique_ptr<search::Index> index;
  search::Guard guard;
  search::Searcher searcher{*index, guard};
  services::PublicSource source;
  net::Loop* loop = nullptr;
  std::mutex mutex;  // notify() comes from the store's thread, stop() from another
  std::unique_ptr<search::Feeder> feeder;
};

Result<std::unique_ptr<SearchService>> SearchService::open(const std::filesystem::path& data,
                                                           const Clock& clock, store::Store& store) {
  HG_ASSIGN(auto index, search::Index::open(data / "search", clock));
  if (index->position().filling) log::info("the search index is being filled");
  return std::unique_ptr<SearchService>(new SearchService(std::make_unique<Impl>(store, std::move(index))));
}

SearchService::SearchService(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SearchService::~SearchService() = default;

const search::Searcher& SearchService::searcher() const {
  return impl_->searcher;
}

search::Guard& SearchService::guard() {
  return impl_->guard;
}

void SearchService::start(net::Loop& loop) {
  impl_->loop = &loop;
  const std::lock_guard lock(impl_->mutex);
  impl_->feeder = std::make_unique<search::Feeder>(impl_->store, *impl_->index, impl_->source, loop);
  loop.post([impl = impl_.get()] {
    const std::lock_guard held(impl->mutex);
    if (impl->feeder) impl->feeder->start();
  });
}

void SearchService::stop() {
  if (impl_->loop == nullptr) return;
  std::promise<void> done;
  impl_->loop->post([this, &done] {
    if (!impl_->feeder) return done.set_value();
    impl_->feeder->stop([this, &done] {
      {
        const std::lock_guard lock(impl_->mutex);
        impl_->feeder.reset();
      }
      done.set_value();
    });
  });
  done.get_future().wait();
}

void SearchService::notify() {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->feeder) impl_->feeder->notify();
}

void SearchService::describe(Metrics& metrics) {
  const auto* index = impl_->index.get();
  metrics.gauge("heliograph_search_documents", "Public posts, channels and people in the search index.",
                [index] { return static_cast<double>(index->size()); });
  metrics.gauge("heliograph_search_position", "Up to which entry of the store's search log the index is.",
                [index] { return static_cast<double>(index->position().log); });
  metrics.gauge("heliograph_search_filling", "1: the index is being filled anew, and does not have all yet.",
                [index] { return index->position().filling ? 1.0 : 0.0; });
}

Result<std::int64_t> rebuild_search(const std::filesystem::path& data) {
  HG_TRY(check_data_there(data));
  HG_ASSIGN(const auto held, DataDir::open(data));
  store::sqlite::Options options;
  options.directory = data;
  HG_ASSIGN(const auto store, store::sqlite::open(options));
  const SystemClock clock;
  search::IndexOptions fast;
  fast.sync = false;  // what a crash spoils is made again
  HG_ASSIGN(const auto index, search::Index::open(data / "search", clock, fast));
  const services::PublicSource source;
  net::Loop loop("search");
  std::promise<Status> done;
  std::unique_ptr<search::Feeder> feeder;
  loop.post([&] {
    feeder = std::make_unique<search::Feeder>(*store, *index, source, loop);
    spawn(feeder->rebuild(), [&](Status status) {
      feeder.reset();
      done.set_value(std::move(status));
    });
  });
  loop.start();
  auto status = done.get_future().get();
  loop.stop();
  loop.join();
  HG_TRY(status);
  return index->size();
}

}  // namespace heliograph::app
