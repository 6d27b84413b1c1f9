#include "services/people/note.h"

#include "services/chats/text.h"

namespace heliograph::services {

using store::SettingKind;

Result<ContactNote> clean_note(ContactNote note) {
  auto formatted = format_text(std::move(note.text), std::move(note.entities),
                               {.units = ContactNote::units_max, .may_be_empty = true, .detect = false});
  if (!formatted) {
    auto error = std::move(formatted).error();
    if (error.code == "MESSAGE_TOO_LONG") error.code = "NOTE_TOO_LONG";
    return fail(std::move(error));
  }
  return ContactNote{std::move(formatted->text), std::move(formatted->entities)};
}

Status put_note(store::Tx& tx, UserId owner, UserId user, const ContactNote& note) {
  if (note.text.empty()) return tx.settings().erase(owner, SettingKind::contact_note, user.value);
  return tx.settings().put(owner, SettingKind::contact_note, user.value, encode(note));
}

Result<std::optional<ContactNote>> find_note(store::Tx& tx, UserId owner, UserId user) {
  HG_ASSIGN(const auto stored, tx.settings().find(owner, SettingKind::contact_note, user.value));
  if (!stored) return std::optional<ContactNote>{};
  HG_ASSIGN(auto note, decode<ContactNote>(*stored));
  return std::optional<ContactNote>{std::move(note)};
}

}  // namespace heliograph::services
