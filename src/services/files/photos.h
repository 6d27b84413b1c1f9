// Photos: what members send as a picture, and the pictures they are shown with.
#pragma once

#include "images/images.h"
#include "services/caller.h"
#include "services/files/library.h"
#include "services/files/upload.h"

namespace heliograph::services {

class Photos {
 public:
  enum class Use : std::uint8_t {
    message,  // sizes s, m, x, y, w: at most 100, 320, 800, 1280, 2560
    profile,  // sizes a, b, c: squares of 160, 320, 640
  };

  Photos(Environment& environment, store::Blobs& blobs, images::Images& images, Uploads& uploads,
         Library& library, const FileLimits& limits)
      : environment_(environment),
        blobs_(blobs),
        images_(images),
        uploads_(uploads),
        library_(library),
        limits_(limits) {}

  // Errors of Uploads::finish() and of images::Images::make(); invalid PHOTO_SAVE_FILE_INVALID (too many
  // bytes), PHOTO_CROP_SIZE_SMALL (not even the smallest size of a profile photo).
  Task<Result<Photo>> create(UserId owner, UploadedFile file, Use use);

 private:
  Environment& environment_;
  store::Blobs& blobs_;
  images::Images& images_;
  Uploads& uploads_;
  Library& library_;
  const FileLimits limits_;
};

}  // namespace heliograph::services
