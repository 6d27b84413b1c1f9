// Small per-account documents that only their service understands: privacy rules, notification settings,
// dialog filters, and the like. One table for all of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

// Also part of the stored format: do not renumber.
enum class SettingKind : std::int32_t {
  privacy = 1,        // key: privacy key number
  notify = 2,         // key: scope, or peer
  dialog_filter = 3,  // key: filter id
  filter_order = 4,   // key: 0
  default_ttl = 5,    // key: 0
  recent_peer = 6,
  global_privacy = 7,
  peer_settings = 8,  // key: peer; hidden "add contact" bar and the like
  content = 9,
  read_marks = 20,        // key: peer; when which of the owner's messages were read there
  filter_tags = 21,       // key: 0
  close_friends = 10,     // key: 0
  contact_sign_up = 11,   // key: 0; whether to be silent when a contact joins
  import_budget = 12,     // key: 0; numbers looked up today
  birthday = 13,          // key: 0
  contact_note = 14,      // key: user id of the contact
  recent_stickers = 30,   // key: 0
  faved_stickers = 31,    // key: 0
  devices = 15,           // key: 0, or the authorization hash of a device
  saved_pins = 61,        // key: 0; which saved dialogs are pinned
  takeout = 60,           // key: the authorization hash of a device
  send_as = 40,           // key: id of a supergroup; whose the owner's messages there are shown as
  group_reads = 41,       // key: id of a small group; when the owner read how far
  bot_memory = 80,        // key: id of a bot; what it keeps of the owner
  view_as_messages = 70,  // key: id of a forum; that the owner sees it as one conversation
};

struct Setting {
  std::int64_t key = 0;
  Bytes value;
};

class Settings {
 public:
  virtual ~Settings() = default;
  virtual Status put(UserId owner, SettingKind kind, std::int64_t key, ByteView value) = 0;
  virtual Result<std::optional<Bytes>> find(UserId owner, SettingKind kind, std::int64_t key) = 0;
  virtual Result<std::vector<Setting>> all(UserId owner, SettingKind kind) = 0;  // by key, ascending
  virtual Status erase(UserId owner, SettingKind kind, std::int64_t key) = 0;
  virtual Status erase_all(UserId owner) = 0;

  // Server-wide values: the data folder's format, counters, secrets already sealed.
  virtual Result<std::optional<Bytes>> find_global(std::string_view name) = 0;
  virtual Status put_global(std::string_view name, ByteView value) = 0;
};

}  // namespace heliograph::store
