// What came with a request: kept sealed, as it is.
#include <algorithm>
#include <array>

#include "crypto/hash.h"
#include "legal/requests/desk.h"

namespace heliograph::legal {

namespace {

constexpr std::array<std::string_view, 5> kFileKinds{"order", "validation", "confirmation", "gag", "other"};

Bytes file_about(std::string_view column, std::int64_t request, ByteView sha256) {
  return to_bytes(
      as_bytes("legal_files." + std::string(column) + "/" + std::to_string(request) + "/" + to_hex(sha256)));
}

}  // namespace

Result<std::int64_t> Desk::add_file(store::Tx& tx, std::int64_t officer, std::int64_t request,
                                    std::string kind, ByteView content, ByteView facts) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, own(tx, officer, request));
  if (one.row.closed_at != 0) return fail(Error::invalid("REQUEST_CLOSED", "The request has been answered."));
  if (std::ranges::find(kFileKinds, kind) == kFileKinds.end() || content.empty() ||
      content.size() > file_bytes_max) {
    return fail(Error::invalid("FILE_INVALID", "A file has a kind, and at most 8 MiB."));
  }
  HG_ASSIGN(const auto there, store::legal_of(tx).files(request));
  if (there.size() >= files_most)
    return fail(Error::invalid("FILES_TOO_MANY", "A request has 20 files at most."));
  const auto digest = crypto::sha256(content);
  store::LegalFile file{0,
                        request,
                        officer,
                        at,
                        std::move(kind),
                        to_bytes(ByteView(digest)),
                        static_cast<std::int64_t>(content.size()),
                        {},
                        {}};
  file.facts = parts_.sealer.seal(facts, file_about("facts", request, digest), parts_.random);
  file.sealed = parts_.sealer.seal(content, file_about("sealed", request, digest), parts_.random);
  return store::legal_of(tx).add_file(file);
}

Result<Bytes> Desk::read_file(store::Tx& tx, std::int64_t id) const {
  HG_ASSIGN(const auto file, store::legal_of(tx).find_file(id));
  if (!file) return fail(Error::not_found("FILE_UNKNOWN", "There is no file of this number."));
  HG_ASSIGN(auto content,
            parts_.sealer.open(file->sealed, file_about("sealed", file->request, file->sha256)));
  if (to_bytes(ByteView(crypto::sha256(content))) != file->sha256) {
    return fail(Error::internal("FILE_CHANGED", "A file is not what was brought."));
  }
  return content;
}

Result<Bytes> Desk::read_facts(const store::LegalFile& file) const {
  return parts_.sealer.open(file.facts, file_about("facts", file.request, file.sha256));
}

}  // namespace heliograph::legal
