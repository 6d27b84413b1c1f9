#include "services/people/search.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <unordered_set>

#include "services/accounts/phone.h"
#include "services/people/privacy.h"
#include "services/people/username.h"

namespace heliograph::services {

namespace {

// Dialogs looked through for people's names.
constexpr std::size_t dialogs_searched = 500;

std::string fold(std::string_view text) {
  auto folded = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  folded.foldCase();
  std::string out;
  folded.toUTF8String(out);
  return out;
}

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from < folded.size()) {
    const auto to = std::min(folded.find_first_of(" \t\n_.,-", from), folded.size());
    if (to > from) words.emplace_back(folded.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

// Every word of the query begins a word of the name.
bool matches(const std::vector<std::string>& query, const std::vector<std::string>& name) {
  return std::ranges::all_of(query, [&](const std::string& wanted) {
    return std::ranges::any_of(name, [&](const std::string& word) { return word.starts_with(wanted); });
  });
}

}  // namespace

Task<Result<Peer>> PeopleSearch::by_username(Caller caller, std::string username) {
  if (username.starts_with('@')) username.erase(0, 1);
  if (!valid_username(username)) co_return fail(Error::invalid("USERNAME_INVALID"));
  CO_TRY(limits_.take("resolve_username", std::to_string(caller.user.value), username_rate));
  auto read = [=](store::Tx& tx) -> Result<Peer> {
    HG_ASSIGN(const auto holder, tx.chats().resolve(username));
    if (!holder) return fail(Error::invalid("USERNAME_NOT_OCCUPIED"));
    return *holder;
  };
  co_return co_await environment_.store.read(std::move(read));
}

Task<Result<UserId>> PeopleSearch::by_phone(Caller caller, std::string text) {
  const auto phone = parse_phone(text);
  if (!phone) co_return fail(Error::invalid("PHONE_NOT_OCCUPIED"));
  CO_TRY(limits_.take("resolve_phone", std::to_string(caller.user.value), phone_rate));
  auto read = [=, index = phone_index(environment_, *phone)](store::Tx& tx) -> Result<UserId> {
    HG_ASSIGN(const auto account, tx.accounts().find_by_phone(index));
    if (!account) return fail(Error::invalid("PHONE_NOT_OCCUPIED"));
    HG_ASSIGN(const bool found, allows(tx, PrivacyKey::added_by_phone, account->id, caller.user));
    if (!found) return fail(Error::invalid("PHONE_NOT_OCCUPIED"));
    return account->id;
  };
  co_return co_await environment_.store.read(std::move(read));
}

bool PeopleSearch::too_short(std::string_view query) {
  if (query.starts_with('@')) query.remove_prefix(1);
  return query.size() < global_query_min;
}

Task<Result<std::vector<Peer>>> PeopleSearch::own_peers(Caller caller, std::string query,
                                                        std::size_t limit) const {
  if (query.size() > 256) query.resize(256);
  if (query.starts_with('@')) query.erase(0, 1);
  const auto folded = fold(query);
  const auto wanted = words_of(folded);
  if (wanted.empty()) co_return fail(Error::invalid("SEARCH_QUERY_EMPTY"));

  auto read = [=](store::Tx& tx) -> Result<std::vector<Peer>> {
    std::vector<Peer> mine;
    const auto fits = [&](const std::string& username, const std::string& name) {
      return (!username.empty() && fold(username).starts_with(folded)) ||
             matches(wanted, words_of(fold(name)));
    };
    std::unordered_set<UserId> seen{caller.user};
    HG_ASSIGN(const auto contacts, tx.contacts().of_owner(caller.user));
    std::vector<UserId> ids;
    for (const auto& contact : contacts) {
      if (seen.insert(contact.user).second) ids.push_back(contact.user);
    }
    HG_ASSIGN(const auto dialogs, tx.dialogs().list(caller.user, 0, true, {}, dialogs_searched));
    for (const auto& dialog : dialogs) {
      if (dialog.peer.is_user() && seen.insert(dialog.peer.user()).second) ids.push_back(dialog.peer.user());
    }
    HG_ASSIGN(const auto accounts, tx.accounts().find_many(ids));
    std::unordered_map<UserId, std::string> names;
    for (const auto& contact : contacts) names[contact.user] = contact.first_name + ' ' + contact.last_name;
    for (const auto& account : accounts) {
      if (mine.size() >= limit) return mine;
      if (account.state != store::AccountState::active) continue;
      const auto called = names.find(account.id);
      const auto name = called != names.end() ? called->second : account.first_name + ' ' + account.last_name;
      if (fits(account.username, name)) mine.push_back(Peer::of(account.id));
    }
    HG_ASSIGN(const auto peers, tx.chats().chats_of(caller.user, dialogs_searched));
    HG_ASSIGN(const auto chats, tx.chats().find_many(peers));
    for (const auto& chat : chats) {
      if (mine.size() >= limit) return mine;
      if ((chat.flags & (store::chat_deleted | store::chat_closed)) != 0) continue;
      if (fits(chat.username, chat.title)) mine.push_back(chat.peer);
    }
    return mine;
  };
  co_return co_await environment_.store.read(std::move(read));
}

}  // namespace heliograph::services
