// Uploads and media on one SQLite connection; see tables.h.
#pragma once

#include "store/media.h"
#include "store/sqlite/session.h"
#include "store/uploads.h"

namespace heliograph::store::sqlite {

class SqliteUploads final : public Uploads {
 public:
  explicit SqliteUploads(Session& session) : session_(session), db_(session.db) {}
  Result<std::optional<Upload>> find(UserId owner, std::int64_t file) override;
  Status put(const Upload& upload) override;
  Status put_part(UserId owner, std::int64_t file, const BlobPart& part) override;
  Result<std::optional<BlobPart>> find_part(UserId owner, std::int64_t file, std::int32_t number) override;
  Result<std::vector<BlobPart>> parts(UserId owner, std::int64_t file) override;
  Status erase_parts(UserId owner, std::int64_t file) override;
  Status erase(UserId owner, std::int64_t file) override;
  Result<UploadTotals> totals(UserId owner) override;
  Result<std::vector<UploadName>> stale(UnixSeconds touched_before, std::size_t limit) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteMedia final : public MediaTable {
 public:
  explicit SqliteMedia(Session& session) : session_(session), db_(session.db) {}
  Status insert(const Media& media, const std::vector<BlobName>& blobs) override;
  Result<std::optional<Media>> find(std::int64_t id) override;
  Result<std::vector<Media>> find_many(const std::vector<std::int64_t>& ids) override;
  Result<std::optional<Media>> find_document(UserId owner, const BlobName& file, std::int64_t size) override;
  Status erase(std::int64_t id) override;
  Status touch(std::int64_t id, UnixSeconds at) override;
  Result<std::vector<std::int64_t>> unattached(std::int64_t after, UnixSeconds touched_before,
                                               std::size_t limit) override;
  Result<ContentPage> contents(std::int64_t place, std::size_t limit) override;
  Result<bool> uses(const BlobName& blob) override;
  Status put_profile_photo(ProfilePhoto photo) override;
  Result<bool> erase_profile_photo(Peer peer, std::int64_t photo) override;
  Result<std::optional<ProfilePhoto>> find_profile_photo(Peer peer, std::int64_t photo) override;
  Result<std::vector<ProfilePhoto>> profile_photos(Peer peer, std::int64_t below, std::size_t offset,
                                                   std::size_t limit) override;
  Result<std::int64_t> count_profile_photos(Peer peer) override;
  Status erase_profile_photos(Peer peer) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
