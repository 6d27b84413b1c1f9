#include "app/weights.h"

#include <fstream>

namespace heliograph::app {

namespace {

constexpr std::uintmax_t kBytesMax = 512 << 20;

}  // namespace

std::filesystem::path program_folder() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

Result<Bytes> read_weights(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error || size > kBytesMax) {
    return fail(Error::not_found("WEIGHTS_MISSING", file.string() + " is not there"));
  }
  std::ifstream in(file, std::ios::binary);
  Bytes bytes(size);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!in) return fail(Error::unavailable("WEIGHTS_UNREADABLE", file.string() + " cannot be read"));
  return bytes;
}

}  // namespace heliograph::app
