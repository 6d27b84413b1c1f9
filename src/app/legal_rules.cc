#include "app/legal_rules.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace heliograph::app {

namespace {

Result<std::string> legal_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (in) bytes << in.rdbuf();
  if (!in || in.bad()) {
    return fail(Error::invalid("FILE_UNREADABLE", path.string() + ": cannot be read"));
  }
  return std::move(bytes).str();
}

Result<std::shared_ptr<const legal::Jurisdictions>> read_folder(const std::filesystem::path& folder,
                                                                LegalRules& out) {
  std::error_code failed;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  }
  if (failed) return fail(Error::invalid("FILE_UNREADABLE", folder.string() + ": cannot be read"));
  std::ranges::sort(paths);
  std::vector<std::string> names, texts;
  for (const auto& path : paths) {
    names.push_back(path.filename().string());
    HG_ASSIGN(auto text, legal_file(path));
    texts.push_back(std::move(text));
  }
  std::vector<legal::JurisdictionFile> files;
  for (std::size_t i = 0; i < names.size(); ++i) {
    files.push_back({names[i], texts[i]});
    out.files.emplace_back(names[i], texts[i]);
  }
  return legal::Jurisdictions::read(files);
}

}  // namespace

Result<LegalRules> read_legal_rules(const config::Config& config) {
  LegalRules out{{}, legal::Jurisdictions::built_in(), {}};
  if (config.legal_rules.empty()) {
    for (const auto& file : legal::built_in_jurisdictions()) out.files.emplace_back(file.name, file.text);
  } else {
    HG_ASSIGN(out.jurisdictions, read_folder(config.legal_rules, out));
  }
  if (!config.legal_trust.empty()) {
    HG_ASSIGN(const auto pem, legal_file(config.legal_trust));
    HG_ASSIGN(out.trust, crypto::CmsTrust::read(pem));
  }
  return out;
}

}  // namespace heliograph::app
