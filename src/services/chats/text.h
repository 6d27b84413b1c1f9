// What a person writes, made fit to be stored: cleaned, trimmed, entities checked and completed.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "services/chats/content.h"

namespace heliograph::services {

struct FormattedText {
  std::string text;
  std::vector<Entity> entities;  // by offset, the longer first
  bool has_link = false;         // an entity names a URL
};

struct TextLimits {
  std::size_t units = 4096;  // UTF-16 code units after trimming
  bool may_be_empty = false;
  bool trim = true;    // drop white space at both ends
  bool detect = true;  // mark what find_entities finds
};

// As the public servers do (core.telegram.org/api/entities): control characters become spaces, white space
// at both ends goes, entities move with the text and are cut to it, at most 100 are kept, and URLs, mentions,
// hashtags and the like that nobody marked are marked.
// Errors: MESSAGE_EMPTY, MESSAGE_TOO_LONG, ENTITY_BOUNDS_INVALID (negative, starting behind the end, or
// cutting a character in two), ENTITIES_TOO_LONG (what they carry is too much), and MESSAGE_INVALID for text
// that is not UTF-8.
Result<FormattedText> format_text(std::string text, std::vector<Entity> entities, TextLimits limits = {});

// Length in UTF-16 code units of valid UTF-8.
std::size_t utf16_length(std::string_view text);

// Where in `text` the UTF-16 code unit `offset` begins, in bytes; npos when past the end or inside a
// character.
std::size_t utf16_to_byte(std::string_view text, std::size_t offset);

// Marks what is recognisable in `text` (valid UTF-8) without marks: URLs, e-mail addresses, @mentions,
// #hashtags, $CASHTAGS, /commands, +phone numbers. Sorted, not overlapping each other.
std::vector<Entity> find_entities(std::string_view text);

}  // namespace heliograph::services
