#include "store/sqlite/media_prints.h"

namespace heliograph::store::sqlite {

Status SqliteMediaPrints::put(const MediaPrint& print) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO media_prints (content, origin, pdq_quality, pdq, image_model, sexual) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      print.content.sha256, print.origin, print.pdq_quality, print.pdq, print.image_model, print.sexual);
}

Result<std::optional<MediaPrint>> SqliteMediaPrints::find(const BlobName& content) {
  return db_.one(
      "SELECT content, origin, pdq_quality, pdq, image_model, sexual FROM media_prints WHERE content = ?",
      [](Row& row) {
        MediaPrint print;
        row.read(print.content.sha256, print.origin, print.pdq_quality, print.pdq, print.image_model,
                 print.sexual);
        return print;
      },
      content.sha256);
}

Status SqliteMediaPrints::erase(const BlobName& content) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM media_prints WHERE content = ?", content.sha256);
}

}  // namespace heliograph::store::sqlite
