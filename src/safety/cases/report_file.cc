#include "safety/cases/report_file.h"

namespace heliograph::safety {

namespace {

struct Words {
  std::string words;
  void fields(auto& codec) { codec(words); }
};

Bytes belongs(std::string_view what, std::int64_t case_id) {
  return to_bytes(as_bytes(std::string(what) + "/" + std::to_string(case_id)));
}

template <typename File>
Bytes seal(File& file, std::string_view what, std::int64_t case_id, const crypto::Sealer& sealer,
           Random& random) {
  return sealer.seal(encode(file), belongs(what, case_id), random);
}

template <typename File>
Result<File> open(ByteView sealed, std::string_view what, std::int64_t case_id,
                  const crypto::Sealer& sealer) {
  HG_ASSIGN(const auto bytes, sealer.open(sealed, belongs(what, case_id)));
  return decode<File>(bytes);
}

}  // namespace

Bytes seal_report(ReportFile file, std::int64_t case_id, const crypto::Sealer& sealer, Random& random) {
  return seal(file, "reports.sealed", case_id, sealer, random);
}
Result<ReportFile> open_report(const store::Report& sealed, const crypto::Sealer& sealer) {
  return open<ReportFile>(sealed.sealed, "reports.sealed", sealed.case_id, sealer);
}

Bytes seal_appeal(AppealFile file, std::int64_t case_id, const crypto::Sealer& sealer, Random& random) {
  return seal(file, "appeals.sealed", case_id, sealer, random);
}
Result<AppealFile> open_appeal(const store::Appeal& sealed, const crypto::Sealer& sealer) {
  return open<AppealFile>(sealed.sealed, "appeals.sealed", sealed.case_id, sealer);
}

Bytes seal_words(std::string words, std::int64_t case_id, const crypto::Sealer& sealer, Random& random) {
  Words file{std::move(words)};
  return seal(file, "case_events.sealed", case_id, sealer, random);
}
Result<std::string> open_words(const store::CaseEvent& sealed, const crypto::Sealer& sealer) {
  if (sealed.sealed.empty()) return std::string();
  HG_ASSIGN(auto file, open<Words>(sealed.sealed, "case_events.sealed", sealed.case_id, sealer));
  return std::move(file.words);
}

}  // namespace heliograph::safety
