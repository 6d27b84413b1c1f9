// Notification settings: kept for the clients, which do the notifying.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/codec.h"
#include "services/caller.h"
#include "services/environment.h"
#include "store/tx.h"

namespace heliograph::services {

// Part of the stored format: do not renumber.
enum class SoundKind : std::uint8_t { standard = 0, none = 1, local = 2, ringtone = 3 };

struct Sound {
  SoundKind kind = SoundKind::standard;
  std::string title, data;  // local
  std::int64_t id = 0;      // ringtone
  void fields(auto& codec) { codec(kind, title, data, id); }
  bool operator==(const Sound&) const = default;
};

// What is not set falls back to the scope's settings, or to the client's own.
struct NotifySettings {
  std::optional<bool> show_previews;
  std::optional<bool> silent;
  std::optional<std::int32_t> mute_until;
  std::optional<Sound> sound;
  std::optional<bool> stories_muted;
  std::optional<bool> stories_hide_sender;
  std::optional<Sound> stories_sound;
  void fields(auto& codec) {
    codec(show_previews, silent, mute_until, sound, stories_muted, stories_hide_sender, stories_sound);
  }
  bool empty() const { return *this == NotifySettings{}; }
  bool operator==(const NotifySettings&) const = default;
};

// Of one dialog, of a topic of a forum, or of all of a kind.
struct NotifyTarget {
  enum class Scope : std::uint8_t { peer = 0, users = 1, chats = 2, broadcasts = 3 };
  Scope scope = Scope::peer;
  Peer peer;
  MessageId topic = {};  // of the forum `peer`; 0: the dialog

  // As the settings table and events::NotifySettingsChanged have it, which have the topic apart.
  std::int64_t key() const;
  static NotifyTarget from_key(std::int64_t key);
  bool operator==(const NotifyTarget&) const = default;
};

Result<NotifySettings> notify_settings(store::Tx& tx, UserId owner, const NotifyTarget& target);

// Thread-safe.
class Notify {
 public:
  static constexpr std::size_t text_max = 256;  // bytes of a local sound's names
  static constexpr std::size_t exceptions_max = 1'000;

  explicit Notify(const Environment& environment) : environment_(environment) {}

  Task<Result<NotifySettings>> get(UserId owner, NotifyTarget target) const;
  // Replaces them; empty settings are no exception any more. invalid SETTINGS_INVALID; of a topic as
  // open_forum and find_topic.
  Task<Status> set(Caller caller, NotifyTarget target, NotifySettings settings);
  struct Exception {
    Peer peer;
    NotifySettings settings;
  };
  // The dialogs with settings of their own.
  Task<Result<std::vector<Exception>>> exceptions(UserId owner) const;
  // Back to how a new account has it.
  Task<Status> reset(Caller caller);

 private:
  const Environment& environment_;
};

}  // namespace heliograph::services
