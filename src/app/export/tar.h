// A tar archive (POSIX ustar), written from the first byte to the last.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace heliograph::app {

class TarWriter {
 public:
  // The longest name of an entry, and the largest entry.
  static constexpr std::size_t name_max = 99;
  static constexpr std::int64_t size_max = 077777777777;  // 8 GiB - 1

  // Makes the file, with mode 0600. Errors: FILE_EXISTS, FILE_UNWRITABLE.
  static Result<TarWriter> create(const std::filesystem::path& path);
  TarWriter(TarWriter&& other) noexcept;
  TarWriter& operator=(TarWriter&&) = delete;
  // Erases what finish() has not made whole.
  ~TarWriter();

  // An entry of `size` bytes begins; they follow with write(). The one before must be complete.
  Status begin(std::string_view name, std::int64_t size, UnixSeconds modified);
  Status write(ByteView bytes);
  Status add(std::string_view name, ByteView bytes, UnixSeconds modified);
  // The archive is whole and on disk when this returns.
  Status finish();

 private:
  TarWriter(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}
  Status put(ByteView bytes);

  std::filesystem::path path_;
  int file_;
  std::int64_t left_ = 0;    // bytes of the entry that are to come
  std::size_t padding_ = 0;  // behind it
  bool finished_ = false;
};

}  // namespace heliograph::app
