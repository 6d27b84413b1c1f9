#include "app/legal_command.h"

#include <fstream>
#include <ostream>
#include <sstream>

#include "app/answer_certificate.h"
#include "app/data_dir.h"
#include "app/legal_rules.h"
#include "base/day.h"
#include "crypto/random.h"
#include "crypto/sealer.h"
#include "ledger/text.h"
#include "legal/disclosure/answer.h"
#include "store/sqlite/beside.h"
#include "store/sqlite/legal_table.h"

namespace heliograph::app {

namespace {

using LegalAction = LegalOptions::Action;

Error legal_called_wrongly(std::string what) {
  return Error::invalid("CLI_INVALID", std::move(what));
}

Status make_officer_key(const LegalOptions& options, std::ostream& out) {
  if (std::filesystem::exists(options.key)) {
    return fail(Error::unavailable("FILE_EXISTS", options.key.string() + " is there already."));
  }
  crypto::SystemRandom random;
  HG_ASSIGN(const auto secret, crypto::load_or_create_key_file(options.key, random));
  out << ledger::to_base64(crypto::BoxKey::of(secret).public_key) << '\n';
  return {};
}

// A part of the answer; nothing where nobody asked for it.
Status keep_part(std::string_view part, const std::filesystem::path& path, const char* what) {
  if (path.empty()) return {};
  if (part.empty()) return fail(legal_called_wrongly("This answer has no " + std::string(what) + "."));
  if (std::filesystem::exists(path)) {
    return fail(Error::unavailable("FILE_EXISTS", path.string() + " is there already."));
  }
  const auto written = write_new_file(path, part);
  if (written) return {};
  return fail(Error::unavailable("FILE_UNWRITABLE",
                                 path.string() + " cannot be written: " + written.error().message));
}

Status open_answer(const LegalOptions& options, std::ostream& out) {
  if (!std::filesystem::exists(options.key)) {
    return fail(Error::unavailable("FILE_UNREADABLE", options.key.string() + " cannot be read."));
  }
  crypto::SystemRandom random;
  HG_ASSIGN(const auto secret, crypto::load_or_create_key_file(options.key, random));
  crypto::Ed25519PublicKey signer{};
  const auto given = from_hex(options.signer);
  if (given.size() != signer.size()) return fail(legal_called_wrongly("--signer has 64 hexadecimal digits."));
  std::copy(given.begin(), given.end(), signer.begin());
  std::ifstream in(options.package, std::ios::binary);
  std::ostringstream bytes;
  if (in) bytes << in.rdbuf();
  if (!in) return fail(Error::unavailable("FILE_UNREADABLE", options.package.string() + " cannot be read."));
  auto text = std::move(bytes).str();
  while (text.ends_with('\n')) text.pop_back();
  const auto sealed = ledger::from_base64(text);
  if (!sealed) return fail(legal_called_wrongly("The package is base64, as the portal gave it."));
  HG_ASSIGN(const auto answer, legal::open_answer(*sealed, crypto::BoxKey::of(secret), signer));
  HG_TRY(legal::from_json(answer.json));
  HG_TRY(keep_part(answer.pdf, options.pdf, "pages"));
  HG_TRY(keep_part(as_text(answer.cms), options.p7s, "CMS signature"));
  HG_TRY(keep_part(as_text(answer.signed_bytes), options.signed_bytes, "CMS signature"));
  out << answer.json << '\n';
  return {};
}

void describe_certificate(const crypto::CmsKey& key, std::ostream& out) {
  out << "certificate of " << key.subject() << ", valid until " << day_text(key.valid_to()) << ", SHA-256 "
      << key.sha256() << '\n';
}

Status make_certificate(const LegalOptions& options, std::ostream& out) {
  HG_ASSIGN(const auto made, make_certificate_files(options.certificate, options.key, options.name,
                                                    SystemClock().unix_seconds(), options.days));
  describe_certificate(made, out);
  return {};
}

Status check_rules(const config::Config& config, std::ostream& out) {
  HG_ASSIGN(const auto rules, read_legal_rules(config));
  for (const auto& one : rules.jurisdictions->all()) {
    out << one.name << '\t' << one.version << '\t' << one.title << '\t';
    std::string types;
    for (const auto& [type, ignored] : one.types)
      types += (types.empty() ? "" : ", ") + std::string(legal::name(type));
    out << types << '\n';
  }
  out << rules.trust.count() << " trusted certificates\n";
  // The server's own is made by the server, when it starts.
  if (config.legal_cms_certificate.empty() && config.legal_cms_key.empty()) return {};
  HG_ASSIGN(const auto key,
            answer_certificate(config, config.data_dir, "Heliograph", SystemClock().unix_seconds()));
  describe_certificate(key, out);
  return {};
}

Status count_requests(const config::Config& config, std::ostream& out) {
  return store::sqlite::change_beside(config.data_dir, [&](store::sqlite::Session& session) -> Status {
    store::sqlite::SqliteLegal legal(session);
    HG_ASSIGN(const auto figures, legal.figures(SystemClock().unix_seconds()));
    HG_ASSIGN(const auto agencies, legal.agencies());
    out << figures.open << " open, " << figures.overdue << " overdue, " << agencies.size() << " agencies\n";
    return {};
  });
}

}  // namespace

Status legal_command(const config::Config& config, const LegalOptions& options, std::ostream& out) {
  switch (options.action) {
    case LegalAction::key:
      return make_officer_key(options, out);
    case LegalAction::open:
      return open_answer(options, out);
    case LegalAction::certificate:
      return make_certificate(options, out);
    case LegalAction::rules:
      return check_rules(config, out);
    case LegalAction::status:
      return count_requests(config, out);
  }
  return {};
}

}  // namespace heliograph::app
