// The data folder: whose it is, and the secrets in it.
#pragma once

#include <filesystem>

#include "base/random.h"
#include "base/result.h"
#include "crypto/rsa.h"
#include "crypto/secret.h"

namespace heliograph::app {

// Held while the server runs; no second process can hold the same folder.
class DataDir {
 public:
  // Makes the folder (mode 0700) where it is missing and locks it.
  // Errors: DATA_DIR_IN_USE, DATA_DIR_UNUSABLE (cannot be made, entered, written).
  static Result<DataDir> open(const std::filesystem::path& path);
  DataDir(DataDir&& other) noexcept;
  DataDir& operator=(DataDir&&) = delete;
  ~DataDir();

  const std::filesystem::path& path() const { return path_; }

  // server_key.pem, made on first use with mode 0600.
  // Errors: SERVER_KEY_INVALID, SERVER_KEY_UNREADABLE, SERVER_KEY_UNWRITABLE.
  Result<crypto::RsaKey> server_key() const;
  // secret.key: what personal data and authorization keys are sealed with. Errors: crypto/sealer.h.
  Result<crypto::SecretKey> secret(Random& random) const;

 private:
  DataDir(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::filesystem::path path_;
  int lock_;
};

// The process that holds this folder; unavailable DATA_DIR_IDLE: none does.
Result<int> holder_of(const std::filesystem::path& data);

// invalid DATA_MISSING: no server has its data there.
Status check_data_there(const std::filesystem::path& data);
// The secret of a data folder that is there, for reading beside its server. Errors: DATA_MISSING,
// crypto/sealer.h.
Result<crypto::SecretKey> secret_of(const std::filesystem::path& data);

// Creates `path` with `contents`, mode 0600, on disk when this returns; never replaces a file.
Status write_new_file(const std::filesystem::path& path, std::string_view contents);
// The same over a file that may be there: a crash leaves the old one or the new one, whole.
Status replace_file(const std::filesystem::path& path, std::string_view contents);

}  // namespace heliograph::app
