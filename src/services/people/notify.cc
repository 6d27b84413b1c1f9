#include "services/people/notify.h"

#include "services/groups/forum.h"
#include "services/updates/events.h"

namespace heliograph::services {

using store::SettingKind;

namespace {
// Keys: the scope's number for a scope; the peer's kind in the top byte and its id below for a peer.
constexpr int kind_shift = 56;

using Note = store::Threads::Note;

Status put_of_topic(store::Tx& tx, const Caller& caller, UnixSeconds now, const NotifyTarget& target,
                    const NotifySettings& settings) {
  const auto value = settings.empty() ? Bytes() : encode(settings);
  HG_TRY(tx.threads().set_note(caller.user, BoxId::of(target.peer.channel()), target.topic, Note::notify,
                               value));
  HG_TRY(
      append_event(tx, caller, caller.user, now, events::NotifySettingsChanged{target.key(), target.topic}));
  return {};
}

// Topics are exceptions like any others: there is no room for any number of them.
Status check_room(store::Tx& tx, UserId owner, const NotifyTarget& target) {
  HG_ASSIGN(const auto before, notify_settings(tx, owner, target));
  if (!before.empty()) return {};
  HG_ASSIGN(const auto all, tx.threads().notes(owner, Note::notify));
  if (all.size() >= Notify::exceptions_max) return fail(Error::invalid("SETTINGS_INVALID"));
  return {};
}
}  // namespace

std::int64_t NotifyTarget::key() const {
  if (scope != Scope::peer) return static_cast<std::int64_t>(scope);
  return static_cast<std::int64_t>(peer.kind) << kind_shift | peer.id;
}

NotifyTarget NotifyTarget::from_key(std::int64_t key) {
  const auto kind = key >> kind_shift;
  if (kind == 0) return {static_cast<Scope>(key), {}};
  return {Scope::peer, {static_cast<PeerKind>(kind), key & ((std::int64_t{1} << kind_shift) - 1)}};
}

Result<NotifySettings> notify_settings(store::Tx& tx, UserId owner, const NotifyTarget& target) {
  if (target.topic) {
    HG_ASSIGN(const auto noted,
              tx.threads().note(owner, BoxId::of(target.peer.channel()), target.topic, Note::notify));
    return noted.empty() ? NotifySettings{} : decode<NotifySettings>(noted);
  }
  HG_ASSIGN(const auto stored, tx.settings().find(owner, SettingKind::notify, target.key()));
  if (!stored) return NotifySettings{};
  return decode<NotifySettings>(*stored);
}

Task<Result<NotifySettings>> Notify::get(UserId owner, NotifyTarget target) const {
  auto read = [=](store::Tx& tx) { return notify_settings(tx, owner, target); };
  co_return co_await environment_.store.read(std::move(read));
}

Task<Status> Notify::set(Caller caller, NotifyTarget target, NotifySettings settings) {
  for (const auto& sound : {settings.sound, settings.stories_sound}) {
    if (sound && (sound->title.size() > text_max || sound->data.size() > text_max)) {
      co_return fail(Error::invalid("SETTINGS_INVALID"));
    }
  }
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    const auto key = target.key();
    if (target.topic) {
      HG_ASSIGN(const auto forum, open_forum(tx, caller.user, target.peer, now));
      HG_TRY(find_topic(tx, forum, target.topic));
      if (!settings.empty()) HG_TRY(check_room(tx, caller.user, target));
      return put_of_topic(tx, caller, now, target, settings);
    }
    if (settings.empty()) {
      HG_TRY(tx.settings().erase(caller.user, SettingKind::notify, key));
    } else {
      HG_ASSIGN(const auto before, tx.settings().find(caller.user, SettingKind::notify, key));
      if (!before) {
        HG_ASSIGN(const auto all, tx.settings().all(caller.user, SettingKind::notify));
        if (all.size() >= exceptions_max) return fail(Error::invalid("SETTINGS_INVALID"));
      }
      HG_TRY(tx.settings().put(caller.user, SettingKind::notify, key, encode(settings)));
    }
    HG_TRY(append_event(tx, caller, caller.user, now, events::NotifySettingsChanged{key, {}}));
    return {};
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Result<std::vector<Notify::Exception>>> Notify::exceptions(UserId owner) const {
  auto read = [=](store::Tx& tx) -> Result<std::vector<Exception>> {
    HG_ASSIGN(const auto stored, tx.settings().all(owner, SettingKind::notify));
    std::vector<Exception> exceptions;
    for (const auto& setting : stored) {
      const auto target = NotifyTarget::from_key(setting.key);
      if (target.scope != NotifyTarget::Scope::peer) continue;
      HG_ASSIGN(auto settings, decode<NotifySettings>(setting.value));
      exceptions.push_back({target.peer, std::move(settings)});
    }
    return exceptions;
  };
  co_return co_await environment_.store.read(std::move(read));
}

Task<Status> Notify::reset(Caller caller) {
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto stored, tx.settings().all(caller.user, SettingKind::notify));
    for (const auto& setting : stored) {
      HG_TRY(tx.settings().erase(caller.user, SettingKind::notify, setting.key));
      HG_TRY(append_event(tx, caller, caller.user, now, events::NotifySettingsChanged{setting.key, {}}));
    }
    HG_ASSIGN(const auto topics, tx.threads().notes(caller.user, Note::notify));
    for (const auto& noted : topics) {
      NotifyTarget target;
      target.peer = Peer::of(noted.box.channel());
      target.topic = noted.top;
      HG_TRY(put_of_topic(tx, caller, now, target, {}));
    }
    return {};
  };
  co_return co_await environment_.store.write(std::move(write));
}

}  // namespace heliograph::services
