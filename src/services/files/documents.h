// Documents: what members send as a file, with what their clients say about it.
#pragma once

#include "images/images.h"
#include "services/files/library.h"
#include "services/files/upload.h"

namespace heliograph::services {

struct NewDocument {
  UploadedFile file;
  std::optional<UploadedFile> thumb;
  std::string mime_type;
  std::vector<DocumentAttribute> attributes;
  bool as_file = false;  // to be shown as a file, whatever it is
};

class Documents {
 public:
  static constexpr std::size_t attributes_max = 16;

  Documents(Environment& environment, store::Blobs& blobs, images::Images& images, Uploads& uploads,
            Library& library, const FileLimits& limits)
      : environment_(environment),
        blobs_(blobs),
        images_(images),
        uploads_(uploads),
        library_(library),
        limits_(limits) {}

  // Errors of Uploads::finish(); invalid MEDIA_INVALID where what is said of the file cannot be.
  // A thumbnail that cannot be read is left out, and so is that of a picture sent as a file.
  Task<Result<Document>> create(UserId owner, NewDocument wanted);

 private:
  // What the picture looks like, if it is one.
  Task<std::optional<store::MediaPrint>> add_thumbs(Document& document, const ReadyFile& source,
                                                    std::int64_t bytes_max);

  Environment& environment_;
  store::Blobs& blobs_;
  images::Images& images_;
  Uploads& uploads_;
  Library& library_;
  const FileLimits limits_;
};

// Puts every size into the blobs.
Task<Result<std::vector<PictureSize>>> put_pictures(store::Blobs& blobs,
                                                    std::vector<images::Picture> pictures);

}  // namespace heliograph::services
