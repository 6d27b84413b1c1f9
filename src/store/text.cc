#include "store/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include <algorithm>

namespace heliograph::store {

namespace {

constexpr std::size_t kMostBytes = 1024;
constexpr std::size_t kMostWords = 16;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::u16string fold16(std::string_view text) {
  std::u16string folded;
  if (is_ascii(text)) {
    folded.reserve(text.size());
    for (const char c : text) folded.push_back(static_cast<char16_t>(c >= 'A' && c <= 'Z' ? c + 32 : c));
    return folded;
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 1 << 24))));
  const auto result = U_SUCCESS(status) ? normalizer->normalize(wide, status) : wide;
  const auto& best = U_SUCCESS(status) ? result : wide;
  folded.assign(best.getBuffer(), static_cast<std::size_t>(best.length()));
  return folded;
}

UChar32 at(std::u16string_view text, std::size_t index) {
  UChar32 c = 0;
  U16_GET(text.data(), 0, index, text.size(), c);
  return c;
}

bool in_word(UChar32 c) {
  if (u_isalnum(c)) return true;
  const auto type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK ||
         c == '_';
}

// Written without spaces between words.
bool runs_together(UChar32 c) {
  if (c < 0x0e00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

bool begins_word(std::u16string_view text, std::size_t index) {
  if (index == 0 || runs_together(at(text, index))) return true;
  const auto before = at(text, index - 1);  // U16_GET finds the whole character from either half
  return !in_word(before) || runs_together(before);
}

bool holds(std::u16string_view text, std::u16string_view word) {
  for (auto found = text.find(word); found != text.npos; found = text.find(word, found + 1)) {
    if (begins_word(text, found)) return true;
  }
  return false;
}

}  // namespace

std::string fold(std::string_view text) {
  const auto folded = fold16(text);
  std::string result;
  icu::UnicodeString(folded.data(), static_cast<std::int32_t>(folded.size())).toUTF8String(result);
  return result;
}

Matcher::Matcher(std::string_view query) {
  // Nobody searches for more; each word is looked for in every message.
  const auto folded = fold16(query.substr(0, kMostBytes));
  std::size_t index = 0;
  while (index < folded.size() && words_.size() < kMostWords) {
    const auto begin = index;
    UChar32 c = 0;
    U16_NEXT(folded.data(), index, folded.size(), c);
    if (!in_word(c)) continue;
    auto end = index;
    while (index < folded.size()) {
      U16_NEXT(folded.data(), index, folded.size(), c);
      if (!in_word(c)) break;
      end = index;
    }
    words_.push_back(folded.substr(begin, end - begin));
  }
  if (words_.empty()) {
    const auto first = folded.find_first_not_of(u" \t\r\n");
    if (first != folded.npos) {
      verbatim_ = folded.substr(first, folded.find_last_not_of(u" \t\r\n") - first + 1);
    }
  }
}

bool Matcher::matches(std::string_view text) const {
  if (words_.empty() && verbatim_.empty()) return true;
  const auto folded = fold16(text);
  if (words_.empty()) return folded.find(verbatim_) != folded.npos;
  return std::all_of(words_.begin(), words_.end(), [&](const auto& word) { return holds(folded, word); });
}

}  // namespace heliograph::store
