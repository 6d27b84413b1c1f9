#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "base/executor.h"
#include "search/engine.h"
#include "search/searcher.h"

namespace heliograph::bench {

namespace {

using namespace heliograph::search;

template <typename T>
T wait(ManualExecutor& executor, Task<T> task) {
  std::optional<T> result;
  executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
  executor.run_until([&] { return result.has_value(); }, std::chrono::minutes(10));
  if (!result || !*result) {
    std::fprintf(stderr, "heliograph: %s\n",
                 result ? std::string(result->error().code).c_str() : "no answer");
    std::exit(1);
  }
  return std::move(*result);
}

class HeliographClient final : public Engine::Client {
 public:
  explicit HeliographClient(Index& index) : searcher_(index, guard_) {}
  std::size_t search(const std::string& text, bool newest_first) override {
    Query query;
    query.text = text;
    query.order = newest_first ? Order::newest : Order::relevance;
    return wait(executor_, searcher_.search(std::move(query)))->hits().size();
  }

 private:
  ManualExecutor executor_;
  Guard guard_;
  Searcher searcher_;
};

class HeliographEngine final : public Engine {
 public:
  explicit HeliographEngine(const std::string& folder) : folder_(folder), clock_(Corpus::last_date) {
    IndexOptions options;
    options.time_limit = std::chrono::seconds(30);  // to see how long it takes, not how it is cut short
    auto opened = Index::open(folder, clock_, options);
    if (!opened) std::exit(1);
    index_ = std::move(*opened);
  }
  std::string name() const override { return "Heliograph"; }
  void add(const std::vector<GeneratedPost>& posts, std::int64_t first_id) override {
    std::vector<Change> changes;
    changes.reserve(posts.size());
    for (const auto& post : posts) {
      changes.emplace_back(Put{{{PeerKind::channel, post.channel}, post.number},
                               Post{.text = post.text,
                                    .date = post.date,
                                    .sender = {},
                                    .traits = 0,
                                    .standing = {.members = post.members, .verified = false}}});
    }
    Position position;
    position.log = first_id;
    wait(executor_, index_->apply(std::move(changes), position));
  }
  void finish() override {}
  std::uint64_t bytes_on_disk() override { return folder_bytes(folder_); }
  std::unique_ptr<Client> connect() override { return std::make_unique<HeliographClient>(*index_); }

 private:
  const std::string folder_;
  ManualClock clock_;
  ManualExecutor executor_;
  std::unique_ptr<Index> index_;
};

}  // namespace

std::unique_ptr<Engine> heliograph_engine(const std::string& folder) {
  return std::make_unique<HeliographEngine>(folder);
}

std::uint64_t folder_bytes(const std::string& folder) {
  std::uint64_t sum = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) sum += entry.file_size();
  }
  return sum;
}

}  // namespace heliograph::bench
