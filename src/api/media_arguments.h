// Files, photos and documents as requests name them.
#pragma once

#include "api/method.h"
#include "services/files/files.h"
#include "tl/core_d.h"
#include "tl/core_i.h"

namespace heliograph::api {

// invalid FILE_ID_INVALID for what is no uploaded file.
Result<services::UploadedFile> uploaded_from(const tl::Box<tl::InputFile>& input);

// Of inputPhoto and inputDocument. invalid PHOTO_INVALID, DOCUMENT_INVALID for none.
Result<services::MediaName> photo_name_from(const tl::Box<tl::InputPhoto>& input);
Result<services::MediaName> document_name_from(const tl::Box<tl::InputDocument>& input);

// Attributes that say nothing here are left out.
std::vector<services::DocumentAttribute> attributes_from(
    const std::vector<tl::Box<tl::DocumentAttribute>>& inputs);

// invalid LOCATION_INVALID, TAKEOUT_FILE_EMPTY, PEER_ID_INVALID; those of peer_from().
Task<Result<services::FilePlace>> place_from(Context& context, const tl::Box<tl::InputFileLocation>& input);

// A photo or document that a request brings along or names, stored.
struct SentMedia {
  std::optional<services::Photo> photo;  // one of the two
  std::optional<services::Document> document;
  bool spoiler = false;
  std::int32_t ttl_seconds = 0;  // 0: it stays
};
// Whether sent_media_from() knows this kind of media.
bool is_file_media(const tl::Box<tl::InputMedia>& input);
// invalid MEDIA_INVALID; those of the services.
Task<Result<SentMedia>> sent_media_from(Context& context, tl::Box<tl::InputMedia>& input);

}  // namespace heliograph::api
