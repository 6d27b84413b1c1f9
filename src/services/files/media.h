// Photos and documents as services hand them around. What of them is stored is in store/media.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/codec.h"
#include "store/media.h"

namespace heliograph::services {

// One of the sizes of a photo, or a thumbnail of a document; a JPEG.
struct PictureSize {
  std::string type;  // core.telegram.org/api/files#image-thumbnail-types
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::int64_t size = 0;
  store::BlobName file;
  void fields(auto& codec) { codec(type, width, height, size, file); }
  bool operator==(const PictureSize&) const = default;
};

struct Photo {
  std::int64_t id = 0;
  UserId owner;
  UnixSeconds date = 0;
  std::vector<PictureSize> sizes;  // smallest first
  Bytes stripped;                  // empty: none
  bool has_stickers = false;

  void fields(auto& codec) { codec(id, owner, date, sizes, stripped, has_stickers); }
  bool operator==(const Photo&) const = default;
};

// Part of the stored format.
enum class AttributeKind : std::uint8_t {
  file_name = 1,
  image_size = 2,
  animated = 3,
  video = 4,
  audio = 5,
  sticker = 6,
  has_stickers = 7,
  custom_emoji = 8,
};

// One attribute of a document; which fields count depends on the kind.
struct DocumentAttribute {
  AttributeKind kind = AttributeKind::file_name;
  std::string text;   // file_name: the name; audio: the title; sticker: its emoji
  std::string text2;  // audio: the performer
  std::int32_t width = 0, height = 0;
  std::int64_t duration_ms = 0;
  bool voice = false;               // audio
  bool round = false;               // video
  bool streaming = false;           // video
  bool no_sound = false;            // video
  bool mask = false;                // sticker
  Bytes waveform;                   // audio
  std::int64_t sticker_set = 0;     // sticker; 0: of no set
  std::int32_t preload_bytes = -1;  // video; -1: not said
  std::int64_t start_ms = -1;       // video; -1: not said
  void fields(auto& codec) {
    codec(kind, text, text2, width, height, duration_ms, voice, round, streaming, no_sound, mask, waveform,
          sticker_set, preload_bytes, start_ms);
  }
  bool operator==(const DocumentAttribute&) const = default;
};

struct Document {
  std::int64_t id = 0;
  UserId owner;
  UnixSeconds date = 0;
  std::string mime_type;
  std::int64_t size = 0;
  store::BlobName file;
  std::vector<DocumentAttribute> attributes;
  std::vector<PictureSize> thumbs;
  Bytes stripped;

  const DocumentAttribute* find(AttributeKind kind) const;
  void fields(auto& codec) { codec(id, owner, date, mime_type, size, file, attributes, thumbs, stripped); }
  bool operator==(const Document&) const = default;
};

// What everybody who sees a peer is told of its photo.
struct PeerPhoto {
  std::int64_t photo = 0;
  Bytes stripped;
  void fields(auto& codec) { codec(photo, stripped); }
  bool operator==(const PeerPhoto&) const = default;
};
// None where `stored` (store::Account::photo) is empty.
std::optional<PeerPhoto> peer_photo_from(ByteView stored);

// internal CODEC_CORRUPT; STORE_CONFLICT where the row is of the other kind.
Result<Photo> photo_from(const store::Media& row);
Result<Document> document_from(const store::Media& row);
store::Media row_of(const Photo& photo);
store::Media row_of(const Document& document);
// Every blob that it needs.
std::vector<store::BlobName> blobs_of(const Photo& photo);
std::vector<store::BlobName> blobs_of(const Document& document);

}  // namespace heliograph::services
