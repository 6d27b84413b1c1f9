#include "app/export/tar.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <numeric>
#include <utility>

#include "base/assert.h"

namespace heliograph::app {

namespace {

constexpr std::size_t kBlock = 512;

Error unwritable(const std::filesystem::path& path, int error) {
  return Error::unavailable("FILE_UNWRITABLE",
                            "Cannot write " + path.string() + ": " + std::strerror(error) + ".");
}

// Where what is in a header (POSIX.1-2017, pax).
void put_text(std::array<std::uint8_t, kBlock>& header, std::size_t at, std::string_view text) {
  std::ranges::copy(text, header.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

Result<TarWriter> TarWriter::create(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST) {
    return fail(Error::invalid("FILE_EXISTS", "There is a file " + path.string() + " already."));
  }
  if (file < 0) return fail(unwritable(path, errno));
  return TarWriter(path, file);
}

TarWriter::TarWriter(TarWriter&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      left_(other.left_),
      padding_(other.padding_),
      finished_(other.finished_) {}

TarWriter::~TarWriter() {
  if (file_ < 0) return;
  ::close(file_);
  if (!finished_) ::unlink(path_.c_str());
}

Status TarWriter::begin(std::string_view name, std::int64_t size, UnixSeconds modified) {
  HG_ASSERT(left_ == 0 && name.size() <= name_max);
  if (size < 0 || size > size_max) {
    return fail(Error::invalid("FILE_TOO_LARGE", std::string(name) + " is too large for an archive."));
  }
  std::array<std::uint8_t, kBlock> header{};
  put_text(header, 0, name);
  put_text(header, 100, "0000600");  // mode
  put_text(header, 108, "0000000");  // owner
  put_text(header, 116, "0000000");  // group
  put_text(header, 124, fmt::format("{:011o}", size));
  put_text(header, 136, fmt::format("{:011o}", std::clamp<UnixSeconds>(modified, 0, size_max)));
  put_text(header, 148, "        ");  // the checksum counts as blanks
  put_text(header, 156, "0");         // a file
  put_text(header, 257, std::string_view("ustar\00000", 8));
  put_text(header, 148, fmt::format("{:06o}", std::accumulate(header.begin(), header.end(), 0U)));
  header[154] = 0;
  left_ = size;
  padding_ = (kBlock - static_cast<std::size_t>(size % std::int64_t{kBlock})) % kBlock;
  return put(header);
}

Status TarWriter::write(ByteView bytes) {
  HG_ASSERT(static_cast<std::int64_t>(bytes.size()) <= left_);
  left_ -= static_cast<std::int64_t>(bytes.size());
  HG_TRY(put(bytes));
  if (left_ == 0 && !bytes.empty()) return put(Bytes(padding_));
  return {};
}

Status TarWriter::add(std::string_view name, ByteView bytes, UnixSeconds modified) {
  HG_TRY(begin(name, static_cast<std::int64_t>(bytes.size()), modified));
  return write(bytes);
}

Status TarWriter::finish() {
  HG_ASSERT(left_ == 0);
  HG_TRY(put(Bytes(2 * kBlock)));
  if (::fsync(file_) != 0) return fail(unwritable(path_, errno));
  finished_ = true;
  return {};
}

Status TarWriter::put(ByteView bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(unwritable(path_, errno));
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace heliograph::app
