#include "store/disk/blobs.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <string>

#include "crypto/hash.h"
#include "store/disk/file.h"
#include "store/disk/threads.h"

namespace heliograph::store {

std::uint32_t crc32_of(ByteView bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, bytes.data(), bytes.size()));
}

namespace disk {

namespace fs = std::filesystem;

fs::path path_of_blob(const fs::path& folder, const BlobName& name) {
  const auto hex = to_hex(name.sha256);
  return folder / hex.substr(0, 2) / hex;
}

namespace {

Error overloaded() {
  return Error::unavailable("BLOBS_OVERLOADED", "Too many files are on their way. Try again later.");
}

BlobName name_from(const crypto::Sha256Digest& digest) {
  return {Bytes(digest.begin(), digest.end())};
}

// What the blob folder holds, and all that is done to it. Every function blocks.
class Folder {
 public:
  Folder(fs::path root, const Clock& clock) : root_(std::move(root)), clock_(clock) {}

  Status prepare() {
    std::error_code error;
    fs::remove_all(root_ / "tmp", error);
    for (const auto* name : {"tmp", "parts"}) {
      if (!error) fs::create_directories(root_ / name, error);
    }
    if (error) return fail(failed(error.value()));
    return sync_folder(root_);
  }

  Status put_part(const UploadName& upload, std::int32_t number, ByteView bytes) {
    const auto folder = parts_of(upload);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(failed(error.value()));
    return written_as(folder / std::to_string(number), bytes);
  }

  Result<JoinedBlob> join(const UploadName& upload, const std::vector<BlobPart>& parts) {
    JoinedBlob joined;
    crypto::Sha256 sha256;
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> md5(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (!md5 || EVP_DigestInit_ex(md5.get(), EVP_md5(), nullptr) != 1) {
      return fail(Error::internal("BLOBS_NO_MD5"));
    }
    const auto temporary = new_name();
    const auto written = [&]() -> Status {
      HG_ASSIGN(auto file, File::create(temporary));
      Bytes bytes;
      for (const auto& part : parts) {
        HG_ASSIGN(const bool good, read_part(upload, part, bytes));
        if (!good) {
          joined.bad_part = part.number;
          return {};
        }
        sha256.update(bytes);
        EVP_DigestUpdate(md5.get(), bytes.data(), bytes.size());
        if (joined.head.size() < Blobs::head_bytes) {
          append(joined.head,
                 ByteView(bytes).first(std::min(bytes.size(), Blobs::head_bytes - joined.head.size())));
        }
        joined.size += part.size;
        HG_TRY(file.write(bytes));
      }
      return file.sync();
    }();
    if (!written || joined.bad_part) {
      ::unlink(temporary.c_str());
      if (!written) return fail(written.error());
      return joined;
    }
    joined.name = name_from(sha256.finish());
    joined.md5.resize(16);
    EVP_DigestFinal_ex(md5.get(), joined.md5.data(), nullptr);
    HG_TRY(keep(temporary, joined.name));
    return joined;
  }

  Status drop_parts(const UploadName& upload) {
    std::error_code error;
    fs::remove_all(parts_of(upload), error);
    if (error) return fail(failed(error.value()));
    ::rmdir(parts_of(upload).parent_path().c_str());  // fails, rightly, while there are others
    return {};
  }

  Result<BlobName> put(ByteView bytes) {
    auto name = name_from(crypto::sha256(bytes));
    const auto temporary = new_name();
    const auto written = [&]() -> Status {
      HG_ASSIGN(auto file, File::create(temporary));
      HG_TRY(file.write(bytes));
      return file.sync();
    }();
    if (!written) {
      ::unlink(temporary.c_str());
      return fail(written.error());
    }
    HG_TRY(keep(temporary, name));
    return name;
  }

  Result<Bytes> read(const BlobName& name, std::int64_t offset, std::size_t size) const {
    HG_ASSIGN(const auto file, File::open(path_of(name)));
    Bytes bytes(size);
    HG_ASSIGN(const auto count, file.read(bytes, offset));
    bytes.resize(count);
    return bytes;
  }

  Result<std::vector<BlobName>> list(const BlobName& after, std::size_t limit) const {
    std::vector<BlobName> names;
    const int first = after.sha256.empty() ? 0 : after.sha256.front();
    for (int i = first; i < 256 && names.size() < limit; ++i) {
      const auto byte = static_cast<std::uint8_t>(i);
      std::vector<BlobName> here;
      std::error_code error;
      if (!fs::exists(root_ / to_hex({&byte, 1}), error)) continue;
      for (fs::directory_iterator entry(root_ / to_hex({&byte, 1}), error), end; !error && entry != end;
           entry.increment(error)) {
        BlobName name{from_hex(entry->path().filename().string())};
        if (name.sha256.size() == 32 && name.sha256 > after.sha256) here.push_back(std::move(name));
      }
      if (error) return fail(failed(error.value()));
      std::ranges::sort(here, {}, &BlobName::sha256);
      here.resize(std::min(here.size(), limit - names.size()));
      std::ranges::move(here, std::back_inserter(names));
    }
    return names;
  }

  Status erase(const BlobName& name, UnixSeconds untouched_since) {
    const auto path = path_of(name);
    const std::lock_guard lock(names_);
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) {
      if (errno == ENOENT) return {};
      return fail(failed(errno));
    }
    if (found.st_mtime >= untouched_since) return {};
    if (::unlink(path.c_str()) != 0) return fail(failed(errno));
    return {};
  }

 private:
  fs::path path_of(const BlobName& name) const { return path_of_blob(root_, name); }
  fs::path parts_of(const UploadName& upload) const {
    return root_ / "parts" / std::to_string(upload.owner.value) /
           std::to_string(static_cast<std::uint64_t>(upload.file));
  }
  fs::path new_name() { return root_ / "tmp" / std::to_string(++last_temporary_); }

  // A reader of `path` sees all of it or what was there before.
  Status written_as(const fs::path& path, ByteView bytes) {
    const auto temporary = new_name();
    const auto written = [&]() -> Status {
      HG_ASSIGN(auto file, File::create(temporary));
      return file.write(bytes);
    }();
    if (written && ::rename(temporary.c_str(), path.c_str()) == 0) return {};
    const auto error = written ? failed(errno) : written.error();
    ::unlink(temporary.c_str());
    return fail(error);
  }

  // False where the part is not there as it was put.
  Result<bool> read_part(const UploadName& upload, const BlobPart& part, Bytes& bytes) const {
    const auto file = File::open(parts_of(upload) / std::to_string(part.number));
    if (!file && file.error().kind == ErrorKind::not_found) return false;
    if (!file) return fail(file.error());
    bytes.resize(static_cast<std::size_t>(part.size) + 1);  // one more: a longer file is another one
    HG_ASSIGN(const auto count, file->read(bytes, 0));
    bytes.resize(count);
    return bytes.size() == static_cast<std::size_t>(part.size) && crc32_of(bytes) == part.crc;
  }

  // Gives a finished file its name; one that is there already has the same bytes, and is only touched.
  Status keep(const fs::path& temporary, const BlobName& name) {
    const auto path = path_of(name);
    const auto now = clock_.unix_seconds();
    const std::array<timespec, 2> times{timespec{now, 0}, timespec{now, 0}};
    std::error_code error;
    if (fs::create_directory(path.parent_path(), error)) HG_TRY(sync_folder(root_));
    if (error) return fail(failed(error.value()));
    {
      const std::lock_guard lock(names_);
      const bool known = ::access(path.c_str(), F_OK) == 0;
      const auto& touched = known ? path : temporary;
      if (::utimensat(AT_FDCWD, touched.c_str(), times.data(), 0) != 0 ||
          (!known && ::rename(temporary.c_str(), path.c_str()) != 0)) {
        const auto why = errno;
        ::unlink(temporary.c_str());
        return fail(failed(why));
      }
      if (known) {
        ::unlink(temporary.c_str());
        return {};
      }
    }
    return sync_folder(path.parent_path());
  }

  const fs::path root_;
  const Clock& clock_;
  std::atomic<std::uint64_t> last_temporary_ = 0;
  // Held while a blob gains, loses or keeps its name: one that is being put again cannot be erased between
  // the look at its time and the erasing.
  std::mutex names_;
};

class DiskBlobs final : public Blobs {
 public:
  DiskBlobs(std::unique_ptr<Folder> folder, const BlobLimits& limits)
      : folder_(std::move(folder)),
        threads_("blobs", limits.threads, limits.queue),
        joining_("blobs-join", 1, limits.joining) {}

  Task<Status> put_part(UploadName upload, std::int32_t number, Bytes bytes) override {
    return threads_.run(
        [this, upload, number, bytes = std::move(bytes)] { return folder_->put_part(upload, number, bytes); },
        Status(fail(overloaded())));
  }
  Task<Result<JoinedBlob>> join(UploadName upload, std::vector<BlobPart> parts) override {
    return joining_.run([this, upload, parts = std::move(parts)] { return folder_->join(upload, parts); },
                        Result<JoinedBlob>(fail(overloaded())));
  }
  Task<Status> drop_parts(UploadName upload) override {
    return joining_.run([this, upload] { return folder_->drop_parts(upload); }, Status(fail(overloaded())));
  }
  Task<Result<BlobName>> put(Bytes bytes) override {
    return threads_.run([this, bytes = std::move(bytes)] { return folder_->put(bytes); },
                        Result<BlobName>(fail(overloaded())));
  }
  Task<Result<Bytes>> read(BlobName name, std::int64_t offset, std::size_t size) override {
    return threads_.run(
        [this, name = std::move(name), offset, size] { return folder_->read(name, offset, size); },
        Result<Bytes>(fail(overloaded())));
  }
  Task<Result<std::vector<BlobName>>> list(BlobName after, std::size_t limit) override {
    return joining_.run([this, after = std::move(after), limit] { return folder_->list(after, limit); },
                        Result<std::vector<BlobName>>(fail(overloaded())));
  }
  Task<Status> erase(BlobName name, UnixSeconds untouched_since) override {
    return joining_.run(
        [this, name = std::move(name), untouched_since] { return folder_->erase(name, untouched_since); },
        Status(fail(overloaded())));
  }

 private:
  std::unique_ptr<Folder> folder_;
  Threads threads_;
  Threads joining_;
};

}  // namespace

Result<std::unique_ptr<Blobs>> open_blobs(const fs::path& folder, const Clock& clock,
                                          const BlobLimits& limits) {
  auto opened = std::make_unique<Folder>(folder, clock);
  HG_TRY(opened->prepare());
  return std::make_unique<DiskBlobs>(std::move(opened), limits);
}

}  // namespace disk

}  // namespace heliograph::store
