// Searching in public posts, ours beside SQLite FTS5 and PostgreSQL on the same posts in the same run.
//
// Counted: posts indexed a second (batches of 5,000, each durable), bytes on disk a post (text included, as
// all three hold it), how long a batch of 100 takes to be durable and visible once all are in, and the time
// of a query for the first 20 answers, with two clients that ask at once, one kind of query after the other.
// "guarded" is ours again, with the search guard before each query and behind each list of results.
// "ranked" is the engine's own order (ours weighs recency, size, verification and age too), "newest" that of
// the posts.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <thread>

#include "search/engine.h"

namespace heliograph::bench {

namespace {

using Time = std::chrono::steady_clock;

double milliseconds_since(Time::time_point begin) {
  return std::chrono::duration<double, std::milli>(Time::now() - begin).count();
}

double at(std::vector<double>& sorted, double share) {
  return sorted.empty() ? 0
                        : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

struct Options {
  std::size_t posts = 200'000;
  std::size_t queries = 400;
  std::size_t terms = 100'000;  // that the guard has
  double seconds = 20;          // at most for one kind
  std::string folder = "build/bench-search";
  std::string postgres;
  std::string engines = "heliograph,sqlite,postgres";
};

void index_all(Engine& engine, Corpus& corpus, const Options& options) {
  corpus.restart();
  double spent = 0;
  std::int64_t id = 1;
  for (std::size_t done = 0; done < options.posts;) {
    std::vector<GeneratedPost> batch;
    for (; batch.size() < 5'000 && done < options.posts; ++done) batch.push_back(corpus.next());
    const auto begin = Time::now();
    engine.add(batch, id);
    spent += milliseconds_since(begin);
    id += static_cast<std::int64_t>(batch.size());
  }
  const auto begin = Time::now();
  engine.finish();
  spent += milliseconds_since(begin);
  std::printf("%-12s indexing %.0f posts/s, %.0f bytes a post\n", engine.name().c_str(),
              static_cast<double>(options.posts) / spent * 1'000,
              static_cast<double>(engine.bytes_on_disk()) / static_cast<double>(options.posts));

  std::vector<double> small;
  for (int i = 0; i < 50; ++i) {
    std::vector<GeneratedPost> batch;
    while (batch.size() < 100) batch.push_back(corpus.next());
    const auto start = Time::now();
    engine.add(batch, id);
    small.push_back(milliseconds_since(start));
    id += 100;
  }
  std::ranges::sort(small);
  std::printf("%-12s 100 posts durable and visible: p50 %.1f ms, p99 %.1f ms\n", engine.name().c_str(),
              at(small, 0.5), at(small, 0.99));
  std::fflush(stdout);
}

void ask(Engine& engine, const std::vector<std::string>& queries, const char* kind, bool newest_first,
         const Options& options) {
  std::mutex mutex;
  std::size_t next = 0;
  std::size_t answered = 0;
  std::vector<double> times;
  const auto begin = Time::now();
  const auto client = [&] {
    const auto connection = engine.connect();
    static_cast<void>(connection->search(queries[0], newest_first));
    for (;;) {
      std::unique_lock lock(mutex);
      if (next == queries.size() || milliseconds_since(begin) > options.seconds * 1'000) return;
      const auto& query = queries[next++];
      lock.unlock();
      const auto start = Time::now();
      const auto found = connection->search(query, newest_first);
      const auto took = milliseconds_since(start);
      lock.lock();
      times.push_back(took);
      answered += found > 0 ? 1 : 0;
    }
  };
  std::thread other(client);
  client();
  other.join();
  std::ranges::sort(times);
  std::printf("%-12s %-8s %-7s p50 %9.3f ms  p99 %9.3f ms  (%zu asked, %zu with answers)\n",
              engine.name().c_str(), kind, newest_first ? "newest" : "ranked", at(times, 0.5),
              at(times, 0.99), times.size(), answered);
  std::fflush(stdout);
}

void ask_all(Engine& engine, Corpus& corpus, const Options& options) {
  const std::pair<const char*, Corpus::Kind> kinds[] = {
      {"one", Corpus::Kind::one},   {"three", Corpus::Kind::three},   {"prefix", Corpus::Kind::prefix},
      {"rare", Corpus::Kind::rare}, {"absent", Corpus::Kind::absent}, {"common", Corpus::Kind::common}};
  for (const auto& [name, kind] : kinds) {
    const auto queries = corpus.queries(kind, options.queries);
    for (const bool newest_first : {false, true}) ask(engine, queries, name, newest_first, options);
  }
}

void measure(Engine& engine, Corpus& corpus, const Options& options) {
  index_all(engine, corpus, options);
  ask_all(engine, corpus, options);
  if (engine.guard(options.terms)) ask_all(engine, corpus, options);
}

int run(int argc, char** argv) {
  Options options;
  CLI::App app("Search: ours beside SQLite FTS5 and PostgreSQL");
  app.add_option("--posts", options.posts);
  app.add_option("--queries", options.queries, "of each kind");
  app.add_option("--seconds", options.seconds, "at most for one kind");
  app.add_option("--terms", options.terms, "of the search guard");
  app.add_option("--folder", options.folder, "emptied before and after");
  app.add_option("--postgres", options.postgres,
                 "connection to an empty database (bench/search/run.sh makes one)");
  app.add_option("--engines", options.engines);
  CLI11_PARSE(app, argc, argv);
  std::filesystem::remove_all(options.folder);
  Corpus corpus(20261125, options.posts);
  std::printf("%zu posts, seed 20261125\n", options.posts);
  const auto wanted = [&](const char* name) { return options.engines.find(name) != std::string::npos; };
  if (wanted("heliograph")) measure(*heliograph_engine(options.folder + "/heliograph"), corpus, options);
  if (wanted("sqlite")) measure(*sqlite_engine(options.folder + "/sqlite"), corpus, options);
  if (wanted("postgres") && !options.postgres.empty())
    measure(*postgres_engine(options.postgres), corpus, options);
  std::filesystem::remove_all(options.folder);
  return 0;
}

}  // namespace

}  // namespace heliograph::bench

int main(int argc, char** argv) {
  return heliograph::bench::run(argc, argv);
}
