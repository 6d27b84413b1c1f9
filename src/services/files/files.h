// All that services do with files, put together.
#pragma once

#include "services/files/documents.h"
#include "services/files/download.h"
#include "services/files/library.h"
#include "services/files/photos.h"
#include "services/files/profile_photos.h"
#include "services/files/reference.h"
#include "services/files/sweep.h"
#include "services/files/upload.h"

namespace heliograph::services {

// What files need from outside; outlives them.
struct FileParts {
  store::Blobs& blobs;
  images::Images& images;
  FileLimits limits;
};

class Files {
 public:
  Files(Environment& environment, Users& users, const FileParts& parts)
      : references{environment.access_secret, environment.clock, parts.limits},
        library{environment, references},
        uploads{environment, parts.blobs, parts.limits},
        downloads{environment, parts.blobs, library},
        documents{environment, parts.blobs, parts.images, uploads, library, parts.limits},
        photos{environment, parts.blobs, parts.images, uploads, library, parts.limits},
        profile_photos{environment, users, library},
        sweep{environment, parts.blobs} {}
  Files(const Files&) = delete;

  FileReferences references;
  Library library;
  Uploads uploads;
  Downloads downloads;
  Documents documents;
  Photos photos;
  ProfilePhotos profile_photos;
  Sweep sweep;
};

}  // namespace heliograph::services
