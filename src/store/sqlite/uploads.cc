#include "store/sqlite/media_tables.h"

namespace heliograph::store::sqlite {

Result<std::optional<Upload>> SqliteUploads::find(UserId owner, std::int64_t file) {
  return db_.one(
      "SELECT owner, file, total_parts, part_size, last_part, bytes, touched_at, sha256, size, md5, head "
      "FROM uploads WHERE owner = ? AND file = ?",
      [](Row& row) {
        Upload upload;
        row.read(upload.owner, upload.file, upload.total_parts, upload.part_size, upload.last_part,
                 upload.bytes, upload.touched_at, upload.sha256, upload.size, upload.md5, upload.head);
        return upload;
      },
      owner, file);
}

Status SqliteUploads::put(const Upload& upload) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO uploads (owner, file, total_parts, part_size, last_part, bytes, touched_at, "
      "sha256, size, md5, head) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      upload.owner, upload.file, upload.total_parts, upload.part_size, upload.last_part, upload.bytes,
      upload.touched_at, upload.sha256, upload.size, upload.md5, upload.head);
}

Status SqliteUploads::put_part(UserId owner, std::int64_t file, const BlobPart& part) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO upload_parts (owner, file, number, size, crc) VALUES (?, ?, ?, ?, ?)", owner,
      file, part.number, part.size, part.crc);
}

namespace {
BlobPart read_part(Row& row) {
  BlobPart part;
  row.read(part.number, part.size, part.crc);
  return part;
}
}  // namespace

Result<std::optional<BlobPart>> SqliteUploads::find_part(UserId owner, std::int64_t file,
                                                         std::int32_t number) {
  return db_.one("SELECT number, size, crc FROM upload_parts WHERE owner = ? AND file = ? AND number = ?",
                 read_part, owner, file, number);
}

Result<std::vector<BlobPart>> SqliteUploads::parts(UserId owner, std::int64_t file) {
  return db_.all("SELECT number, size, crc FROM upload_parts WHERE owner = ? AND file = ? ORDER BY number",
                 read_part, owner, file);
}

Status SqliteUploads::erase_parts(UserId owner, std::int64_t file) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM upload_parts WHERE owner = ? AND file = ?", owner, file);
}

Status SqliteUploads::erase(UserId owner, std::int64_t file) {
  HG_TRY(erase_parts(owner, file));
  return db_.run("DELETE FROM uploads WHERE owner = ? AND file = ?", owner, file);
}

Result<UploadTotals> SqliteUploads::totals(UserId owner) {
  HG_ASSIGN(const auto totals,
            db_.one(
                "SELECT count(*), coalesce(sum(bytes), 0) FROM uploads WHERE owner = ? AND sha256 = x''",
                [](Row& row) {
                  UploadTotals found;
                  row.read(found.files, found.bytes);
                  return found;
                },
                owner));
  return totals.value_or(UploadTotals());
}

Result<std::vector<UploadName>> SqliteUploads::stale(UnixSeconds touched_before, std::size_t limit) {
  return db_.all(
      "SELECT owner, file FROM uploads WHERE touched_at < ? ORDER BY touched_at LIMIT ?",
      [](Row& row) {
        UploadName name;
        row.read(name.owner, name.file);
        return name;
      },
      touched_before, limit);
}

}  // namespace heliograph::store::sqlite
