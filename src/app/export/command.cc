#include "app/export/command.h"

#include <fmt/format.h>

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <ostream>

#include "app/export/archive.h"
#include "store/sqlite/staff_reads.h"

namespace heliograph::app {

namespace {

// Who runs this program, as the system knows them; with whom they were before sudo, as far as it says.
std::string who_asks() {
  const auto uid = ::getuid();
  const auto* entry = ::getpwuid(uid);
  auto who = fmt::format("{} (uid {})", entry != nullptr ? entry->pw_name : "nobody known", uid);
  if (const char* before = std::getenv("SUDO_USER"); before != nullptr && uid == 0) {
    who += fmt::format(", by sudo from {}", before);
  }
  return who;
}

}  // namespace

Status export_account(const std::filesystem::path& data, const ExportOptions& options, std::ostream& out) {
  HG_ASSIGN(const auto reader, AccountReader::open(data));
  UserId user;
  if (options.user != 0) {
    HG_ASSIGN(user, reader->find(UserId{options.user}));
  } else {
    HG_ASSIGN(user, reader->find_by_phone(options.phone));
  }
  HG_ASSIGN(auto tar, TarWriter::create(options.out));
  store::sqlite::StaffRead read;
  read.at = reader->now();
  read.who = who_asks();
  read.what = "export";
  read.account = user;
  read.reason = options.reason;
  HG_TRY(store::sqlite::record_staff_read(data, read));

  HG_TRY(reader->become(user));
  ExportArchive archive(*reader, data / "blobs", tar);
  HG_TRY(archive.write());
  HG_TRY(tar.finish());
  const auto& counts = archive.counts();
  out << fmt::format("account {}: {} dialogs, {} messages, {} posts, {} files ({} bytes)\n", user.value,
                     counts.dialogs, counts.messages, counts.posts, counts.files, counts.file_bytes);
  if (counts.missing_files > 0) out << counts.missing_files << " files are missing; see export.json\n";
  return {};
}

Status list_staff_reads(const std::filesystem::path& data, std::ostream& out) {
  HG_ASSIGN(const auto reads, store::sqlite::staff_reads(data));
  for (const auto& read : reads) {
    std::string line = fmt::format("{{\"id\": {}, \"at\": {}, \"who\": ", read.id, read.at);
    tl::append_json_text(line, read.who);
    line += ", \"what\": ";
    tl::append_json_text(line, read.what);
    line += fmt::format(", \"account\": {}, \"reason\": ", read.account.value);
    tl::append_json_text(line, read.reason);
    out << line << "}\n";
  }
  return {};
}

}  // namespace heliograph::app
