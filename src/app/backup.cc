#include "app/backup.h"

#include <array>
#include <fstream>
#include <vector>

#include "app/data_dir.h"
#include "store/disk/copy.h"
#include "store/sqlite/backup.h"

namespace heliograph::app {

namespace {

// Not ledger.checkpoint: what a copy knows of the last publication is out of date by the time it is put back.
constexpr std::array<const char*, 3> key_files{"server_key.pem", "secret.key", "ledger.key"};
constexpr std::size_t key_file_limit = 64 * 1024;

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(key_file_limit, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.empty()) return fail(Error::unavailable("FILE_UNREADABLE", "Cannot read " + path.string() + "."));
  return text;
}

Status copy_key(const std::filesystem::path& from, const std::filesystem::path& to) {
  HG_ASSIGN(const auto contents, read_file(from));
  if (auto written = write_new_file(to, contents); !written) {
    return fail(Error::unavailable("FILE_UNWRITABLE",
                                   "Cannot write " + to.string() + ": " + written.error().message));
  }
  return {};
}

}  // namespace

Status back_up(const std::filesystem::path& data, const std::filesystem::path& target) {
  HG_TRY(store::sqlite::backup(data, target));
  for (const char* name : key_files) HG_TRY(copy_key(data / name, target / name));
  return store::disk::copy_blobs(data / "blobs", target / "blobs");  // after what names them
}

Status restore(const std::filesystem::path& source, const std::filesystem::path& data) {
  for (const char* name : key_files) {
    std::error_code error;
    if (!std::filesystem::exists(source / name, error)) {
      return fail(Error::invalid("BACKUP_INCOMPLETE", "There is no " + (source / name).string() + "."));
    }
  }
  {
    HG_ASSIGN(const auto held, DataDir::open(data));
    for (const char* name : key_files) {
      std::error_code error;
      if (std::filesystem::exists(data / name, error)) {
        return fail(Error::invalid("DATA_EXISTS", "There is a server in " + data.string() +
                                                      " already; restore into another folder."));
      }
    }
    // An index that is there is of another server; the copy's is made anew.
    std::error_code error;
    std::filesystem::remove_all(data / "search", error);
    // Before what names them.
    HG_TRY(store::disk::copy_blobs(source / "blobs", data / "blobs"));
    HG_TRY(store::sqlite::restore(source, data));
    for (const char* name : key_files) HG_TRY(copy_key(source / name, data / name));
  }
  return {};
}

}  // namespace heliograph::app
