#include "services/files/photos.h"

#include "services/files/documents.h"
#include "services/files/prints.h"

namespace heliograph::services {

namespace {

constexpr std::int32_t profile_side_min = 160;

std::vector<images::Target> targets_of(Photos::Use use) {
  if (use == Photos::Use::profile) return {{'a', 160, true}, {'b', 320, true}, {'c', 640, true}};
  return {{'s', 100, false}, {'m', 320, false}, {'x', 800, false}, {'y', 1280, false}, {'w', 2560, false}};
}

}  // namespace

Task<Result<Photo>> Photos::create(UserId owner, UploadedFile file, Use use) {
  CO_ASSIGN(const auto ready, co_await uploads_.finish(owner, std::move(file)));
  if (ready.size > limits_.photo_bytes_max) {
    co_return fail(Error::invalid("PHOTO_SAVE_FILE_INVALID", "The picture is too large; send it as a file."));
  }
  if (images::sniff(ready.head) == images::Format::unknown) {
    co_return fail(Error::invalid("PHOTO_EXT_INVALID", "This is no picture that can be shown."));
  }
  CO_ASSIGN(auto bytes, co_await blobs_.read(ready.blob, 0, static_cast<std::size_t>(ready.size)));
  images::Job job;
  job.source = std::move(bytes);
  job.targets = targets_of(use);
  job.stripped = true;
  job.looks = true;
  CO_ASSIGN(auto made, co_await images_.make(std::move(job)));
  if (use == Use::profile && std::min(made.width, made.height) < profile_side_min) {
    co_return fail(Error::invalid("PHOTO_CROP_SIZE_SMALL", "The picture has to be at least 160 x 160."));
  }
  Photo photo;
  photo.owner = owner;
  photo.date = environment_.clock.unix_seconds();
  photo.stripped = std::move(made.stripped);
  CO_ASSIGN(photo.sizes, co_await put_pictures(blobs_, std::move(made.sizes)));
  std::optional<store::MediaPrint> print;
  if (made.looks) print = print_of(photo.sizes.back().file, *made.looks, ready.blob);
  CO_ASSIGN(photo.id, co_await library_.enter(photo, std::move(print)));
  co_return photo;
}

}  // namespace heliograph::services
