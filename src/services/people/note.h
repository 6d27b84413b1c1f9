// What an account has written down about a contact, for itself alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/chats/content.h"
#include "store/tx.h"

namespace heliograph::services {

struct ContactNote {
  static constexpr std::size_t units_max = 128;  // UTF-16 code units
  std::string text;
  std::vector<Entity> entities;
  void fields(auto& codec) { codec(text, entities); }
  bool operator==(const ContactNote&) const = default;
};

// As messages are (chats/text.h); may be empty. invalid NOTE_TOO_LONG, ENTITY_BOUNDS_INVALID and the like.
Result<ContactNote> clean_note(ContactNote note);

// Empty text takes the note away. The caller has seen to it that `user` is a contact.
Status put_note(store::Tx& tx, UserId owner, UserId user, const ContactNote& note);
Result<std::optional<ContactNote>> find_note(store::Tx& tx, UserId owner, UserId user);

}  // namespace heliograph::services
