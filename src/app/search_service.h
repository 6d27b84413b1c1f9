// The search index of one server: opened beside the store, kept up with it, asked by the services.
#pragma once

#include <filesystem>
#include <memory>

#include "app/metrics.h"
#include "base/clock.h"
#include "net/loop.h"
#include "search/searcher.h"
#include "store/store.h"

namespace heliograph::app {

class SearchService {
 public:
  // In the folder DATA/search. Errors: those of search::Index::open().
  static Result<std::unique_ptr<SearchService>> open(const std::filesystem::path& data, const Clock& clock,
                                                     store::Store& store);
  // After the loops have been joined.
  ~SearchService();

  const search::Searcher& searcher() const;
  // Lets everything through until it is given terms.
  search::Guard& guard();
  // Follows the store's search log on this loop.
  void start(net::Loop& loop);
  // On a thread that is no loop's, while the loop still runs.
  void stop();
  // Something public may have changed. Thread-safe.
  void notify();
  void describe(Metrics& metrics);

 private:
  struct Impl;
  explicit SearchService(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// `heliograph search rebuild`: makes the index anew; no server may be running on the folder. Says how many
// documents it has. Errors: DATA_DIR_IN_USE, those of store and index.
Result<std::int64_t> rebuild_search(const std::filesystem::path& data);

}  // namespace heliograph::app
