// Who may see and do what (core.telegram.org/api/privacy): rules per key, stored where they differ from the
// default, evaluated here for everybody.
#pragma once

#include <vector>

#include "base/codec.h"
#include "services/caller.h"
#include "services/environment.h"
#include "store/tx.h"

namespace heliograph::services {

// Part of the stored format: do not renumber.
enum class PrivacyKey : std::int32_t {
  status_timestamp = 1,
  chat_invite = 2,
  phone_call = 3,
  phone_p2p = 4,
  forwards = 5,  // whether a forwarded message links to its author
  profile_photo = 6,
  phone_number = 7,
  added_by_phone = 8,  // found through the number; holds for resolving it, too
  voice_messages = 9,
  about = 10,
  birthday = 11,
  star_gifts_auto_save = 12,
  no_paid_messages = 13,
  saved_music = 14,
};
inline constexpr std::int32_t privacy_key_last = 14;

struct PrivacyRule {
  // Part of the stored format: do not renumber.
  enum class Kind : std::int32_t {
    allow_all = 1,
    disallow_all = 2,
    allow_contacts = 3,
    disallow_contacts = 4,
    allow_users = 5,
    disallow_users = 6,
    allow_chat_participants = 7,
    disallow_chat_participants = 8,
    allow_close_friends = 9,
    allow_premium = 10,
    allow_bots = 11,
    disallow_bots = 12,
  };
  Kind kind = Kind::allow_all;
  std::vector<std::int64_t> ids;  // of users or chats, where the kind names some
  void fields(auto& codec) { codec(kind, ids); }
  bool operator==(const PrivacyRule&) const = default;
};

struct PrivacyRules {
  std::vector<PrivacyRule> rules;
  void fields(auto& codec) { codec(rules); }
  bool operator==(const PrivacyRules&) const = default;
};

const PrivacyRules& default_privacy(PrivacyKey key);

// What the owner's rules want to know of the viewer.
struct ViewerFacts {
  UserId viewer;
  bool is_contact = false;  // the owner has the viewer as a contact
  bool close_friend = false;
  bool bot = false;
};

// The most specific rule that fits decides: a named user before a named chat, before bots, close friends and
// premium users, before contacts, before everybody; where two of the same rank fit, the one that disallows.
// Clients send exceptions first, so for them this is the same as "first match"; and whatever the order, an
// exception that somebody made never fails silently. Nobody has premium here. No rule fits: not allowed.
bool evaluate(const PrivacyRules& rules, const ViewerFacts& facts);

// Whether `viewer` may, by `owner`'s rules. Always true for the owner. Blocking is not looked at.
Result<bool> allows(store::Tx& tx, PrivacyKey key, UserId owner, UserId viewer);
// Whether `viewer` is shown exactly when `owner` was last seen: both sides' rules allow it
// (core.telegram.org/constructor/privacyKeyStatusTimestamp), and the owner does not block the viewer. False
// for bots and the service account, which show nothing.
Result<bool> sees_last_seen(store::Tx& tx, UserId viewer, UserId owner);
// The rules in force: the stored ones or the default.
Result<PrivacyRules> privacy_rules(store::Tx& tx, PrivacyKey key, UserId owner);

struct CloseFriends {
  std::vector<std::int64_t> ids;
  void fields(auto& codec) { codec(ids); }
};
// Those of them who are no contacts (any more) do not count.
Result<std::vector<std::int64_t>> close_friends(store::Tx& tx, UserId owner);

// account.getGlobalPrivacySettings: what is obeyed here, and what is kept for the clients.
struct GlobalPrivacy {
  bool keep_archived_unmuted = false;
  bool keep_archived_folders = false;
  bool hide_read_marks = false;
  // Only contacts, and people this account has written to, may write to it. On Telegram premium users may,
  // too; nobody has premium here.
  bool new_noncontact_peers_require_premium = false;
  bool display_gifts_button = false;
  void fields(auto& codec) {
    codec(keep_archived_unmuted, keep_archived_folders, hide_read_marks, new_noncontact_peers_require_premium,
          display_gifts_button);
  }
  bool operator==(const GlobalPrivacy&) const = default;
};
Result<GlobalPrivacy> global_privacy(store::Tx& tx, UserId owner);

// The rules as their owner reads and changes them. Thread-safe.
class Privacy {
 public:
  static constexpr std::size_t rules_max = 32;
  static constexpr std::size_t ids_max = 1000;  // in all rules of one key together

  explicit Privacy(const Environment& environment) : environment_(environment) {}

  Task<Result<PrivacyRules>> get(UserId owner, PrivacyKey key) const;
  // invalid PRIVACY_VALUE_INVALID (no rules), PRIVACY_TOO_LONG.
  Task<Result<PrivacyRules>> set(Caller caller, PrivacyKey key, PrivacyRules rules);

  Task<Result<GlobalPrivacy>> get_global(UserId owner) const;
  Task<Result<GlobalPrivacy>> set_global(Caller caller, GlobalPrivacy settings);
  // Replaces the list. invalid PRIVACY_TOO_LONG.
  Task<Status> set_close_friends(Caller caller, std::vector<std::int64_t> ids);

 private:
  const Environment& environment_;
};

}  // namespace heliograph::services
