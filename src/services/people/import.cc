// contacts.importContacts (core.telegram.org/api/contacts).
#include <unordered_set>

#include "services/accounts/names.h"
#include "services/accounts/phone.h"
#include "services/people/contacts.h"
#include "services/people/privacy.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr UnixSeconds day_seconds = 24 * 60 * 60;
// More new contacts than this, and the other devices are told to load the list afresh.
constexpr std::size_t told_singly_max = 10;

// Looking numbers up tells who has an account, so nobody may look up all numbers there are.
struct Budget {
  std::int64_t day = 0;
  std::int32_t used = 0;
  void fields(auto& codec) { codec(day, used); }
};

struct Line {
  std::int64_t client_id = 0;
  Bytes phone_index;
  std::string first_name;
  std::string last_name;
  std::optional<ContactNote> note;
};

Result<Budget> budget_today(store::Tx& tx, UserId owner, UnixSeconds now) {
  Budget budget;
  HG_ASSIGN(const auto stored, tx.settings().find(owner, store::SettingKind::import_budget, 0));
  if (stored) {
    HG_ASSIGN(budget, decode<Budget>(*stored));
  }
  if (budget.day != now / day_seconds) budget = {now / day_seconds, 0};
  return budget;
}

}  // namespace

Task<Result<Imported>> Contacts::import(Caller caller, std::vector<PhoneContact> lines) {
  Imported imported;
  for (std::size_t i = import_max; i < lines.size(); ++i) imported.retry.push_back(lines[i].client_id);
  if (lines.size() > import_max) lines.resize(import_max);

  // Parsing numbers takes its time, and this thread serves others: let a reader do it.
  auto parse = [this, lines = std::move(lines)](store::Tx&) -> Result<std::vector<Line>> {
    std::vector<Line> parsed;
    for (const auto& line : lines) {
      const auto phone = parse_phone(line.phone);
      auto first_name = clean_name(line.first_name);
      auto last_name = clean_name(line.last_name);
      if (!phone || !first_name || !last_name) continue;
      Line& entry = parsed.emplace_back();
      entry.client_id = line.client_id;
      entry.phone_index = phone_index(environment_, *phone);
      entry.first_name = std::move(*first_name);
      entry.last_name = std::move(*last_name);
      if (!line.note) continue;
      HG_ASSIGN(entry.note, clean_note(*line.note));
    }
    return parsed;
  };
  CO_ASSIGN(auto parsed, co_await environment_.store.read(std::move(parse)));

  const auto now = environment_.clock.unix_seconds();
  auto write = [=, parsed = std::move(parsed)](store::Tx& tx) -> Result<Imported> {
    Imported result = imported;
    HG_ASSIGN(auto budget, budget_today(tx, caller.user, now));
    HG_ASSIGN(auto count, tx.contacts().count(caller.user));
    HG_ASSIGN(auto awaited, tx.contacts().count_awaited(caller.user));
    std::unordered_set<UserId> changed;
    for (const auto& line : parsed) {
      if (budget.used >= import_per_day_max) {
        result.retry.push_back(line.client_id);
        continue;
      }
      ++budget.used;
      HG_ASSIGN(const auto account, tx.accounts().find_by_phone(line.phone_index));
      if (!account) {
        // One who awaits so many numbers is no person with an address book; the rest is not kept.
        if (awaited < awaited_max) {
          HG_TRY(tx.contacts().put_awaited({caller.user, line.phone_index, line.first_name, line.last_name}));
          ++awaited;
        }
        HG_ASSIGN(const auto importers, tx.contacts().count_awaiting(line.phone_index, popular_counted_max));
        if (importers >= popular_min) {
          result.popular.push_back({line.client_id, static_cast<std::int32_t>(importers)});
        }
        continue;
      }
      if (account->id == caller.user) continue;
      HG_ASSIGN(const bool found, allows(tx, PrivacyKey::added_by_phone, account->id, caller.user));
      if (!found) continue;
      HG_ASSIGN(const auto before, tx.contacts().find(caller.user, account->id));
      if (!before && count >= contacts_max) {
        result.retry.push_back(line.client_id);
        continue;
      }
      store::Contact contact{.owner = caller.user,
                             .user = account->id,
                             .first_name = line.first_name,
                             .last_name = line.last_name,
                             .shares_phone = before && before->shares_phone,
                             .knows_phone = true,
                             .added_at = before ? before->added_at : now};
      if (contact.first_name.empty() && contact.last_name.empty()) {
        contact.first_name = account->first_name;
        contact.last_name = account->last_name;
      }
      HG_TRY(tx.contacts().put(contact));
      if (line.note) HG_TRY(put_note(tx, caller.user, account->id, *line.note));
      if (!before) ++count;
      changed.insert(account->id);
      result.contacts.push_back({account->id, line.client_id});
    }
    HG_TRY(tx.settings().put(caller.user, store::SettingKind::import_budget, 0, encode(budget)));
    if (changed.size() > told_singly_max) {
      HG_TRY(append_event(tx, caller, caller.user, now, events::ContactsReset{}));
    } else {
      for (const auto user : changed) {
        HG_TRY(append_event(tx, caller, caller.user, now, events::PeerSettingsChanged{Peer::of(user)}));
      }
    }
    return result;
  };
  CO_ASSIGN(auto result, co_await environment_.store.write(std::move(write)));
  users_.forget(caller.user);
  co_return result;
}

}  // namespace heliograph::services
