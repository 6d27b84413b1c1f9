#include "services/files/library.h"

#include <algorithm>

namespace heliograph::services {

Task<Result<std::int64_t>> Library::enter_row(store::Media row, std::vector<store::BlobName> blobs,
                                              std::optional<store::MediaPrint> print) {
  for (int attempt = 0;; ++attempt) {
    row.id = static_cast<std::int64_t>(environment_.random.below(std::uint64_t{1} << 62)) + 1;
    auto insert = [row, blobs, print](store::Tx& tx) -> Status {
      HG_TRY(tx.media().insert(row, blobs));
      if (!print) return {};
      // What a model has said of the same content stays.
      HG_ASSIGN(const auto known, tx.media_prints().find(print->content));
      return known ? Status() : tx.media_prints().put(*print);
    };
    const auto done = co_await environment_.store.write(std::move(insert));
    if (done) co_return row.id;
    if (done.error().code != "STORE_CONFLICT" || attempt == 3) co_return fail(done.error());
  }
}

Task<Result<std::int64_t>> Library::enter(Photo photo, std::optional<store::MediaPrint> print) {
  auto row = row_of(photo);
  auto blobs = blobs_of(photo);
  co_return co_await enter_row(std::move(row), std::move(blobs), std::move(print));
}

Task<Result<std::int64_t>> Library::enter(Document document, std::optional<store::MediaPrint> print) {
  auto row = row_of(document);
  auto blobs = blobs_of(document);
  co_return co_await enter_row(std::move(row), std::move(blobs), std::move(print));
}

Task<Result<std::vector<store::Media>>> Library::rows(std::vector<std::int64_t> ids, store::MediaKind kind) {
  if (ids.empty()) co_return std::vector<store::Media>{};
  auto find = [ids = std::move(ids)](store::Tx& tx) { return tx.media().find_many(ids); };
  CO_ASSIGN(auto found, co_await environment_.store.read(std::move(find)));
  std::erase_if(found, [kind](const store::Media& row) { return row.kind != kind; });
  co_return found;
}

Task<Result<std::vector<Photo>>> Library::photos(std::vector<std::int64_t> ids) {
  CO_ASSIGN(const auto found, co_await rows(std::move(ids), store::MediaKind::photo));
  std::vector<Photo> photos;
  for (const auto& row : found) {
    CO_ASSIGN(auto photo, photo_from(row));
    photos.push_back(std::move(photo));
  }
  co_return photos;
}

Task<Result<std::vector<Document>>> Library::documents(std::vector<std::int64_t> ids) {
  CO_ASSIGN(const auto found, co_await rows(std::move(ids), store::MediaKind::document));
  std::vector<Document> documents;
  for (const auto& row : found) {
    CO_ASSIGN(auto document, document_from(row));
    documents.push_back(std::move(document));
  }
  co_return documents;
}

Task<Result<store::Media>> Library::named(MediaName name, store::MediaKind kind, std::string_view wrong) {
  if (name.id <= 0 || name.access_hash != access_hash(name.id)) co_return fail(Error::invalid(wrong));
  CO_TRY(references_.check(name.id, name.reference));
  const auto id = name.id;
  CO_ASSIGN(auto row, co_await environment_.store.read([id](store::Tx& tx) { return tx.media().find(id); }));
  if (!row || row->kind != kind) co_return fail(Error::invalid(wrong));
  co_return std::move(*row);
}

Task<Result<Photo>> Library::photo(MediaName name, std::string_view wrong) {
  CO_ASSIGN(const auto row, co_await named(std::move(name), store::MediaKind::photo, wrong));
  co_return photo_from(row);
}

Task<Result<Document>> Library::document(MediaName name, std::string_view wrong) {
  CO_ASSIGN(const auto row, co_await named(std::move(name), store::MediaKind::document, wrong));
  co_return document_from(row);
}

Task<Result<std::optional<Document>>> Library::own_document(UserId owner, Bytes sha256, std::int64_t size,
                                                            std::string mime_type) {
  if (sha256.size() != 32) co_return fail(Error::invalid("SHA256_HASH_INVALID"));
  store::BlobName blob;
  blob.sha256 = std::move(sha256);
  auto find = [=](store::Tx& tx) { return tx.media().find_document(owner, blob, size); };
  CO_ASSIGN(const auto row, co_await environment_.store.read(std::move(find)));
  if (!row || row->mime_type != mime_type) co_return std::nullopt;
  CO_ASSIGN(auto document, document_from(*row));
  co_return std::optional(std::move(document));
}

}  // namespace heliograph::services
