// What is known of files' contents, by their SHA-256: what a picture looks like, what a model says of it.
// Made once, however often the same file is posted. Goes with the blob.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "store/blobs.h"

namespace heliograph::store {

struct MediaPrint {
  BlobName content;
  Bytes origin;                  // of a photo: the SHA-256 of the file that it was made of; empty: none
  std::int32_t pdq_quality = 0;  // 0 to 100
  Bytes pdq;                // PDQ, eight times 32 bytes (images/pdq.h); empty: it cannot be read as a picture
  std::string image_model;  // which model has looked at it; empty: none
  std::int32_t sexual = 0;  // what it says, in thousandths
  bool operator==(const MediaPrint&) const = default;
};

class MediaPrints {
 public:
  virtual ~MediaPrints() = default;
  // Replaces the one of the same content.
  virtual Status put(const MediaPrint& print) = 0;
  virtual Result<std::optional<MediaPrint>> find(const BlobName& content) = 0;
  // No error where there is none.
  virtual Status erase(const BlobName& content) = 0;
};

}  // namespace heliograph::store
