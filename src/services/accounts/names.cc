#include "services/accounts/names.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace heliograph::services {

std::optional<std::string> clean_name(std::string_view text, std::size_t longest) {
  std::string clean;
  std::size_t length = 0;
  bool blank = false;  // a blank is due before the next visible character
  const auto size = static_cast<std::int32_t>(text.size());
  if (text.size() > 4096) return std::nullopt;
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0) return std::nullopt;
    const bool joiner = c == 0x200d;  // holds emoji together
    if (u_isUWhiteSpace(c) || u_charType(c) == U_CONTROL_CHAR ||
        (u_charType(c) == U_FORMAT_CHAR && !joiner)) {
      blank = !clean.empty();
      continue;
    }
    if (length + blank + 1 > longest) break;
    if (blank) clean += ' ';
    length += blank + 1;
    blank = false;
    char bytes[U8_MAX_LENGTH];
    std::int32_t count = 0;
    U8_APPEND_UNSAFE(bytes, count, c);
    clean.append(bytes, static_cast<std::size_t>(count));
  }
  return clean;
}

}  // namespace heliograph::services
