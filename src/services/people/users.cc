#include "services/people/users.h"

#include <algorithm>
#include <unordered_set>

#include "services/accounts/phone.h"
#include "services/bots/bots.h"
#include "services/people/access.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::size_t people_cached = 100'000;
constexpr std::size_t relations_cached = 400'000;

Result<Relation::Side> read_side(store::Tx& tx, UserId owner, UserId other) {
  Relation::Side side;
  HG_ASSIGN(auto contact, tx.contacts().find(owner, other));
  if (contact) {
    side.contact = true;
    side.first_name = std::move(contact->first_name);
    side.last_name = std::move(contact->last_name);
    side.shares_phone = contact->shares_phone;
    side.knows_phone = contact->knows_phone;
    HG_ASSIGN(const auto friends, close_friends(tx, owner));
    side.close_friend = std::ranges::find(friends, other.value) != friends.end();
  }
  HG_ASSIGN(side.blocks, tx.contacts().is_blocked(owner, other));
  return side;
}

void keep_first_of_each(std::vector<UserId>& ids) {
  if (ids.size() < 2) return;
  std::unordered_set<UserId> seen;
  std::erase_if(ids, [&](UserId id) { return !seen.insert(id).second; });
}

}  // namespace

Result<Relation> read_relation(store::Tx& tx, UserId a, UserId b) {
  const auto [low, high] = std::minmax(a, b);
  Relation relation;
  HG_ASSIGN(relation.low, read_side(tx, low, high));
  HG_ASSIGN(relation.high, read_side(tx, high, low));
  return relation;
}

const PrivacyRules& Users::Person::rules_for(PrivacyKey key) const {
  const auto found = std::ranges::find(rules, key, [](const auto& entry) { return entry.first; });
  return found == rules.end() ? default_privacy(key) : found->second;
}

std::size_t Users::PairHash::operator()(const Pair& pair) const noexcept {
  return std::hash<UserId>{}(UserId{pair.low.value * 0x9e3779b1 + pair.high.value});
}

Users::Users(const Environment& environment, Hub& hub, Online& online)
    : environment_(environment), online_(online), people_(people_cached), relations_(relations_cached) {
  hub.add_observer([this](const store::Publication& publication) { observe(publication); });
}

void Users::forget(UserId account) {
  versions_.bump(account);
}

void Users::observe(const store::Publication& publication) {
  using store::UpdateKind;
  switch (publication.update.kind) {
    case UpdateKind::user_name:
    case UpdateKind::user_phone:
    case UpdateKind::user_changed:
      // One shape, so one decoder.
      if (const auto event = decode<events::UserChanged>(publication.update.body)) forget(event->user);
      break;
    case UpdateKind::privacy:
    case UpdateKind::peer_blocked:
    case UpdateKind::contacts_reset:
    case UpdateKind::peer_settings:
      forget(publication.update.box.user());
      break;
    default:
      break;
  }
}

std::optional<Users::Known> Users::recall(UserId viewer, const std::vector<UserId>& ids) {
  Known known;
  known.viewer = people_.find(viewer, versions_.of(viewer));
  if (!known.viewer) return std::nullopt;
  known.people.reserve(ids.size());
  known.relations.reserve(ids.size());
  for (const auto id : ids) {
    auto person = people_.find(id, versions_.of(id));
    if (!person) return std::nullopt;
    SharedRelation relation;
    if (id != viewer) {
      const auto pair = pair_of(viewer, id);
      relation = relations_.find(pair, version_of(pair));
      if (!relation) return std::nullopt;
    }
    known.people.push_back(std::move(person));
    known.relations.push_back(std::move(relation));
  }
  return known;
}

Result<Users::Person> Users::read_person(store::Tx& tx, const Environment& environment,
                                         store::Account account) {
  Person person;
  if (account.state == store::AccountState::active) {
    HG_ASSIGN(auto phone, open_phone(environment, account.phone_sealed, account.phone_index));
    person.phone = std::move(phone.digits);
    HG_ASSIGN(const auto stored, tx.settings().all(account.id, store::SettingKind::privacy));
    for (const auto& setting : stored) {
      HG_ASSIGN(auto rules, decode<PrivacyRules>(setting.value));
      person.rules.emplace_back(static_cast<PrivacyKey>(setting.key), std::move(rules));
    }
    HG_ASSIGN(person.global, global_privacy(tx, account.id));
  }
  account.phone_sealed = {};
  account.phone_index = {};
  account.password = {};
  person.account = std::move(account);
  return person;
}

Task<Result<Users::Known>> Users::learn(UserId viewer, std::vector<UserId> ids) {
  // Versions from before the read: see cache.h.
  std::vector<PairVersion> versions;
  versions.reserve(ids.size());
  for (const auto id : ids) versions.emplace_back(versions_.of(viewer), versions_.of(id));
  const auto viewer_version = versions_.of(viewer);

  auto read = [viewer, ids, &environment = environment_](store::Tx& tx) -> Result<Known> {
    Known known;
    HG_ASSIGN(auto viewer_account, tx.accounts().find(viewer));
    store::Account nobody;
    nobody.id = viewer;
    HG_ASSIGN(auto viewer_person,
              read_person(tx, environment, viewer_account ? std::move(*viewer_account) : std::move(nobody)));
    known.viewer = std::make_shared<const Person>(std::move(viewer_person));
    HG_ASSIGN(auto accounts, tx.accounts().find_many(ids));
    for (auto& account : accounts) {
      const auto id = account.id;
      HG_ASSIGN(auto person, read_person(tx, environment, std::move(account)));
      known.people.push_back(std::make_shared<const Person>(std::move(person)));
      SharedRelation relation;
      if (id != viewer) {
        HG_ASSIGN(auto value, read_relation(tx, viewer, id));
        relation = std::make_shared<const Relation>(std::move(value));
      }
      known.relations.push_back(std::move(relation));
    }
    return known;
  };
  CO_ASSIGN(auto known, co_await environment_.store.read(std::move(read)));

  if (known.viewer->account.created_at != 0) people_.put(viewer, viewer_version, known.viewer);
  std::size_t at = 0;
  for (std::size_t i = 0; i < known.people.size(); ++i) {
    const auto id = known.people[i]->account.id;
    while (ids[at] != id) ++at;  // people are a subsequence of ids
    people_.put(id, versions[at].second, known.people[i]);
    if (!known.relations[i]) continue;
    auto version = versions[at];
    if (id < viewer) std::swap(version.first, version.second);
    relations_.put(pair_of(viewer, id), version, known.relations[i]);
  }
  co_return known;
}

Task<Result<Users::Known>> Users::know(UserId viewer, std::vector<UserId> ids) {
  if (auto known = recall(viewer, ids)) co_return std::move(*known);
  co_return co_await learn(viewer, std::move(ids));
}

ViewerFacts Users::facts_about(const Person& viewer, const Person& owner, const Relation* relation) {
  ViewerFacts facts{.viewer = viewer.account.id};
  facts.bot = viewer.account.bot;
  if (relation) {
    const auto& side = side_of(*relation, owner.account.id, viewer.account.id);
    facts.is_contact = side.contact;
    facts.close_friend = side.close_friend;
  }
  return facts;
}

UserView Users::render(const Person& viewer, const Person& person, const Relation* relation) const {
  const auto& account = person.account;
  UserView view;
  view.id = account.id;
  view.access_hash = access_hash(environment_, viewer.account.id, account.id);
  if (account.state != store::AccountState::active) {
    view.deleted = true;
    return view;
  }
  view.self = viewer.account.id == account.id;
  view.bot = account.bot;
  if (account.bot) {
    const auto* bot = environment_.bots == nullptr ? nullptr : environment_.bots->find(account.id);
    view.bot_info_version = bot == nullptr ? 1 : bot->identity().info_version;
    if (bot != nullptr) view.bot_inline_placeholder = bot->identity().inline_placeholder;
  }
  view.support = account.support;
  view.verified = account.verified;
  view.first_name = account.first_name;
  view.last_name = account.last_name;
  view.username = account.username;

  const auto now = environment_.clock.unix_seconds();
  const auto presence = online_.find(account.id);
  const auto seen_until = std::max(account.last_online_at, presence ? presence->until : 0);
  const bool shows_status = !account.bot && account.id != service_user;
  view.dc_id = environment_.dc_id;
  if (view.self || !relation) {
    view.phone = person.phone;
    view.photo = peer_photo_from(account.photo);
    if (shows_status) view.status = exact_status(seen_until, now);
    return view;
  }

  const auto& mine = side_of(*relation, viewer.account.id, account.id);
  const auto& theirs = side_of(*relation, account.id, viewer.account.id);
  view.contact = mine.contact;
  view.mutual_contact = mine.contact && theirs.contact;
  view.close_friend = mine.contact && mine.close_friend;
  if (mine.contact) {
    view.first_name = mine.first_name;
    view.last_name = mine.last_name;
  }
  view.contact_require_premium = person.global.new_noncontact_peers_require_premium && !theirs.contact;

  const auto facts = facts_about(viewer, person, relation);
  if (evaluate(person.rules_for(PrivacyKey::profile_photo), facts)) {
    view.photo = peer_photo_from(account.photo);
  }
  if (theirs.shares_phone || mine.knows_phone ||
      evaluate(person.rules_for(PrivacyKey::phone_number), facts)) {
    view.phone = person.phone;
  }
  if (shows_status) {
    const bool they_allow = evaluate(person.rules_for(PrivacyKey::status_timestamp), facts);
    const bool i_allow = viewer.account.bot || evaluate(viewer.rules_for(PrivacyKey::status_timestamp),
                                                        facts_about(person, viewer, relation));
    if (theirs.blocks) {
      view.status = {UserStatus::Kind::long_ago};
    } else if (they_allow && i_allow) {
      view.status = exact_status(seen_until, now);
    } else {
      view.status = approximate_status(seen_until, now, they_allow);
    }
  }
  return view;
}

Task<Result<std::vector<UserView>>> Users::view(UserId viewer, std::vector<UserId> ids) {
  keep_first_of_each(ids);
  CO_ASSIGN(const auto known, co_await know(viewer, std::move(ids)));
  std::vector<UserView> views;
  views.reserve(known.people.size());
  for (std::size_t i = 0; i < known.people.size(); ++i) {
    views.push_back(render(*known.viewer, *known.people[i], known.relations[i].get()));
  }
  co_return views;
}

Task<Result<UserView>> Users::view_one(UserId viewer, UserId id) {
  std::vector<UserId> ids{id};
  CO_ASSIGN(auto views, co_await view(viewer, std::move(ids)));
  if (views.empty()) co_return fail(Error::invalid("USER_ID_INVALID"));
  co_return std::move(views.front());
}

Task<Result<std::shared_ptr<const Relation>>> Users::relation(UserId a, UserId b) {
  std::vector<UserId> ids{b};
  CO_ASSIGN(auto known, co_await know(a, std::move(ids)));
  if (known.relations.empty()) co_return fail(Error::invalid("USER_ID_INVALID"));
  if (!known.relations.front()) co_return std::make_shared<const Relation>();
  co_return std::move(known.relations.front());
}

Task<Result<FullUserView>> Users::view_full(UserId viewer, UserId id) {
  std::vector<UserId> ids{id};
  CO_ASSIGN(const auto known, co_await know(viewer, std::move(ids)));
  if (known.people.empty()) co_return fail(Error::invalid("USER_ID_INVALID"));
  const auto& person = *known.people.front();
  const auto* relation = known.relations.front().get();

  FullUserView full;
  full.user = render(*known.viewer, person, relation);
  if (full.user.deleted) co_return full;
  const auto facts = facts_about(*known.viewer, person, relation);
  const auto may = [&](PrivacyKey key) { return full.user.self || evaluate(person.rules_for(key), facts); };
  if (may(PrivacyKey::about)) full.about = person.account.about;
  full.blocked = relation && side_of(*relation, viewer, id).blocks;
  full.phone_calls_private = !may(PrivacyKey::phone_call);
  full.voice_messages_forbidden = !may(PrivacyKey::voice_messages);
  full.read_dates_private = !full.user.self && (person.global.hide_read_marks || !full.user.status.exact());
  if (!may(PrivacyKey::forwards)) {
    full.private_forward_name = person.account.first_name;
    if (!person.account.last_name.empty()) full.private_forward_name += " " + person.account.last_name;
  }

  struct Extra {
    std::optional<Birthday> birthday;
    std::int32_t folder_id = 0;
    std::int32_t ttl_period = 0;
    MessageId pinned_message;
    bool has_scheduled = false;
    PeerSettings settings;
    std::optional<ContactNote> note;
  };
  auto read = [viewer, id, birthday_shown = may(PrivacyKey::birthday)](store::Tx& tx) -> Result<Extra> {
    Extra extra;
    if (birthday_shown) {
      HG_ASSIGN(const auto stored, tx.settings().find(id, store::SettingKind::birthday, 0));
      if (stored) {
        HG_ASSIGN(extra.birthday, decode<Birthday>(*stored));
      }
    }
    HG_ASSIGN(extra.settings, peer_settings(tx, viewer, id));
    HG_ASSIGN(extra.note, find_note(tx, viewer, id));
    HG_ASSIGN(const auto scheduled, tx.messages().scheduled(viewer, Peer::of(id)));
    extra.has_scheduled = !scheduled.empty();
    HG_ASSIGN(const auto dialog, tx.dialogs().find(viewer, Peer::of(id)));
    if (!dialog) return extra;
    extra.folder_id = dialog->folder_id;
    extra.ttl_period = dialog->ttl_period;
    HG_ASSIGN(const auto pinned,
              tx.messages().search(viewer, Peer::of(id), {.flags_any = store::message_pinned}, {.limit = 1}));
    if (!pinned.messages.empty()) extra.pinned_message = pinned.messages.front().id;
    return extra;
  };
  CO_ASSIGN(const auto extra, co_await environment_.store.read(std::move(read)));
  full.birthday = extra.birthday;
  full.folder_id = extra.folder_id;
  full.ttl_period = extra.ttl_period;
  full.pinned_message = extra.pinned_message;
  full.has_scheduled = extra.has_scheduled;
  full.settings = extra.settings;
  full.note = extra.note;
  co_return full;
}

}  // namespace heliograph::services
