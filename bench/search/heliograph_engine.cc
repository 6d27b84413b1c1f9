#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "base/executor.h"
#include "search/engine.h"
#include "search/searcher.h"

#include "many_terms.h"

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
  HeliographClient(Index& index, const Guard& guard) : searcher_(index, guard) {}
  std::size_t search(const std::string& text, bool newest_first) override {
    Query query;
    query.text = text;
    query.order = newest_first ? Order::newest : Order::relevance;
    return wait(executor_, searcher_.search(std::move(query)))->hits().size();
  }

 private:
  ManualExecutor executor_;
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
  std::string name() const override { return guard_.terms() ? "guarded" : "Heliograph"; }
  void add(const std::vector<GeneratedPost>& posts, std::int64_t first_id) override {
    std::vector<Change> changes;
    changes.reserve(posts.size());
    for (const auto& post : posts) {
      changes.emplace_back(Put{{{PeerKind::channel, post.channel}, post.number},
                               Post{.text = post.text,
                                    .date = post.date,
                                    .sender = {},
                                    .traits = 0,
                                    .standing = {.members = post.members,
                                                 .verified = false,
                                                 .since = Corpus::last_date - post.channel_age}}});
    }
    Position position;
    position.log = first_id;
    wait(executor_, index_->apply(std::move(changes), position));
  }
  void finish() override {}
  bool guard(std::size_t count) override {
    std::mt19937 random(1);
    std::vector<terms::TermList> lists;
    lists.push_back(many_terms(count, random));
    const auto set = terms::TermSet::build(std::move(lists), 0);
    if (!set) std::exit(1);
    guard_.swap(terms::QueryGuard::build(*set, "", 0));
    return true;
  }
  std::uint64_t bytes_on_disk() override { return folder_bytes(folder_); }
  std::unique_ptr<Client> connect() override { return std::make_unique<HeliographClient>(*index_, guard_); }

 private:
  const std::string folder_;
  ManualClock clock_;
  ManualExecutor executor_;
  std::unique_ptr<Index> index_;
  Guard guard_;
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
