#include "services/people/contacts.h"

#include <algorithm>
#include <chrono>

#include "services/accounts/names.h"
#include "services/accounts/phone.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

// The owner's devices, and the caches, hear that something between the two has changed.
Status contact_changed(store::Tx& tx, const Caller& caller, UnixSeconds now, UserId user) {
  HG_TRY(append_event(tx, caller, caller.user, now, events::PeerSettingsChanged{Peer::of(user)}));
  return {};
}

Status erase(store::Tx& tx, const Caller& caller, UnixSeconds now, UserId user) {
  HG_ASSIGN(const auto contact, tx.contacts().find(caller.user, user));
  if (!contact) return {};
  HG_TRY(tx.contacts().erase(caller.user, user));
  HG_TRY(put_note(tx, caller.user, user, {}));
  return contact_changed(tx, caller, now, user);
}

}  // namespace

Task<Status> Contacts::add(Caller caller, NewContact contact) {
  if (contact.user == caller.user) co_return fail(Error::invalid("CONTACT_ID_INVALID"));
  auto first_name = clean_name(contact.first_name);
  auto last_name = clean_name(contact.last_name);
  if (!first_name || !last_name || (first_name->empty() && last_name->empty())) {
    co_return fail(Error::invalid("CONTACT_NAME_EMPTY"));
  }
  std::optional<ContactNote> note;
  if (contact.note) {
    CO_ASSIGN(note, clean_note(std::move(*contact.note)));
  }
  Bytes index;
  if (const auto phone = parse_phone(contact.phone)) index = phone_index(environment_, *phone);

  const auto now = environment_.clock.unix_seconds();
  auto write = [=, user = contact.user, shares = contact.share_phone](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    if (!account || account->state != store::AccountState::active) {
      return fail(Error::invalid("CONTACT_ID_INVALID"));
    }
    HG_ASSIGN(const auto before, tx.contacts().find(caller.user, user));
    if (!before) {
      HG_ASSIGN(const auto count, tx.contacts().count(caller.user));
      if (count >= contacts_max) return fail(Error::invalid("CONTACTS_TOO_MUCH"));
    }
    store::Contact row{
        .owner = caller.user, .user = user, .first_name = *first_name, .last_name = *last_name};
    row.shares_phone = shares || (before && before->shares_phone);
    // Whoever knows the number may go on seeing it; whoever guesses wrongly learns nothing.
    row.knows_phone = (before && before->knows_phone) || (!index.empty() && index == account->phone_index);
    row.added_at = before ? before->added_at : now;
    HG_TRY(tx.contacts().put(row));
    if (note) HG_TRY(put_note(tx, caller.user, user, *note));
    if (row.shares_phone && !(before && before->shares_phone)) {
      HG_TRY(append_event(tx, Caller{}, user, now, events::UserPhone{caller.user}));
    }
    return contact_changed(tx, caller, now, user);
  };
  CO_TRY(co_await environment_.store.write(std::move(write)));
  users_.forget(caller.user);
  co_return Status{};
}

Task<Status> Contacts::set_note(Caller caller, UserId user, ContactNote note) {
  CO_ASSIGN(auto clean, clean_note(std::move(note)));
  const auto now = environment_.clock.unix_seconds();
  auto write = [=, clean = std::move(clean)](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto contact, tx.contacts().find(caller.user, user));
    if (!contact) return fail(Error::invalid("CONTACT_MISSING"));
    HG_TRY(put_note(tx, caller.user, user, clean));
    HG_TRY(append_event(tx, caller, caller.user, now, events::UserChanged{user}));
    return {};
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Status> Contacts::remove(Caller caller, std::vector<UserId> users) {
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    for (const auto user : users) HG_TRY(erase(tx, caller, now, user));
    return {};
  };
  CO_TRY(co_await environment_.store.write(std::move(write)));
  users_.forget(caller.user);
  co_return Status{};
}

Task<Status> Contacts::remove_by_phones(Caller caller, std::vector<std::string> phones) {
  if (phones.size() > import_max) phones.resize(import_max);
  std::vector<Bytes> indexes;
  for (const auto& text : phones) {
    if (const auto phone = parse_phone(text)) indexes.push_back(phone_index(environment_, *phone));
  }
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    for (const auto& index : indexes) {
      HG_TRY(tx.contacts().erase_awaited_of(caller.user, index));
      HG_ASSIGN(const auto account, tx.accounts().find_by_phone(index));
      if (account) HG_TRY(erase(tx, caller, now, account->id));
    }
    return {};
  };
  CO_TRY(co_await environment_.store.write(std::move(write)));
  users_.forget(caller.user);
  co_return Status{};
}

Task<Status> Contacts::share_phone(Caller caller, UserId user) {
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(auto contact, tx.contacts().find(caller.user, user));
    if (!contact) return fail(Error::invalid("CONTACT_ADD_MISSING"));
    if (contact->shares_phone) return {};
    contact->shares_phone = true;
    HG_TRY(tx.contacts().put(*contact));
    HG_TRY(append_event(tx, Caller{}, user, now, events::UserPhone{caller.user}));
    return contact_changed(tx, caller, now, user);
  };
  CO_TRY(co_await environment_.store.write(std::move(write)));
  users_.forget(caller.user);
  co_return Status{};
}

Task<Result<std::vector<UserView>>> Contacts::list(UserId owner) {
  auto read = [=](store::Tx& tx) -> Result<std::vector<UserId>> {
    HG_ASSIGN(const auto contacts, tx.contacts().of_owner(owner));
    std::vector<UserId> ids;
    for (const auto& contact : contacts) ids.push_back(contact.user);
    return ids;
  };
  CO_ASSIGN(auto ids, co_await environment_.store.read(std::move(read)));
  CO_ASSIGN(auto views, co_await users_.view(owner, std::move(ids)));
  std::erase_if(views, [](const UserView& view) { return view.deleted || !view.contact; });
  co_return views;
}

Task<Result<std::vector<SavedContact>>> Contacts::saved(UserId owner) {
  CO_ASSIGN(auto views, co_await list(owner));
  auto read = [owner](store::Tx& tx) { return tx.contacts().of_owner(owner); };
  CO_ASSIGN(const auto contacts, co_await environment_.store.read(std::move(read)));
  std::vector<SavedContact> saved;
  for (auto& view : views) {
    const auto contact = std::ranges::find(contacts, view.id, &store::Contact::user);
    const auto added_at = contact == contacts.end() ? 0 : contact->added_at;
    saved.push_back({std::move(view), added_at});
  }
  co_return saved;
}

Task<Result<std::vector<std::pair<UserId, Birthday>>>> Contacts::birthdays_near(UserId owner) const {
  using Near = std::vector<std::pair<UserId, Birthday>>;
  const auto now = environment_.clock.unix_seconds();
  auto read = [=](store::Tx& tx) -> Result<Near> {
    using namespace std::chrono;
    const auto today = floor<days>(sys_seconds{seconds{now}});
    const auto is_near = [&](const Birthday& birthday) {
      for (const auto day : {today - days{1}, today, today + days{1}}) {
        const year_month_day date{day};
        if (static_cast<int>(static_cast<unsigned>(date.month())) == birthday.month &&
            static_cast<int>(static_cast<unsigned>(date.day())) == birthday.day) {
          return true;
        }
      }
      return false;
    };
    Near near;
    HG_ASSIGN(const auto contacts, tx.contacts().of_owner(owner));
    for (const auto& contact : contacts) {
      HG_ASSIGN(const auto stored, tx.settings().find(contact.user, store::SettingKind::birthday, 0));
      if (!stored) continue;
      HG_ASSIGN(const auto birthday, decode<Birthday>(*stored));
      if (!is_near(birthday)) continue;
      HG_ASSIGN(const bool shown, allows(tx, PrivacyKey::birthday, contact.user, owner));
      if (shown) near.emplace_back(contact.user, birthday);
    }
    return near;
  };
  co_return co_await environment_.store.read(std::move(read));
}

}  // namespace heliograph::services
