#include "app/media_file.h"

#include <fstream>

#include "base/executor.h"
#include "crypto/hash.h"
#include "images/pool.h"

namespace heliograph::app {

namespace {

constexpr std::uintmax_t media_bytes_max = 64 << 20;

// None: it took too long.
template <typename Value>
std::optional<Result<Value>> wait_for(Task<Result<Value>> task, Duration limit) {
  std::optional<Result<Value>> made;
  ManualExecutor executor;
  executor.post(
      [&] { spawn(std::move(task), [&](Result<Value> value) { made.emplace(std::move(value)); }); });
  executor.run_until([&] { return made.has_value(); }, limit);
  return made;
}

}  // namespace

Result<safety::MediaPrint> print_of_file(const std::filesystem::path& file, const NamedViewer& viewer) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  Bytes bytes(error || size > media_bytes_max ? 0 : size);
  if (error || size > media_bytes_max || !in ||
      !in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size))) {
    return fail(
        Error::invalid("FILE_UNREADABLE", file.string() + ": cannot be read, or is larger than 64 MiB"));
  }
  safety::MediaPrint print;
  print.sha256.push_back(*Hash256::from_bytes(crypto::sha256(bytes)));
  if (images::sniff(ByteView(bytes).first(std::min<std::size_t>(bytes.size(), 64))) ==
      images::Format::unknown) {
    return print;
  }
  images::PoolOptions options;
  options.processes = 1;
  const auto pool = images::start_pool(options);
  images::Job job;
  job.source = bytes;
  job.looks = true;
  const auto made = wait_for(pool->make(std::move(job)), 2 * options.deadline);
  if (!made || !*made) {
    return fail(Error::invalid("IMAGE_PROCESS_FAILED", file.string() + ": is no picture that can be read"));
  }
  const auto& looks = (*made)->looks;
  for (std::size_t at = 0; looks && at < looks->hashes.size(); at += Hash256::bytes) {
    print.pdq.push_back(*Hash256::from_bytes(ByteView(looks->hashes).subspan(at, Hash256::bytes)));
  }
  if (looks) print.pdq_quality = looks->quality;
  if (viewer.viewer && !print.pdq.empty()) {
    const auto seen = wait_for(viewer.viewer->look(std::move(bytes)), 2 * options.deadline);
    if (!seen || (!*seen && seen->error().kind == ErrorKind::unavailable)) {
      return fail(Error::unavailable("IMAGES_NO_WORKER", file.string() + ": the model did not answer"));
    }
    print.image_model = viewer.name;
    print.sexual = *seen ? static_cast<float>((*seen)->sexual) / 1000 : 0;
  }
  return print;
}

}  // namespace heliograph::app
