// Pictures that strangers send: read, checked and made into the sizes that clients show. All of it happens
// in a process of its own that can do nothing else (worker.h); this is what callers see.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/task.h"

namespace heliograph::images {

// What the first bytes of a file say it is; its name and declared type are not looked at.
enum class Format : std::uint8_t { unknown = 0, jpeg = 1, png = 2, gif = 3, webp = 4 };
Format sniff(ByteView head);
// "image/jpeg"; empty for unknown.
std::string_view mime_type(Format format);

struct Target {
  char type = 'm';         // core.telegram.org/api/files#image-thumbnail-types
  std::int32_t box = 320;  // neither side is longer
  bool square = false;     // cut to a square first
  void fields(auto& codec) { codec(type, box, square); }
};

struct Job {
  Bytes source;
  // Made from the first one that the picture does not exceed downwards: a target whose box is larger than the
  // picture gives the picture as it is, and larger ones are left out. `smallest_first` order.
  std::vector<Target> targets;
  bool stripped = false;            // a preview of at most 40 x 40, without its header
  bool looks = false;               // what it looks like, for comparing; `targets` may be empty then
  std::int32_t sides_max = 10'000;  // width + height
  std::int32_t ratio_max = 20;      // the longer side to the shorter
  bool veiled = false;              // blurred past recognition, and grey
  void fields(auto& codec) { codec(source, targets, stripped, sides_max, ratio_max, looks, veiled); }
};

struct Picture {
  char type = 'm';
  std::int32_t width = 0;
  std::int32_t height = 0;
  Bytes jpeg;  // without metadata
  void fields(auto& codec) { codec(type, width, height, jpeg); }
};

// Perceptual hashes (pdq.h).
struct Looks {
  std::int32_t quality = 0;  // 0 to 100
  Bytes hashes;              // 32 bytes for the picture as it is, and for each of its seven turns
  void fields(auto& codec) { codec(quality, hashes); }
  static constexpr std::size_t hashes_bytes = 8 * 32;
};

struct Pictures {
  Format format = Format::unknown;
  std::int32_t width = 0;  // of the source, turned as it says it wants to be shown
  std::int32_t height = 0;
  std::vector<Picture> sizes;
  Bytes stripped;              // for photoStrippedSize
  std::optional<Looks> looks;  // if asked for
  void fields(auto& codec) { codec(format, width, height, sizes, stripped, looks); }
};

class Images {
 public:
  virtual ~Images() = default;
  // invalid PHOTO_EXT_INVALID (not a JPEG, PNG, GIF or WebP file), PHOTO_INVALID_DIMENSIONS,
  // IMAGE_PROCESS_FAILED (broken, or too much for the limits on time and memory);
  // unavailable IMAGES_OVERLOADED.
  // From any Executor's thread; the caller resumes there.
  virtual Task<Result<Pictures>> make(Job job) = 0;
};

// What a model says of a picture.
struct Seen {
  std::int32_t sexual = 0;  // how surely, in thousandths
  void fields(auto& codec) { codec(sexual); }
};

class Viewer {
 public:
  virtual ~Viewer() = default;
  // invalid IMAGE_PROCESS_FAILED: it is no picture that can be read. unavailable IMAGES_OVERLOADED,
  // IMAGES_NO_WORKER. Threads as with Images.
  virtual Task<Result<Seen>> look(Bytes picture) = 0;
};

}  // namespace heliograph::images
