#include "store/disk/copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "store/disk/file.h"

namespace heliograph::store::disk {

namespace fs = std::filesystem;

Status copy_blobs(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (!fs::exists(from, error)) return {};
  for (int i = 0; i < 256; ++i) {
    const auto byte = static_cast<std::uint8_t>(i);
    const auto name = to_hex({&byte, 1});
    if (!fs::exists(from / name, error)) continue;
    fs::create_directories(to / name, error);
    if (error) return fail(failed(error.value()));
    for (fs::directory_iterator entry(from / name, error), end; !error && entry != end;
         entry.increment(error)) {
      const auto target = to / name / entry->path().filename();
      std::error_code failure;
      fs::copy_file(entry->path(), target, fs::copy_options::skip_existing, failure);
      // Erased meanwhile: then nothing names it.
      if (failure && failure != std::errc::no_such_file_or_directory) return fail(failed(failure.value()));
    }
    if (error) return fail(failed(error.value()));
  }
  if (!fs::exists(to, error)) return {};
  const int folder = ::open(to.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return fail(failed(errno));
  const bool synced = ::syncfs(folder) == 0;
  const int why = errno;
  ::close(folder);
  if (!synced) return fail(failed(why));
  return {};
}

}  // namespace heliograph::store::disk
