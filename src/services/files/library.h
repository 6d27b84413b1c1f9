// The photos and documents that are stored: found by id, entered, and shown to those who can name them.
#pragma once

#include <vector>

#include "services/files/media.h"
#include "services/files/reference.h"
#include "store/media_prints.h"

namespace heliograph::services {

// How a request names a photo or document.
struct MediaName {
  std::int64_t id = 0;
  std::int64_t access_hash = 0;
  Bytes reference;
};

class Library {
 public:
  Library(Environment& environment, const FileReferences& references)
      : environment_(environment), references_(references) {}

  // Writes it down under a new id, which it gives back. Every blob that it needs has been put before.
  // `print`: what was seen of it on the way, if anything.
  Task<Result<std::int64_t>> enter(Photo photo, std::optional<store::MediaPrint> print);
  Task<Result<std::int64_t>> enter(Document document, std::optional<store::MediaPrint> print);

  // For what the server itself has found named (in a message, as a profile photo). Those that do not exist
  // are left out.
  Task<Result<std::vector<Photo>>> photos(std::vector<std::int64_t> ids);
  Task<Result<std::vector<Document>>> documents(std::vector<std::int64_t> ids);

  // For what a client names. `wrong` is the error where there is no such object or the access hash is not
  // its: PHOTO_ID_INVALID, DOCUMENT_INVALID, LOCATION_INVALID. invalid FILE_REFERENCE_*.
  Task<Result<Photo>> photo(MediaName name, std::string_view wrong);
  Task<Result<Document>> document(MediaName name, std::string_view wrong);

  // The caller's own document with these bytes, if there is one (messages.getDocumentByHash). Others' are not
  // searched: that would tell anybody who has which file.
  Task<Result<std::optional<Document>>> own_document(UserId owner, Bytes sha256, std::int64_t size,
                                                     std::string mime_type);

  std::int64_t access_hash(std::int64_t media) const { return media_access_hash(environment_, media); }
  Bytes reference(std::int64_t media) const { return references_.make(media); }
  std::int64_t sticker_set_hash(std::int64_t set) const { return sticker_set_access_hash(environment_, set); }
  // Where clients are told to look for it.
  std::int32_t dc_id() const { return environment_.dc_id; }

 private:
  Task<Result<std::int64_t>> enter_row(store::Media row, std::vector<store::BlobName> blobs,
                                       std::optional<store::MediaPrint> print);
  Task<Result<store::Media>> named(MediaName name, store::MediaKind kind, std::string_view wrong);
  Task<Result<std::vector<store::Media>>> rows(std::vector<std::int64_t> ids, store::MediaKind kind);

  Environment& environment_;
  const FileReferences& references_;
};

}  // namespace heliograph::services
