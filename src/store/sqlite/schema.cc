#include "store/sqlite/schema.h"

#include <string>

#include "store/sqlite/schema_applications.h"
#include "store/sqlite/schema_bots.h"
#include "store/sqlite/schema_cases.h"
#include "store/sqlite/schema_cell_proofs.h"
#include "store/sqlite/schema_chats.h"
#include "store/sqlite/schema_console.h"
#include "store/sqlite/schema_effects.h"
#include "store/sqlite/schema_general.h"
#include "store/sqlite/schema_guard_terms.h"
#include "store/sqlite/schema_invites.h"
#include "store/sqlite/schema_ledger.h"
#include "store/sqlite/schema_legal.h"
#include "store/sqlite/schema_media.h"
#include "store/sqlite/schema_media_prints.h"
#include "store/sqlite/schema_overviews.h"
#include "store/sqlite/schema_polls.h"
#include "store/sqlite/schema_responses.h"
#include "store/sqlite/schema_saved.h"
#include "store/sqlite/schema_search.h"
#include "store/sqlite/schema_search_counts.h"
#include "store/sqlite/schema_staff.h"
#include "store/sqlite/schema_stickers.h"
#include "store/sqlite/schema_threads.h"
#include "store/sqlite/schema_topics.h"
#include "store/sqlite/schema_transparency.h"

namespace heliograph::store::sqlite {

namespace {

// "Helg", in the file's header: tells our files from other SQLite databases.
constexpr std::int64_t kApplicationId = 0x48656c67;

// Conventions of all tables: times are Unix seconds; `peer` is id * 4 + kind; flags are bit sets.
// `key` packs an account and a number in its box (owner << 31 | number): the rows of one account lie
// together in the order of their numbers, and an integer key is the cheapest that SQLite has.
constexpr std::string_view kFirstStep = R"sql(
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  phone_sealed BLOB NOT NULL,
  phone_index BLOB UNIQUE,                -- NULL: no phone number
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  about TEXT NOT NULL,
  username TEXT NOT NULL,                 -- as spelt
  username_key TEXT UNIQUE,               -- folded; NULL: none
  name_key TEXT NOT NULL,                 -- display name, folded
  bot INTEGER NOT NULL,
  support INTEGER NOT NULL,
  verified INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_online_at INTEGER NOT NULL,
  ttl_days INTEGER NOT NULL,
  terms_version INTEGER NOT NULL,
  password BLOB NOT NULL
) STRICT;
CREATE INDEX accounts_name ON accounts (name_key);

CREATE TABLE sign_in_codes (
  code_hash TEXT PRIMARY KEY,
  phone_index BLOB NOT NULL,
  auth_key INTEGER NOT NULL,
  code_digest BLOB NOT NULL,
  sent_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  resends INTEGER NOT NULL,
  verified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_codes_phone ON sign_in_codes (phone_index, sent_at);
CREATE INDEX sign_in_codes_expires ON sign_in_codes (expires_at);

CREATE TABLE auth_keys (
  id INTEGER PRIMARY KEY,
  key_sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,            -- 0: permanent
  bound_to INTEGER NOT NULL,              -- 0: not bound
  layer INTEGER NOT NULL,
  api_id INTEGER NOT NULL,
  device_model TEXT NOT NULL,
  system_version TEXT NOT NULL,
  app_version TEXT NOT NULL,
  lang_code TEXT NOT NULL,
  user INTEGER NOT NULL,                  -- 0: nobody signed in
  authorization_hash INTEGER NOT NULL,
  signed_in_at INTEGER NOT NULL,
  active_at INTEGER NOT NULL,
  ip_sealed BLOB NOT NULL,
  password_pending INTEGER NOT NULL
) STRICT;
CREATE INDEX auth_keys_user ON auth_keys (user) WHERE user != 0;
CREATE INDEX auth_keys_bound ON auth_keys (bound_to) WHERE bound_to != 0;
CREATE INDEX auth_keys_expires ON auth_keys (expires_at) WHERE expires_at != 0;
CREATE INDEX auth_keys_unused ON auth_keys (max(created_at, active_at)) WHERE user = 0 AND expires_at = 0;

CREATE TABLE contacts (
  owner INTEGER NOT NULL,
  user INTEGER NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  shares_phone INTEGER NOT NULL,
  knows_phone INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (owner, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_user ON contacts (user, owner);

CREATE TABLE awaited_contacts (
  phone_index BLOB NOT NULL,
  owner INTEGER NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  PRIMARY KEY (phone_index, owner)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_contacts_owner ON awaited_contacts (owner);

CREATE TABLE blocks (
  owner INTEGER NOT NULL,
  user INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (owner, user)
) STRICT, WITHOUT ROWID;

-- An account's dialogs lie together; the list is sorted when read, so that a new message moves no index.
CREATE TABLE dialogs (
  owner INTEGER NOT NULL,
  peer INTEGER NOT NULL,
  top_message INTEGER NOT NULL,
  top_date INTEGER NOT NULL,
  read_inbox_max_id INTEGER NOT NULL,
  read_outbox_max_id INTEGER NOT NULL,
  read_outbox_at INTEGER NOT NULL,
  unread_count INTEGER NOT NULL,
  unread_mark INTEGER NOT NULL,
  pinned_order INTEGER NOT NULL,
  folder_id INTEGER NOT NULL,
  ttl_period INTEGER NOT NULL,
  draft BLOB NOT NULL,
  PRIMARY KEY (owner, peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX dialogs_peer ON dialogs (peer, owner);

CREATE TABLE messages (
  key INTEGER PRIMARY KEY,
  owner INTEGER AS (key >> 31),
  id INTEGER AS (key & 2147483647),
  peer INTEGER NOT NULL,
  from_user INTEGER NOT NULL,
  link INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  date INTEGER NOT NULL,
  edited_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  random_id INTEGER NOT NULL,
  text TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX messages_dialog ON messages (owner, peer, key);
CREATE INDEX messages_link ON messages (link);
CREATE INDEX messages_random ON messages (owner, random_id) WHERE random_id != 0;
CREATE INDEX messages_expires ON messages (expires_at) WHERE expires_at != 0;

CREATE TABLE scheduled_messages (
  owner INTEGER NOT NULL,
  id INTEGER NOT NULL,
  peer INTEGER NOT NULL,
  from_user INTEGER NOT NULL,
  link INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  date INTEGER NOT NULL,                  -- when it falls due
  edited_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  random_id INTEGER NOT NULL,
  text TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX scheduled_messages_date ON scheduled_messages (date, peer);

CREATE TABLE settings (
  owner INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  key INTEGER NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (owner, kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE globals (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers that belong to no account: the last account id and the last link given out.
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where each account's numbering stands. No row: nothing numbered yet.
CREATE TABLE boxes (
  account INTEGER PRIMARY KEY,
  last_message INTEGER NOT NULL,
  last_scheduled INTEGER NOT NULL,
  pts INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  date INTEGER NOT NULL,                  -- of the newest update
  oldest_pts INTEGER NOT NULL,            -- the log is complete from here on
  erasures INTEGER NOT NULL,              -- messages taken out of the box so far
  logged_from INTEGER NOT NULL            -- not after any logged update; 0: the log is empty
) STRICT;
CREATE INDEX boxes_logged ON boxes (logged_from) WHERE logged_from != 0;

CREATE TABLE pts_updates (
  key INTEGER PRIMARY KEY,                -- account << 31 | pts
  pts_count INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  date INTEGER NOT NULL,
  message INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE seq_updates (
  key INTEGER PRIMARY KEY,                -- account << 31 | seq
  account INTEGER AS (key >> 31),
  kind INTEGER NOT NULL,
  date INTEGER NOT NULL,
  message INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX seq_updates_date ON seq_updates (account, date);
)sql";

}  // namespace

std::span<const Step> steps() {
  static const Step kSteps[] = {
      {1, kFirstStep},          {2, kLedgerTables},       {3, kSearchTables},      {4, kMediaTables},
      {5, kChatTables},         {6, kStickerTables},      {7, kMediaUse},          {8, kInviteTables},
      {9, kResponseTables},     {10, kNoNameIndexes},     {11, kCaseTables},       {12, kPollTables},
      {13, kStaffTables},       {14, kThreadTables},      {15, kSavedMessages},    {16, kOverviewIndexes},
      {17, kCampaignTables},    {18, kTopicTables},       {19, kMediaPrints},      {20, kEffectTables},
      {21, kReportTables},      {22, kStaffMemberTables}, {23, kBotTables},        {24, kGuardTermTables},
      {25, kSearchCountTables}, {26, kConsoleTables},     {27, kLegalTables},      {28, kTransparencyTables},
      {29, kTranslationTables}, {30, kCellProofTables},   {31, kLegalDraftTables}, {32, kGeneralThreads},
      {33, kLegalAgencyActs},   {34, kChannelBans},       {35, kLimits},           {36, kAgencyApplications}};
  return kSteps;
}

int newest_version() {
  return steps().back().version;
}

Result<int> version(Connection& db) {
  HG_ASSIGN(const auto found, db.number("PRAGMA user_version", 0));
  return static_cast<int>(found);
}

Status known(Connection& db) {
  HG_ASSIGN(const auto application, db.number("PRAGMA application_id", 0));
  HG_ASSIGN(const auto tables, db.number("SELECT count(*) FROM sqlite_schema", 0));
  if (application != kApplicationId && tables > 0) {
    return fail(Error::unavailable("STORE_FOREIGN", "The database file belongs to another program."));
  }
  HG_ASSIGN(const int have, version(db));
  if (have > newest_version()) {
    return fail(Error::unavailable(
        "STORE_TOO_NEW", "The database has format " + std::to_string(have) +
                             "; this program knows formats up to " + std::to_string(newest_version()) +
                             ". Run the newer program, or restore an older backup."));
  }
  return {};
}

Status current(Connection& db) {
  HG_TRY(known(db));
  HG_ASSIGN(const int have, version(db));
  if (have == newest_version()) return {};
  return fail(Error::unavailable("STORE_TOO_OLD", "The database has format " + std::to_string(have) +
                                                      ". Start the server once to bring it up to date."));
}

Status migrate(Connection& db) {
  return migrate(db, newest_version());
}

Status migrate(Connection& db, int target) {
  HG_TRY(known(db));
  HG_ASSIGN(int have, version(db));
  for (const auto& step : steps()) {
    if (step.version <= have || step.version > target) continue;
    const auto done = db.script("BEGIN IMMEDIATE;" + std::string(step.sql) +
                                ";PRAGMA user_version = " + std::to_string(step.version) +
                                ";PRAGMA application_id = " + std::to_string(kApplicationId) + ";COMMIT");
    if (!done) {
      if (!db.idle()) static_cast<void>(db.script("ROLLBACK"));
      return done;
    }
    have = step.version;
  }
  return {};
}

}  // namespace heliograph::store::sqlite
