#include "images/worker.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <exception>
#include <optional>

#include "base/codec.h"
#include "images/decode.h"
#include "images/encode.h"
#include "images/pdq.h"
#include "images/sandbox.h"

namespace heliograph::images {

namespace {

constexpr int quality = 87;
constexpr std::size_t targets_max = 8;
constexpr std::int32_t box_max = 4096;
// Larger pictures are hashed in this size: more pixels change nothing but the time it takes.
constexpr std::int32_t looks_box = 1024;

std::int32_t scaled(std::int64_t side, std::int64_t to, std::int64_t of) {
  return static_cast<std::int32_t>(std::max<std::int64_t>(1, (side * to + of / 2) / of));
}

// What fits into a box; the raster itself where it does.
Raster fitted(const Raster& raster, std::int32_t box) {
  const auto longer = std::max(raster.width, raster.height);
  if (longer <= box) return raster;
  return shrunk(raster, scaled(raster.width, box, longer), scaled(raster.height, box, longer));
}

Looks looks_of(const Raster& raster) {
  const auto hashed = pdq(raster);
  Looks looks;
  looks.quality = hashed.quality;
  for (const auto& turn : hashed.turns) append(looks.hashes, turn.to_bytes());
  return looks;
}

Result<Pictures> pictures(const Job& job) {
  if (job.targets.size() > targets_max || (job.targets.empty() && !job.looks)) return broken();
  DecodeLimits limits;
  limits.sides_max = std::clamp(job.sides_max, 2, 10'000);
  limits.ratio_max = std::clamp(job.ratio_max, 1, 10'000);
  limits.enough = job.looks ? looks_box : 0;
  for (const auto& target : job.targets) {
    if (target.box < 1 || target.box > box_max) return broken();
    // A square is cut from the shorter side.
    limits.enough = std::max(limits.enough, target.square ? box_max : target.box);
  }
  Pictures made;
  made.format = sniff(job.source);
  HG_ASSIGN(auto decoded, decode_image(job.source, limits));
  made.width = decoded.width;
  made.height = decoded.height;
  if (job.looks) made.looks = looks_of(fitted(decoded.raster, looks_box));
  if (job.stripped) {
    HG_ASSIGN(const auto small,
              encode_jpeg(fitted(decoded.raster, stripped_side_max), stripped_quality, false));
    made.stripped = strip_jpeg(small);
  }

  // From the largest down, each from the one before: that is faster, and looks the same.
  std::optional<Raster> square;
  Raster plain = std::move(decoded.raster);
  for (std::size_t i = job.targets.size(); i-- > 0;) {
    const auto& target = job.targets[i];
    if (target.square && !square) square = squared(plain);
    const auto& source = target.square ? *square : plain;
    // Left out where the next smaller box holds the picture as it is already.
    const auto longer = target.square ? std::min(made.width, made.height) : std::max(made.width, made.height);
    if (i > 0 && job.targets[i - 1].square == target.square && longer <= job.targets[i - 1].box) continue;
    Raster sized = fitted(source, target.box);
    if (job.veiled) sized = veiled(sized);
    Picture picture;
    picture.type = target.type;
    picture.width = sized.width;
    picture.height = sized.height;
    HG_ASSIGN(picture.jpeg, encode_jpeg(sized, quality, true));
    made.sizes.push_back(std::move(picture));
    (target.square ? *square : plain) = std::move(sized);
  }
  std::ranges::reverse(made.sizes);
  return made;
}

Bytes answer(Answer status, ByteView body = {}) {
  Bytes bytes{static_cast<std::uint8_t>(status)};
  append(bytes, body);
  return bytes;
}

bool read_all(int descriptor, MutableByteView into) {
  while (!into.empty()) {
    const auto count = ::read(descriptor, into.data(), into.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    into = into.subspan(static_cast<std::size_t>(count));
  }
  return true;
}
bool write_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Bytes request_for(const Job& job) {
  Bytes request{static_cast<std::uint8_t>(Operation::pictures)};
  append(request, encode(job));
  return request;
}

Bytes answer_to(ByteView request) {
  try {
    if (request.empty() || request[0] != static_cast<std::uint8_t>(Operation::pictures)) {
      return answer(Answer::failed);
    }
    const auto job = decode<Job>(request.subspan(1));
    if (!job) return answer(Answer::failed);
    const auto made = pictures(*job);
    if (made) return answer(Answer::done, encode(*made));
    if (made.error().code == "PHOTO_EXT_INVALID") return answer(Answer::wrong_format);
    if (made.error().code == "PHOTO_INVALID_DIMENSIONS") return answer(Answer::wrong_dimensions);
  } catch (const std::exception&) {
    // Out of memory, most likely: the limit is meant to be met.
  }
  return answer(Answer::failed);
}

Bytes request_to_look(ByteView file) {
  Bytes request{static_cast<std::uint8_t>(Operation::look)};
  append(request, file);
  return request;
}

Bytes answer_to_look(ByteView request, const std::function<Result<float>(ByteView file)>& look) {
  try {
    if (request.empty() || request[0] != static_cast<std::uint8_t>(Operation::look)) {
      return answer(Answer::failed);
    }
    const auto sexual = look(request.subspan(1));
    if (!sexual) return answer(Answer::failed);
    Seen seen{static_cast<std::int32_t>(std::lround(*sexual * 1000))};
    return answer(Answer::done, encode(seen));
  } catch (const std::exception&) {
    return answer(Answer::failed);
  }
}

Result<Seen> seen_from(ByteView bytes) {
  if (bytes.empty() || static_cast<Answer>(bytes[0]) != Answer::done) return broken();
  auto seen = decode<Seen>(bytes.subspan(1));
  if (!seen || seen->sexual < 0 || seen->sexual > 1000) return broken();
  return seen;
}

Result<Pictures> pictures_from(ByteView bytes) {
  if (bytes.empty()) return broken();
  switch (static_cast<Answer>(bytes[0])) {
    case Answer::wrong_format:
      return fail(Error::invalid("PHOTO_EXT_INVALID", "This is no picture that can be shown."));
    case Answer::wrong_dimensions:
      return fail(Error::invalid("PHOTO_INVALID_DIMENSIONS", "The picture is too large, or too long."));
    case Answer::done: {
      auto made = decode<Pictures>(bytes.subspan(1));
      if (!made || made->sizes.size() > targets_max) return broken();
      if (made->looks && (made->looks->hashes.size() != Looks::hashes_bytes || made->looks->quality < 0 ||
                          made->looks->quality > 100)) {
        return broken();
      }
      // Of what was asked for.
      if (made->sizes.empty() && !made->looks) return broken();
      for (const auto& size : made->sizes) {
        if (sniff(size.jpeg) != Format::jpeg || size.width < 1 || size.height < 1 || size.width > 0xffff ||
            size.height > 0xffff) {
          return broken();
        }
      }
      return made;
    }
    case Answer::failed:
      break;
  }
  return broken();
}

int run_worker(int descriptor, const std::function<Bytes(ByteView request)>& answer) {
  // Made before the rights are gone: nothing later may need them.
  static_cast<void>(strip_jpeg({}));
  if (!enter_sandbox({})) return 3;
  std::uint8_t length[4];
  if (!read_all(descriptor, length)) return 0;  // nobody wants anything any more
  const auto size = load_le<std::uint32_t>(length);
  if (size > request_bytes_max) return 2;
  Bytes request;
  try {
    request.resize(size);
  } catch (const std::bad_alloc&) {
    return 2;
  }
  if (!read_all(descriptor, request)) return 0;
  const auto reply = answer(request);
  store_le(length, static_cast<std::uint32_t>(reply.size()));
  return write_all(descriptor, length) && write_all(descriptor, reply) ? 0 : 1;
}

}  // namespace heliograph::images
