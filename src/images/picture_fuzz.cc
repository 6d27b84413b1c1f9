// Any file taken for a picture: whatever comes of it is a JPEG of the size it says, or an error.
#include "base/assert.h"
#include "images/worker.h"

namespace {
using namespace heliograph;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  images::Job job;
  job.source.assign(data, data + size);
  job.targets = {{'m', 320, false}, {'c', 640, true}};
  job.stripped = true;
  job.sides_max = 2000;  // larger ones cost time and find nothing more
  const auto made = images::pictures_from(images::answer_to(images::request_for(job)));
  if (!made) return 0;
  HG_ASSERT(made->width > 0 && made->height > 0 && made->width + made->height <= 2000);
  for (const auto& picture : made->sizes) {
    HG_ASSERT(picture.width <= 640 && picture.height <= 640);
    HG_ASSERT(images::sniff(picture.jpeg) == images::Format::jpeg);
  }
  return 0;
}
