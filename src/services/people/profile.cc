#include "services/people/profile.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <chrono>

#include "services/accounts/names.h"
#include "services/discovery/public.h"
#include "services/people/audience.h"
#include "services/people/username.h"

namespace heliograph::services {

namespace {

// Control characters become blanks, and blanks at the ends go; line breaks stay.
Result<std::string> clean_about(std::string_view text) {
  if (text.size() > 4096) return fail(Error::invalid("ABOUT_TOO_LONG"));
  std::string clean;
  std::size_t visible_end = 0, length = 0, visible_length = 0;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const auto from = static_cast<std::size_t>(at);
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0) return fail(Error::invalid("ABOUT_INVALID", "The text is not UTF-8."));
    const bool blank = u_isUWhiteSpace(c) || u_iscntrl(c);
    if (blank && clean.empty()) continue;
    if (u_iscntrl(c) && c != '\n') {
      clean += ' ';
    } else {
      clean.append(text.substr(from, static_cast<std::size_t>(at) - from));
    }
    ++length;
    if (!blank) {
      visible_end = clean.size();
      visible_length = length;
    }
  }
  if (visible_length > Profile::about_max) return fail(Error::invalid("ABOUT_TOO_LONG"));
  clean.resize(visible_end);
  return clean;
}

bool valid(const Birthday& birthday, UnixSeconds now) {
  using namespace std::chrono;
  const year_month_day today{floor<days>(sys_seconds{seconds{now}})};
  // A leap year where none is told: February 29 is a birthday.
  const auto in_year = birthday.year == 0 ? 2000 : birthday.year;
  if (birthday.month < 1 || birthday.month > 12 || birthday.day < 1 || birthday.day > 31) return false;
  if (in_year < 1800 || in_year > 9999) return false;
  const year_month_day date{year{in_year}, month{static_cast<unsigned>(birthday.month)},
                            day{static_cast<unsigned>(birthday.day)}};
  if (!date.ok()) return false;
  return birthday.year == 0 || (date <= today && birthday.year >= static_cast<int>(today.year()) - 150);
}

Result<store::Account> own_account(store::Tx& tx, UserId user) {
  HG_ASSIGN(auto account, tx.accounts().find(user));
  if (!account) return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
  return std::move(*account);
}

}  // namespace

Task<Status> Profile::update(Caller caller, Change change) {
  if (change.first_name) {
    change.first_name = clean_name(*change.first_name);
    if (!change.first_name || change.first_name->empty()) co_return fail(Error::invalid("FIRSTNAME_INVALID"));
  }
  if (change.last_name) {
    change.last_name = clean_name(*change.last_name);
    if (!change.last_name) co_return fail(Error::invalid("LASTNAME_INVALID"));
  }
  if (change.about) {
    CO_ASSIGN(change.about, clean_about(*change.about));
  }
  CO_TRY(limits_.take("profile", std::to_string(caller.user.value), rate));
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(auto account, own_account(tx, caller.user));
    const auto before = account;
    if (change.first_name) account.first_name = *change.first_name;
    if (change.last_name) account.last_name = *change.last_name;
    if (change.about) account.about = *change.about;
    const bool renamed = account.first_name != before.first_name || account.last_name != before.last_name;
    if (!renamed && account.about == before.about) return {};
    if (renamed) account.verified = false;  // it was the name's
    HG_TRY(tx.accounts().update(account));
    HG_TRY(note_account(tx, before, account));
    if (renamed) HG_TRY(announce(tx, caller, now, caller.user, events::UserName{caller.user}));
    if (account.about != before.about) {
      HG_TRY(append_event(tx, caller, caller.user, now, events::UserChanged{caller.user}));
    }
    return {};
  };
  CO_TRY(co_await environment_.store.write(std::move(write)));
  users_.forget(caller.user);
  co_return Status{};
}

Task<Result<bool>> Profile::username_free(Caller caller, std::string username) {
  if (!valid_username(username)) co_return fail(Error::invalid("USERNAME_INVALID"));
  if (reserved_username(username)) co_return false;
  auto read = [=](store::Tx& tx) -> Result<bool> {
    HG_ASSIGN(const auto holder, tx.chats().resolve(username));
    return !holder || *holder == Peer::of(caller.user);
  };
  co_return co_await environment_.store.read(std::move(read));
}

Task<Status> Profile::set_username(Caller caller, std::string username) {
  if (!username.empty() && !valid_username(username)) co_return fail(Error::invalid("USERNAME_INVALID"));
  CO_TRY(limits_.take("profile", std::to_string(caller.user.value), rate));
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(auto account, own_account(tx, caller.user));
    if (account.username == username) return fail(Error::invalid("USERNAME_NOT_MODIFIED"));
    if (!username.empty()) {
      if (reserved_username(username)) return fail(Error::invalid("USERNAME_OCCUPIED"));
      HG_ASSIGN(const auto holder, tx.chats().resolve(username));
      if (holder && *holder != Peer::of(caller.user)) return fail(Error::invalid("USERNAME_OCCUPIED"));
    }
    const auto before = account;
    account.username = username;
    account.verified = false;  // it was the name's
    HG_TRY(tx.accounts().update(account));
    HG_TRY(note_account(tx, before, account));
    return announce(tx, caller, now, caller.user, events::UserName{caller.user});
  };
  CO_TRY(co_await environment_.store.write(std::move(write)));
  users_.forget(caller.user);
  co_return Status{};
}

Task<Status> Profile::set_birthday(Caller caller, std::optional<Birthday> birthday) {
  const auto now = environment_.clock.unix_seconds();
  if (birthday && !valid(*birthday, now)) co_return fail(Error::invalid("BIRTHDAY_INVALID"));
  CO_TRY(limits_.take("profile", std::to_string(caller.user.value), rate));
  auto write = [=](store::Tx& tx) -> Status {
    if (birthday) {
      HG_TRY(tx.settings().put(caller.user, store::SettingKind::birthday, 0, encode(*birthday)));
    } else {
      HG_TRY(tx.settings().erase(caller.user, store::SettingKind::birthday, 0));
    }
    HG_TRY(append_event(tx, caller, caller.user, now, events::UserChanged{caller.user}));
    return {};
  };
  co_return co_await environment_.store.write(std::move(write));
}

}  // namespace heliograph::services
