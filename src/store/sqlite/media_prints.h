// What files' contents look like, on one SQLite connection.
#pragma once

#include "store/media_prints.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteMediaPrints final : public MediaPrints {
 public:
  explicit SqliteMediaPrints(Session& session) : session_(session), db_(session.db) {}
  Status put(const MediaPrint& print) override;
  Result<std::optional<MediaPrint>> find(const BlobName& content) override;
  Status erase(const BlobName& content) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
