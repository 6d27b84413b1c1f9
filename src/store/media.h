// Photos and documents, what they are made of, and whose picture they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/peer.h"
#include "base/result.h"
#include "store/blobs.h"

namespace heliograph::store {

// Part of the stored format.
enum class MediaKind : std::uint8_t { photo = 1, document = 2 };

struct Media {
  std::int64_t id = 0;
  MediaKind kind = MediaKind::photo;
  UserId owner;  // who sent it in
  UnixSeconds created_at = 0;
  UnixSeconds touched_at = 0;  // when it was last put somewhere; insert() takes created_at
  // The file itself; of a photo the largest size.
  BlobName file;
  std::int64_t size = 0;
  std::string mime_type;
  Bytes body;  // everything else, encoded by services/files (sizes, thumbnails, attributes)
};

// A picture that stands for somebody, as core.telegram.org/api/files#downloading-chat-photos has it.
struct ProfilePhoto {
  Peer peer;
  std::int64_t photo = 0;
  std::int64_t number = 0;  // the highest of a peer's is the one shown; 0 on put: one higher than all others
};

class MediaTable {
 public:
  virtual ~MediaTable() = default;

  // `blobs`: every blob that it needs, with `media.file`. They are not erased while the row is there.
  // An id that is taken: invalid STORE_CONFLICT.
  virtual Status insert(const Media& media, const std::vector<BlobName>& blobs) = 0;
  virtual Result<std::optional<Media>> find(std::int64_t id) = 0;
  // In the order asked for; those that do not exist are left out.
  virtual Result<std::vector<Media>> find_many(const std::vector<std::int64_t>& ids) = 0;
  // The newest document of `owner` with these bytes.
  virtual Result<std::optional<Media>> find_document(UserId owner, const BlobName& file,
                                                     std::int64_t size) = 0;
  virtual Status erase(std::int64_t id) = 0;
  // It is put into a message, or anywhere else. No error where it does not exist.
  virtual Status touch(std::int64_t id, UnixSeconds at) = 0;

  // For finding what is nowhere any more: media that no peer is shown with, that are in no set of
  // stickers and belong to no report, last touched before then, by id, after `after`; at most `limit`.
  virtual Result<std::vector<std::int64_t>> unattached(std::int64_t after, UnixSeconds touched_before,
                                                       std::size_t limit) = 0;
  // What messages that may hold media hold (store::Message::content), all of them in some order, scheduled
  // ones too. `place`: 0 at first, then what the page before says; 0 when there is no more.
  struct ContentPage {
    std::vector<Bytes> contents;
    std::int64_t next = 0;
  };
  virtual Result<ContentPage> contents(std::int64_t place, std::size_t limit) = 0;

  // Whether anything needs the blob.
  virtual Result<bool> uses(const BlobName& blob) = 0;

  // Replaces the one of the same peer and photo.
  virtual Status put_profile_photo(ProfilePhoto photo) = 0;
  virtual Result<bool> erase_profile_photo(Peer peer, std::int64_t photo) = 0;  // whether it was there
  virtual Result<std::optional<ProfilePhoto>> find_profile_photo(Peer peer, std::int64_t photo) = 0;
  // Newest first. `below`: when not 0, only those with a lower number.
  virtual Result<std::vector<ProfilePhoto>> profile_photos(Peer peer, std::int64_t below, std::size_t offset,
                                                           std::size_t limit) = 0;
  virtual Result<std::int64_t> count_profile_photos(Peer peer) = 0;
  virtual Status erase_profile_photos(Peer peer) = 0;
};

}  // namespace heliograph::store
