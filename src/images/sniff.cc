#include <algorithm>

#include "images/images.h"

namespace heliograph::images {

Format sniff(ByteView head) {
  const auto text = as_text(head);
  if (text.starts_with("\xff\xd8\xff")) return Format::jpeg;
  if (text.starts_with("\x89PNG\r\n\x1a\n")) return Format::png;
  if (text.starts_with("GIF87a") || text.starts_with("GIF89a")) return Format::gif;
  if (text.size() >= 12 && text.starts_with("RIFF") && text.substr(8, 4) == "WEBP") return Format::webp;
  return Format::unknown;
}

std::string_view mime_type(Format format) {
  switch (format) {
    case Format::jpeg:
      return "image/jpeg";
    case Format::png:
      return "image/png";
    case Format::gif:
      return "image/gif";
    case Format::webp:
      return "image/webp";
    case Format::unknown:
      break;
  }
  return {};
}

}  // namespace heliograph::images
