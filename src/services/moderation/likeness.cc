#include "services/moderation/likeness.h"

#include <algorithm>
#include <set>

#include "base/codec.h"
#include "base/hash256.h"
#include "safety/cases/intake.h"
#include "safety/scan/features.h"
#include "safety/signals/signals.h"
#include "safety/signals/simhash.h"
#include "services/moderation/case_media.h"

namespace heliograph::services {

namespace {

using store::PrintKind;

constexpr std::string_view kPrintedTo = "case prints kept to";
constexpr std::size_t kOfBand = 200;
constexpr int kTextBits = 64, kTextBands = 5, kTextBandBits = 13;  // the last has 12
constexpr int kPictureBands = 16, kPictureBandBits = 16;

struct PrintedTo {
  std::int64_t case_id = 0;
  void fields(auto& codec) { codec(case_id); }
};

std::int64_t band_key(int band, std::uint64_t value) {
  return static_cast<std::int64_t>(band) << 32 | static_cast<std::int64_t>(value);
}

std::int64_t file_key(ByteView sha256) {
  std::int64_t key = 0;
  for (std::size_t i = 0; i < 8 && i < sha256.size(); ++i) key = key << 8 | sha256[i];
  return key;
}

// The parts of a print; with `near`, also each with one bit changed: what is near enough shares one of them.
std::vector<std::int64_t> text_bands(std::uint64_t print, bool near) {
  std::vector<std::int64_t> bands;
  for (int band = 0; band < kTextBands; ++band) {
    const int first = band * kTextBandBits, bits = std::min(kTextBandBits, kTextBits - first);
    const auto value = print >> first & ((std::uint64_t{1} << bits) - 1);
    bands.push_back(band_key(band, value));
    for (int bit = 0; near && bit < bits; ++bit) {
      bands.push_back(band_key(band, value ^ std::uint64_t{1} << bit));
    }
  }
  return bands;
}

std::vector<std::int64_t> picture_bands(ByteView print, bool near) {
  std::vector<std::int64_t> bands;
  for (int band = 0; band < kPictureBands; ++band) {
    const auto at = static_cast<std::size_t>(band) * 2;
    const auto value = static_cast<std::uint64_t>(print[at]) << 8 | print[at + 1];
    bands.push_back(band_key(band, value));
    for (int bit = 0; near && bit < kPictureBandBits; ++bit) {
      bands.push_back(band_key(band, value ^ std::uint64_t{1} << bit));
    }
  }
  return bands;
}

std::vector<std::int64_t> bands_of(const store::CasePrint& print, bool near) {
  switch (print.kind) {
    case PrintKind::file:
      return {file_key(print.print)};
    case PrintKind::picture:
      return picture_bands(print.print, near);
    case PrintKind::text:
      return text_bands(static_cast<std::uint64_t>(file_key(print.print)), near);
  }
  return {};
}

int bits_apart(ByteView a, ByteView b) {
  int apart = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    apart += std::popcount(static_cast<unsigned>(a[i] ^ b[i]));
  }
  return apart;
}

Bytes text_print(std::string_view text) {
  terms::Canonical canonical;
  terms::canonicalise(text, canonical);
  if (canonical.letters.size() < safety::Signals::letters_least) return {};
  std::vector<std::uint32_t> features;
  safety::extract_features(canonical, features);
  const auto print = safety::simhash(features);
  Bytes bytes(8);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(print >> (56 - 8 * i));
  return bytes;
}

// Of one file: its bytes, those that it was made of, and what it looks like, the picture as it is.
Status add_media_prints(store::Tx& tx, const store::BlobName& content, std::int64_t case_id,
                        std::vector<store::CasePrint>& prints) {
  prints.push_back({case_id, PrintKind::file, content.sha256});
  HG_ASSIGN(const auto known, tx.media_prints().find(content));
  if (!known) return {};
  if (!known->origin.empty()) prints.push_back({case_id, PrintKind::file, known->origin});
  if (known->pdq_quality < alike_picture_quality || known->pdq.size() < Hash256::bytes) return {};
  const auto upright = ByteView(known->pdq).first(Hash256::bytes);
  prints.push_back({case_id, PrintKind::picture, Bytes(upright.begin(), upright.end())});
  return {};
}

void add_newest(std::vector<std::int64_t>& numbers, const std::set<std::int64_t>& found) {
  numbers.assign(found.rbegin(), found.rend());
}

}  // namespace

Result<std::vector<store::CasePrint>> prints_of_case(store::Tx& tx, const store::Case& one,
                                                     const safety::CaseFile& file) {
  std::vector<store::CasePrint> prints;
  // Names are short and alike by chance; terms are one case each.
  if ((file.message || file.members > 0) && safety::term_of(one).empty()) {
    auto text = text_print(file.text);
    if (!text.empty()) prints.push_back({one.id, PrintKind::text, std::move(text)});
  }
  HG_ASSIGN(const auto media, media_of_case(tx, one, file));
  for (const auto& medium : media) {
    HG_ASSIGN(const auto row, tx.media().find(medium.media));
    if (row) HG_TRY(add_media_prints(tx, row->file, one.id, prints));
  }
  return prints;
}

Result<AlikeCases> alike_cases(store::Tx& tx, const store::Case& one, const safety::CaseFile& file) {
  HG_ASSIGN(const auto prints, prints_of_case(tx, one, file));
  std::set<std::int64_t> media, text;
  for (const auto& print : prints) {
    HG_ASSIGN(const auto near,
              store::console_of(tx).case_prints().near(print.kind, bands_of(print, true), kOfBand));
    const auto most = print.kind == PrintKind::file      ? 0
                      : print.kind == PrintKind::picture ? alike_picture
                                                         : alike_text;
    for (const auto& other : near) {
      if (other.case_id == one.id || bits_apart(other.print, print.print) > most) continue;
      (print.kind == PrintKind::text ? text : media).insert(other.case_id);
    }
  }
  AlikeCases alike;
  add_newest(alike.media, media);
  add_newest(alike.text, text);
  return alike;
}

Task<Result<bool>> Likeness::keep_up() const {
  auto body = [this](store::Tx& tx) -> Result<bool> {
    auto& table = store::console_of(tx).case_prints();
    PrintedTo to;
    HG_ASSIGN(const auto stored, tx.settings().find_global(kPrintedTo));
    if (stored) {
      HG_ASSIGN(to, decode<PrintedTo>(*stored));
    }
    HG_ASSIGN(const auto cases, table.cases_after(to.case_id, cases_at_once));
    if (cases.empty()) return false;
    for (const auto id : cases) {
      to.case_id = id;
      HG_ASSIGN(const auto one, tx.cases().find(id));
      if (!one) continue;
      HG_ASSIGN(const auto file, safety::open_file(*one, environment_.sealer));
      HG_ASSIGN(const auto prints, prints_of_case(tx, *one, file));
      for (const auto& print : prints) HG_TRY(table.put(print, bands_of(print, false)));
    }
    HG_TRY(tx.settings().put_global(kPrintedTo, encode(to)));
    return cases.size() == cases_at_once;
  };
  // Most of the time there is nothing to write.
  auto look = [](store::Tx& tx) -> Result<bool> {
    PrintedTo to;
    HG_ASSIGN(const auto stored, tx.settings().find_global(kPrintedTo));
    if (stored) {
      HG_ASSIGN(to, decode<PrintedTo>(*stored));
    }
    HG_ASSIGN(const auto cases, store::console_of(tx).case_prints().cases_after(to.case_id, 1));
    return !cases.empty();
  };
  CO_ASSIGN(const bool any, co_await environment_.store.read(std::move(look)));
  if (!any) co_return false;
  co_return co_await environment_.store.write(std::move(body));
}

}  // namespace heliograph::services
