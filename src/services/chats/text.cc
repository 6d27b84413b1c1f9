#include "services/chats/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <limits>
#include <optional>

namespace heliograph::services {

namespace {

constexpr std::size_t entity_count_max = 100;
constexpr std::size_t entity_text_max = 2048;          // one URL, one language name
constexpr std::size_t entity_text_total_max = 16'384;  // all of them

bool is_blank(UChar32 c) {
  return c == ' ' || c == '\n' || c == 0xa0 || c == 0x200b || u_isUWhiteSpace(c);
}

// Text being cleaned, with the places (in UTF-16 units of the text as sent) that were taken out, so that
// entities can follow.
struct Cleaned {
  std::string text;
  std::vector<std::size_t> removed;  // ascending
  std::vector<bool> boundary;        // per unit as sent, and one for the end: a character begins here
  std::size_t units_as_sent = 0;
};

std::optional<Cleaned> clean(std::string_view text) {
  Cleaned out;
  out.text.reserve(text.size());
  out.boundary.reserve(text.size() + 1);
  std::int32_t at = 0;
  const auto size = static_cast<std::int32_t>(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  while (at < size) {
    const auto from = at;
    UChar32 c;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) return std::nullopt;
    if (c == '\r') {
      out.removed.push_back(out.units_as_sent);
    } else if ((c < 0x20 && c != '\n') || c == 0x7f || (c >= 0x2028 && c <= 0x202e)) {
      // Line and paragraph separators and the direction overrides would let text fool its reader.
      if (c >= 0x2028) {
        out.removed.push_back(out.units_as_sent);
      } else {
        out.text.push_back(' ');
      }
    } else {
      out.text.append(text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(at - from)));
    }
    out.boundary.push_back(true);
    if (c > 0xffff) out.boundary.push_back(false);
    out.units_as_sent += c > 0xffff ? 2 : 1;
  }
  out.boundary.push_back(true);
  return out;
}

struct Trimmed {
  std::string_view text;
  std::size_t units_before = 0;
};

Trimmed trim(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::int32_t begin = 0;
  auto end = static_cast<std::int32_t>(text.size());
  Trimmed out;
  while (begin < end) {
    auto next = begin;
    UChar32 c;
    U8_NEXT(bytes, next, end, c);
    if (!is_blank(c)) break;
    out.units_before += c > 0xffff ? 2 : 1;
    begin = next;
  }
  while (end > begin) {
    auto previous = end;
    UChar32 c;
    U8_PREV(bytes, begin, previous, c);
    if (!is_blank(c)) break;
    end = previous;
  }
  out.text = text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  return out;
}

bool is_code(EntityKind kind) {
  return kind == EntityKind::pre || kind == EntityKind::code;
}

// What the detector finds inside these is what they say already.
bool is_link_like(EntityKind kind) {
  switch (kind) {
    case EntityKind::mention:
    case EntityKind::hashtag:
    case EntityKind::bot_command:
    case EntityKind::url:
    case EntityKind::email:
    case EntityKind::code:
    case EntityKind::pre:
    case EntityKind::text_url:
    case EntityKind::mention_name:
    case EntityKind::phone:
    case EntityKind::cashtag:
    case EntityKind::bank_card:
      return true;
    default:
      return false;
  }
}

bool overlap(const Entity& a, const Entity& b) {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

void sort(std::vector<Entity>& entities) {
  std::ranges::sort(entities, [](const Entity& a, const Entity& b) {
    if (a.offset != b.offset) return a.offset < b.offset;
    if (a.length != b.length) return a.length > b.length;
    return a.kind < b.kind;
  });
}

// A link that a client may open. Empty: not one.
std::string link_target(std::string url) {
  const auto colon = url.find("://");
  if (colon == std::string::npos) {
    if (url.starts_with("mailto:") || url.starts_with("tel:")) return url;
    if (url.find('.') == std::string::npos || url.find_first_of(" \n\t") != std::string::npos) return {};
    return "http://" + url;
  }
  std::string scheme = url.substr(0, colon);
  std::ranges::transform(scheme, scheme.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  for (const auto* allowed : {"http", "https", "ftp", "tg", "ton", "tonsite"}) {
    if (scheme == allowed && url.size() > colon + 3) return url;
  }
  return {};
}

}  // namespace

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if ((byte & 0xc0) != 0x80) ++units;
    if (byte >= 0xf0) ++units;  // a character beyond the basic plane takes two
  }
  return units;
}

std::size_t utf16_to_byte(std::string_view text, std::size_t offset) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<std::uint8_t>(text[at]);
    if ((byte & 0xc0) == 0x80) continue;
    if (units == offset) return at;
    if (units > offset) return std::string_view::npos;
    units += byte >= 0xf0 ? 2 : 1;
  }
  return units == offset ? text.size() : std::string_view::npos;
}

Result<FormattedText> format_text(std::string text, std::vector<Entity> entities, TextLimits limits) {
  // Beyond this no trimming can help; do not even look at it.
  if (text.size() > limits.units * 8) return fail(Error::invalid("MESSAGE_TOO_LONG"));
  const auto cleaned = clean(text);
  if (!cleaned) return fail(Error::invalid("MESSAGE_INVALID", "The text is not valid UTF-8."));
  const auto trimmed = limits.trim ? trim(cleaned->text) : Trimmed{cleaned->text};

  FormattedText out;
  out.text = trimmed.text;
  const auto units = static_cast<std::int64_t>(utf16_length(out.text));
  if (units == 0 && !limits.may_be_empty) return fail(Error::invalid("MESSAGE_EMPTY"));
  if (units > static_cast<std::int64_t>(limits.units)) return fail(Error::invalid("MESSAGE_TOO_LONG"));

  // From places in the text as sent to places in the text as kept.
  const auto moved = [&](std::int64_t place) {
    const auto gone = std::ranges::lower_bound(cleaned->removed, static_cast<std::size_t>(place)) -
                      cleaned->removed.begin();
    return std::clamp<std::int64_t>(place - gone - static_cast<std::int64_t>(trimmed.units_before), 0, units);
  };
  const auto sent = static_cast<std::int64_t>(cleaned->units_as_sent);
  std::size_t carried = 0;
  for (auto& entity : entities) {
    if (out.entities.size() == entity_count_max) break;
    const std::int64_t begin = entity.offset;
    const std::int64_t end = std::min(begin + entity.length, sent);
    if (entity.length == 0 && begin >= 0) continue;
    if (begin < 0 || entity.length < 0 || begin > sent) return fail(Error::invalid("ENTITY_BOUNDS_INVALID"));
    if (!cleaned->boundary[static_cast<std::size_t>(begin)] ||
        !cleaned->boundary[static_cast<std::size_t>(end)]) {
      return fail(Error::invalid("ENTITY_BOUNDS_INVALID"));
    }
    entity.offset = static_cast<std::int32_t>(moved(begin));
    entity.length = static_cast<std::int32_t>(moved(end)) - entity.offset;
    if (entity.length <= 0 || entity.kind == EntityKind::unknown) continue;
    carried += entity.text.size();
    if (entity.text.size() > entity_text_max || carried > entity_text_total_max) {
      return fail(Error::invalid("ENTITIES_TOO_LONG"));
    }
    if (entity.kind == EntityKind::text_url) {
      entity.text = link_target(std::move(entity.text));
      if (entity.text.empty()) continue;
    }
    out.entities.push_back(std::move(entity));
  }
  sort(out.entities);
  out.entities.erase(std::unique(out.entities.begin(), out.entities.end()), out.entities.end());
  // Code is shown as it is: nothing else applies inside it.
  std::vector<Entity> code;
  std::ranges::copy_if(out.entities, std::back_inserter(code),
                       [](const Entity& e) { return is_code(e.kind); });
  if (!code.empty()) {
    std::erase_if(out.entities, [&](const Entity& e) {
      return e.kind != EntityKind::blockquote && std::ranges::any_of(code, [&](const Entity& c) {
               return !(c == e) && overlap(c, e) && (!is_code(e.kind) || c.offset < e.offset);
             });
    });
  }

  std::vector<Entity> marked;
  std::ranges::copy_if(out.entities, std::back_inserter(marked),
                       [](const Entity& e) { return is_link_like(e.kind); });
  bool added = false;
  for (auto& found : limits.detect ? find_entities(out.text) : std::vector<Entity>{}) {
    if (out.entities.size() == entity_count_max) break;
    if (std::ranges::any_of(marked, [&](const Entity& e) { return overlap(e, found); })) continue;
    out.entities.push_back(std::move(found));
    added = true;
  }
  if (added) sort(out.entities);
  out.has_link = std::ranges::any_of(out.entities, [](const Entity& e) {
    return e.kind == EntityKind::url || e.kind == EntityKind::text_url;
  });
  return out;
}

}  // namespace heliograph::services
