// `heliograph export` and `heliograph staff-reads`: see docs/export.md.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "base/result.h"

namespace heliograph::app {

struct ExportOptions {
  std::int64_t user = 0;  // 0: by phone
  std::string phone;
  std::filesystem::path out;
  std::string reason;  // for the journal
};

// Writes what the account has to a new archive; a server may be running meanwhile. That it was read, and by
// whom, is in the journal before anything is read of it. Errors: ACCOUNT_UNKNOWN, FILE_EXISTS, those of
// AccountReader, record_staff_read() and ExportArchive; the archive is erased then.
Status export_account(const std::filesystem::path& data, const ExportOptions& options, std::ostream& out);

// The journal: a JSON line for each time.
Status list_staff_reads(const std::filesystem::path& data, std::ostream& out);

}  // namespace heliograph::app
