// Everything an account has, as files of an archive: docs/export.md says which.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/export/reader.h"
#include "app/export/tar.h"
#include "services/chats/content.h"

namespace heliograph::app {

struct ExportCounts {
  std::int64_t dialogs = 0;
  std::int64_t messages = 0;
  std::int64_t posts = 0;  // of the account in supergroups and channels
  std::int64_t files = 0;
  std::int64_t file_bytes = 0;
  std::int64_t missing_files = 0;
};

// Holds a page of messages and a piece of a file at a time, and the numbers of the files that are in already.
class ExportArchive {
 public:
  ExportArchive(AccountReader& reader, std::filesystem::path blobs, TarWriter& tar)
      : reader_(reader), blobs_(std::move(blobs)), tar_(tar), now_(reader.now()) {}

  // Writes all of the archive but its end: TarWriter::finish() is the caller's.
  Status write();
  const ExportCounts& counts() const { return counts_; }

 private:
  Status write_account();
  Status write_people();
  Status write_settings();
  Status write_dialogs();
  Status write_dialog_page(const std::vector<Peer>& peers, std::int64_t number);
  Status write_messages(Peer peer);
  Status write_scheduled(Peer peer);
  Status write_posts();
  Status write_profile_photos();
  Status write_summary();

  // A page of messages and the files in it.
  Status write_page(const std::string& name, store::Page page);
  Status write_media(const std::optional<services::Media>& media);
  Status write_file(std::int64_t media);
  Status copy(const store::Media& row, const std::string& name);
  Status add(const std::string& name, std::string text);

  AccountReader& reader_;
  const std::filesystem::path blobs_;
  TarWriter& tar_;
  const UnixSeconds now_;
  ExportCounts counts_;
  std::unordered_set<std::int64_t> files_;
  std::vector<std::int64_t> missing_;  // the first of them
};

}  // namespace heliograph::app
