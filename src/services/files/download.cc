#include "services/files/download.h"

#include <algorithm>

#include "crypto/hash.h"

namespace heliograph::services {

namespace {

constexpr std::int32_t hash_step = 128 * 1024;
constexpr std::string_view wrong_place = "LOCATION_INVALID";

Status check_range(std::int64_t offset, std::int32_t limit, bool precise) {
  const auto step = precise ? 1024 : 4096;
  if (limit <= 0 || limit > Downloads::window || limit % step != 0 ||
      (!precise && Downloads::window % limit != 0)) {
    return fail(Error::invalid("LIMIT_INVALID"));
  }
  if (offset < 0 || offset % step != 0) return fail(Error::invalid("OFFSET_INVALID"));
  // Not added up: an offset near the end of its range must not overflow.
  if (offset % Downloads::window + limit > Downloads::window) {
    return fail(Error::invalid("LIMIT_INVALID", "A piece may not cross a multiple of 1 MiB."));
  }
  return {};
}

}  // namespace

Task<Result<Downloads::Found>> Downloads::find(FilePlace place) {
  if (auto* of_document = std::get_if<DocumentPlace>(&place)) {
    CO_ASSIGN(const auto document, co_await library_.document(std::move(of_document->document), wrong_place));
    if (of_document->thumb.empty()) {
      co_return Found{document.file, document.size, document.mime_type, document.date};
    }
    const auto thumb = std::ranges::find(document.thumbs, of_document->thumb, &PictureSize::type);
    if (thumb == document.thumbs.end()) co_return fail(Error::invalid(wrong_place));
    co_return Found{thumb->file, thumb->size, "image/jpeg", document.date};
  }
  Photo photo;
  std::string type;
  if (auto* of_photo = std::get_if<PhotoPlace>(&place)) {
    CO_ASSIGN(photo, co_await library_.photo(std::move(of_photo->photo), wrong_place));
    type = of_photo->size;
  } else {
    // Whoever may name the peer may see its photo: no reference is needed.
    const auto& of_peer = std::get<PeerPhotoPlace>(place);
    CO_ASSIGN(const bool shown, co_await environment_.store.read([of_peer](store::Tx& tx) -> Result<bool> {
      HG_ASSIGN(const auto found, tx.media().find_profile_photo(of_peer.peer, of_peer.photo));
      return found.has_value();
    }));
    if (!shown) co_return fail(Error::invalid(wrong_place));
    std::vector<std::int64_t> ids{of_peer.photo};
    CO_ASSIGN(auto photos, co_await library_.photos(std::move(ids)));
    if (photos.empty()) co_return fail(Error::invalid(wrong_place));
    photo = std::move(photos.front());
    if (photo.sizes.empty()) co_return fail(Error::invalid(wrong_place));
    // A picture that was not made for it has other sizes: the nearest will do.
    constexpr std::int32_t small = 160;
    const auto near =
        std::ranges::find_if(photo.sizes, [](const auto& s) { return std::max(s.width, s.height) >= small; });
    type = of_peer.big || near == photo.sizes.end() ? photo.sizes.back().type : near->type;
  }
  const auto size = std::ranges::find(photo.sizes, type, &PictureSize::type);
  if (size == photo.sizes.end()) co_return fail(Error::invalid(wrong_place));
  co_return Found{size->file, size->size, "image/jpeg", photo.date};
}

Task<Result<FilePiece>> Downloads::piece(FilePlace place, std::int64_t offset, std::int32_t limit,
                                         bool precise) {
  CO_TRY(check_range(offset, limit, precise));
  CO_ASSIGN(auto found, co_await find(std::move(place)));
  FilePiece piece;
  piece.mime_type = std::move(found.mime_type);
  piece.date = found.date;
  const auto left = std::max<std::int64_t>(found.size - offset, 0);
  if (left == 0) co_return piece;
  const auto size = static_cast<std::size_t>(std::min<std::int64_t>(limit, left));
  CO_ASSIGN(piece.bytes, co_await blobs_.read(std::move(found.blob), offset, size));
  co_return piece;
}

Task<Result<std::vector<FileHash>>> Downloads::hashes(FilePlace place, std::int64_t offset) {
  if (offset < 0) co_return fail(Error::invalid("OFFSET_INVALID"));
  CO_ASSIGN(auto found, co_await find(std::move(place)));
  offset -= offset % hash_step;
  std::vector<FileHash> hashes;
  if (offset >= found.size) co_return hashes;
  const auto size = static_cast<std::size_t>(std::min<std::int64_t>(window, found.size - offset));
  CO_ASSIGN(const auto bytes, co_await blobs_.read(std::move(found.blob), offset, size));
  for (std::size_t at = 0; at < bytes.size(); at += hash_step) {
    const auto part = ByteView(bytes).subspan(at, std::min<std::size_t>(hash_step, bytes.size() - at));
    const auto digest = crypto::sha256(part);
    hashes.push_back({offset + static_cast<std::int64_t>(at), static_cast<std::int32_t>(part.size()),
                      Bytes(digest.begin(), digest.end())});
  }
  co_return hashes;
}

}  // namespace heliograph::services
