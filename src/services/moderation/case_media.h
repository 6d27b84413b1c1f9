// Pictures of what a case is about: those kept with its reports, and those of the public message itself. What
// anybody is shown is made new in the sandbox (images/worker.h), so that nothing but pixels arrives; a video
// is shown by its still, and sound never.
#pragma once

#include <string>
#include <vector>

#include "images/images.h"
#include "safety/enforcement/case_file.h"
#include "services/environment.h"
#include "services/files/media.h"

namespace heliograph::services {

struct CaseMedium {
  std::int64_t media = 0;
  std::string kind;  // photo, video, sticker, document, audio, avatar
  std::int32_t width = 0, height = 0;
  std::string name;
  std::int64_t size = 0;
  store::BlobName picture;  // what is shown of it; empty: nothing can be
  std::int64_t picture_bytes = 0;
  bool closed = false;  // shown to nobody
};

// In an order that stays: what is added later comes last.
Result<std::vector<CaseMedium>> media_of_case(store::Tx& tx, const store::Case& one,
                                              const safety::CaseFile& file);
// Whether anybody says that it is about children: the case, what was found, a report.
Result<bool> is_closed(store::Tx& tx, const store::Case& one, const safety::CaseFile& file);

// Thread-safe.
class CaseMedia {
 public:
  static constexpr std::int32_t side_most = 1280;
  static constexpr std::int64_t bytes_most = 20 << 20;

  CaseMedia(const Environment& environment, store::Blobs& blobs, images::Images& images)
      : environment_(environment), blobs_(blobs), images_(images) {}

  // A JPEG, at most side_most wide and high; `veiled`: blurred past recognition, and grey. Errors: not_found
  // CASE_UNKNOWN, MEDIA_UNKNOWN (no such one, or nothing of it can be shown); forbidden MEDIA_CLOSED;
  // unavailable IMAGES_OVERLOADED; those of blobs.
  Task<Result<Bytes>> picture(std::int64_t case_id, std::size_t index, bool veiled) const;

 private:
  const Environment& environment_;
  store::Blobs& blobs_;
  images::Images& images_;
};

}  // namespace heliograph::services
