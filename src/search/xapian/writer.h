// The one that changes the index. Not thread-safe: used by one thread.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <memory>
#include <vector>

#include "search/index.h"
#include "search/xapian/blocks.h"
#include "search/xapian/reader.h"
#include "search/xapian/stems.h"

namespace heliograph::search {

class Writer {
 public:
  // unavailable SEARCH_LOCKED; internal SEARCH_FAILED.
  static Result<std::unique_ptr<Writer>> open(const std::filesystem::path& folder, Shared& shared, bool sync);

  // As of the last commit.
  const Position& position() const { return position_; }
  std::int64_t size() const { return size_; }

  // Takes effect with commit().
  Status change(const std::vector<Change>& changes, const Position& position);
  Status clear();
  // When this or the above fails, nothing since the last commit has happened.
  Status commit();

 private:
  Writer(std::filesystem::path folder, Shared& shared, int flags);
  void load();
  void begin();
  void put(const Document& document);
  void remove_everything();
  // Runs `work`; what it throws becomes an error, and the database is opened anew.
  template <typename F>
  Status guarded(F work);

  const std::filesystem::path folder_;
  Shared& shared_;
  const int flags_;
  Xapian::WritableDatabase db_;
  Stems stems_;
  bool begun_ = false;  // a transaction
  Blocks blocks_;
  std::vector<std::size_t> blocks_changed_;
  Xapian::docid next_ = first_docid;  // the number of the next document
  Position next_position_;
  Position position_;
  std::int64_t size_ = 0;
};

}  // namespace heliograph::search
