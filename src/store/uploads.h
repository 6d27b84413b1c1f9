// Files on their way in: which parts of them have come. The parts' bytes are with the blobs (store/blobs.h).
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/blobs.h"

namespace heliograph::store {

struct Upload {
  UserId owner;
  std::int64_t file = 0;         // chosen by the client
  std::int32_t total_parts = 0;  // 0: not said yet
  std::int32_t part_size = 0;    // of all parts but the last; 0: not known yet
  std::int32_t last_part = -1;   // the part known to be the last, from its size; -1: not known yet
  std::int64_t bytes = 0;        // of its parts, together; 0 once joined
  UnixSeconds touched_at = 0;
  // Once joined: what it became. The parts are gone then.
  Bytes sha256;
  std::int64_t size = 0;
  Bytes md5;
  Bytes head;  // its first bytes
};

// What an account has sent and not used yet; files that were joined do not count.
struct UploadTotals {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
};

class Uploads {
 public:
  virtual ~Uploads() = default;

  virtual Result<std::optional<Upload>> find(UserId owner, std::int64_t file) = 0;
  virtual Status put(const Upload& upload) = 0;  // insert or replace; its parts stay
  // Insert or replace.
  virtual Status put_part(UserId owner, std::int64_t file, const BlobPart& part) = 0;
  virtual Result<std::optional<BlobPart>> find_part(UserId owner, std::int64_t file, std::int32_t number) = 0;
  virtual Result<std::vector<BlobPart>> parts(UserId owner, std::int64_t file) = 0;  // by number, ascending
  virtual Status erase_parts(UserId owner, std::int64_t file) = 0;
  // With its parts.
  virtual Status erase(UserId owner, std::int64_t file) = 0;
  virtual Result<UploadTotals> totals(UserId owner) = 0;
  // Not touched since then; at most `limit`.
  virtual Result<std::vector<UploadName>> stale(UnixSeconds touched_before, std::size_t limit) = 0;
};

}  // namespace heliograph::store
