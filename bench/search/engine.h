// What is measured: an index that posts are put into and searched in.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "search/corpus.h"

namespace heliograph::bench {

class Engine {
 public:
  virtual ~Engine() = default;
  virtual std::string name() const = 0;
  // Durable as the engine is by default when used for this.
  virtual void add(const std::vector<GeneratedPost>& posts, std::int64_t first_id) = 0;
  // Called when all are in.
  virtual void finish() = 0;
  virtual std::uint64_t bytes_on_disk() = 0;

  // From now on queries and results pass a guard with so many terms; false: there is no such thing.
  virtual bool guard(std::size_t terms) {
    static_cast<void>(terms);
    return false;
  }

  // For one thread: how many of the first 20 answers there are.
  class Client {
   public:
    virtual ~Client() = default;
    virtual std::size_t search(const std::string& query, bool newest_first) = 0;
  };
  virtual std::unique_ptr<Client> connect() = 0;
};

std::unique_ptr<Engine> heliograph_engine(const std::string& folder);
std::unique_ptr<Engine> sqlite_engine(const std::string& folder);
// `connection` is libpq's; the database must be empty.
std::unique_ptr<Engine> postgres_engine(const std::string& connection);

std::uint64_t folder_bytes(const std::string& folder);

}  // namespace heliograph::bench
