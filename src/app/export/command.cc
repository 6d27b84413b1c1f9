#include "app/export/command.h"

#include <fmt/format.h>

#include <ostream>

#include "app/export/archive.h"
#include "app/who_asks.h"
#include "store/sqlite/staff_reads.h"

namespace heliograph::app {

Status export_account(const std::filesystem::path& data, const ExportOptions& options, std::ostream& out) {
  HG_ASSIGN(const auto reader, AccountReader::open(data));
  UserId user;
  if (options.user != 0) {
    HG_ASSIGN(user, reader->find(UserId{options.user}));
  } else {
    HG_ASSIGN(user, reader->find_by_phone(options.phone));
  }
  HG_ASSIGN(auto tar, TarWriter::create(options.out));
  store::StaffRead read;
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
