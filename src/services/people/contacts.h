// The address book: whom an account calls what.
#pragma once

#include <string>
#include <vector>

#include "services/caller.h"
#include "services/environment.h"
#include "services/people/note.h"
#include "services/people/users.h"

namespace heliograph::services {

// A contact as somebody enters it, before it is looked at.
struct NewContact {
  UserId user;
  std::string first_name;
  std::string last_name;
  std::string phone;                // as the client knows it; may be empty
  bool share_phone = false;         // let them see the caller's number
  std::optional<ContactNote> note;  // none: what is there stays
};

// One line of a phone's address book.
struct PhoneContact {
  std::int64_t client_id = 0;  // the client's own name for the line
  std::string phone;
  std::string first_name;
  std::string last_name;
  std::optional<ContactNote> note;
};

struct Imported {
  struct Contact {
    UserId user;
    std::int64_t client_id = 0;
  };
  struct Popular {
    std::int64_t client_id = 0;
    std::int32_t importers = 0;
  };
  std::vector<Contact> contacts;
  std::vector<Popular> popular;     // unknown numbers that many have in their address books
  std::vector<std::int64_t> retry;  // not looked at: too many at once, or today
};

struct SavedContact {
  UserView user;  // as the owner calls them; the phone where the owner may see it
  UnixSeconds added_at = 0;
};

// Thread-safe.
class Contacts {
 public:
  static constexpr std::size_t contacts_max = 10'000;
  static constexpr std::size_t import_max = 500;             // lines of one call
  static constexpr std::int32_t import_per_day_max = 5'000;  // numbers looked up by one account
  static constexpr std::size_t awaited_max = 20'000;  // numbers without an account, kept for one account
  static constexpr std::size_t popular_counted_max = 1'000;
  static constexpr std::size_t popular_min = 10;  // importers

  Contacts(const Environment& environment, Users& users) : environment_(environment), users_(users) {}

  // Also renames. invalid CONTACT_ID_INVALID (oneself, gone or deleted), CONTACT_NAME_EMPTY,
  // CONTACTS_TOO_MUCH.
  Task<Status> add(Caller caller, NewContact contact);
  // invalid CONTACT_MISSING; NOTE_TOO_LONG and the like (note.h).
  Task<Status> set_note(Caller caller, UserId user, ContactNote note);
  // Those who are none are passed over.
  Task<Status> remove(Caller caller, std::vector<UserId> users);
  // By number; numbers that are not to be found are passed over.
  Task<Status> remove_by_phones(Caller caller, std::vector<std::string> phones);
  // contacts.acceptContact: shares the caller's number with a contact. invalid CONTACT_ADD_MISSING.
  Task<Status> share_phone(Caller caller, UserId user);

  // Accounts that exist, in the order of their ids.
  Task<Result<std::vector<UserView>>> list(UserId owner);
  // The same with when they were added.
  Task<Result<std::vector<SavedContact>>> saved(UserId owner);

  // Contacts whose birthday, as far as they let the owner know it, is yesterday, today or tomorrow (UTC).
  Task<Result<std::vector<std::pair<UserId, Birthday>>>> birthdays_near(UserId owner) const;

  // Numbers with an account, whose owner lets himself be found so, become contacts; numbers without one are
  // remembered until they join (join.h); lines that hold no number are passed over.
  Task<Result<Imported>> import(Caller caller, std::vector<PhoneContact> lines);

 private:
  const Environment& environment_;
  Users& users_;
};

}  // namespace heliograph::services
