// Users as a particular viewer sees them. On the path of every push and every answer that names people, so
// what it takes is cached: when all is cached, view() neither touches the store nor suspends.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/environment.h"
#include "services/files/media.h"
#include "services/hub.h"
#include "services/people/cache.h"
#include "services/people/note.h"
#include "services/people/online.h"
#include "services/people/peer_settings.h"
#include "services/people/privacy.h"
#include "services/people/status.h"

namespace heliograph::services {

struct UserView {
  UserId id;
  std::int64_t access_hash = 0;  // for this viewer
  bool self = false;
  bool contact = false;         // the viewer has them as a contact
  bool mutual_contact = false;  // and they the viewer
  bool close_friend = false;
  bool deleted = false;  // nothing but id, access hash and this is set then
  bool bot = false;
  std::int32_t bot_info_version = 0;
  std::string bot_inline_placeholder;  // empty: it has no inline mode
  bool support = false;
  bool verified = false;
  bool contact_require_premium = false;  // takes messages from contacts only, and the viewer may not write
  std::string first_name;                // as the viewer's contact list has it, else as they call themselves
  std::string last_name;
  std::string username;
  std::string phone;  // digits; empty where the viewer may not see it
  UserStatus status;
  std::optional<PeerPhoto> photo;  // where the viewer may see it
  std::int32_t dc_id = 0;          // where it is
};

struct Birthday {
  std::int32_t day = 0, month = 0, year = 0;  // year 0: not told
  void fields(auto& codec) { codec(day, month, year); }
  bool operator==(const Birthday&) const = default;
};

// users.getFullUser: what is added to the view.
struct FullUserView {
  UserView user;
  std::string about;
  bool blocked = false;  // by the viewer
  bool phone_calls_private = false;
  bool voice_messages_forbidden = false;
  bool read_dates_private = false;
  std::string private_forward_name;  // set where forwards must not link to the user
  std::optional<Birthday> birthday;
  // Of the viewer's dialog with the user.
  std::int32_t folder_id = 0;
  std::int32_t ttl_period = 0;
  MessageId pinned_message;
  bool has_scheduled = false;
  PeerSettings settings;
  std::optional<ContactNote> note;  // the viewer's, about a contact
};

// Between two accounts, in both directions.
struct Relation {
  struct Side {
    bool contact = false;  // has the other as a contact, under these names
    std::string first_name;
    std::string last_name;
    bool shares_phone = false;
    bool knows_phone = false;
    bool close_friend = false;
    bool blocks = false;  // the other
  };
  Side low, high;  // by account id
};
inline const Relation::Side& side_of(const Relation& relation, UserId user, UserId other) {
  return user < other ? relation.low : relation.high;
}
// Reads it; for two different accounts.
Result<Relation> read_relation(store::Tx& tx, UserId a, UserId b);

// Thread-safe. Keep one per process; it listens to the hub for what makes its caches stale.
class Users {
 public:
  Users(const Environment& environment, Hub& hub, Online& online);

  // In the order asked for, each once; ids that do not exist are left out.
  Task<Result<std::vector<UserView>>> view(UserId viewer, std::vector<UserId> ids);
  // invalid USER_ID_INVALID.
  Task<Result<UserView>> view_one(UserId viewer, UserId id);
  Task<Result<FullUserView>> view_full(UserId viewer, UserId id);
  // For two different accounts; low and high by id.
  Task<Result<std::shared_ptr<const Relation>>> relation(UserId a, UserId b);

  // Must be called where a change of `account` (its row, privacy rules, contacts, blocks) has been committed
  // and logs no event that says so; also spares a caller who reads his own write the wait for the hub.
  void forget(UserId account);

 private:
  // An account with what its owner decided about who may see it.
  struct Person {
    store::Account account;  // without password and sealed phone
    std::string phone;
    std::vector<std::pair<PrivacyKey, PrivacyRules>> rules;  // those that differ from the default
    GlobalPrivacy global;
    const PrivacyRules& rules_for(PrivacyKey key) const;
  };
  using SharedPerson = std::shared_ptr<const Person>;
  using SharedRelation = std::shared_ptr<const Relation>;
  struct Pair {
    UserId low, high;
    bool operator==(const Pair&) const = default;
  };
  struct PairHash {
    std::size_t operator()(const Pair& pair) const noexcept;
  };
  using PairVersion = std::pair<Versions::Version, Versions::Version>;
  struct Known {
    SharedPerson viewer;
    std::vector<SharedPerson> people;
    std::vector<SharedRelation> relations;  // parallel to people; null for the viewer itself
  };

  static Pair pair_of(UserId a, UserId b) { return a < b ? Pair{a, b} : Pair{b, a}; }
  PairVersion version_of(const Pair& pair) const { return {versions_.of(pair.low), versions_.of(pair.high)}; }
  static Result<Person> read_person(store::Tx& tx, const Environment& environment, store::Account account);
  static ViewerFacts facts_about(const Person& viewer, const Person& owner, const Relation* relation);
  void observe(const store::Publication& publication);
  // From the caches alone; nothing if anything is missing.
  std::optional<Known> recall(UserId viewer, const std::vector<UserId>& ids);
  // Reads everything and remembers it.
  Task<Result<Known>> learn(UserId viewer, std::vector<UserId> ids);
  Task<Result<Known>> know(UserId viewer, std::vector<UserId> ids);
  UserView render(const Person& viewer, const Person& person, const Relation* relation) const;

  const Environment& environment_;
  Online& online_;
  Versions versions_;
  VersionedCache<UserId, Person, Versions::Version> people_;
  VersionedCache<Pair, Relation, PairVersion, PairHash> relations_;
};

}  // namespace heliograph::services
