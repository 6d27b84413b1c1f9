#include "api/render/notify.h"

#include "api/peers.h"
#include "api/render/peer.h"

namespace heliograph::api {

namespace {

using services::NotifyTarget;
using services::Sound;
using services::SoundKind;

tl::Box<tl::NotificationSound> render_sound(const Sound& sound) {
  switch (sound.kind) {
    case SoundKind::standard:
      break;
    case SoundKind::none:
      return tl::notificationSoundNone{};
    case SoundKind::local:
      return tl::notificationSoundLocal{.title = sound.title, .data = sound.data};
    case SoundKind::ringtone:
      return tl::notificationSoundRingtone{.id = sound.id};
  }
  return tl::notificationSoundDefault{};
}

std::optional<Sound> sound_from(const tl::Box<tl::NotificationSound>& input) {
  if (!input) return std::nullopt;
  Sound sound;
  if (input.is<tl::notificationSoundNone>()) sound.kind = SoundKind::none;
  if (const auto* local = input.get_if<tl::notificationSoundLocal>()) {
    sound.kind = SoundKind::local;
    sound.title = local->title;
    sound.data = local->data;
  }
  if (const auto* ringtone = input.get_if<tl::notificationSoundRingtone>()) {
    sound.kind = SoundKind::ringtone;
    sound.id = ringtone->id;
  }
  return sound;
}

}  // namespace

tl::Box<tl::PeerNotifySettings> render_notify_settings(const services::NotifySettings& settings) {
  tl::peerNotifySettings wire;
  wire.show_previews = settings.show_previews;
  wire.silent = settings.silent;
  wire.mute_until = settings.mute_until;
  if (settings.sound) {
    wire.ios_sound = render_sound(*settings.sound);
    wire.android_sound = render_sound(*settings.sound);
    wire.other_sound = render_sound(*settings.sound);
  }
  wire.stories_muted = settings.stories_muted;
  wire.stories_hide_sender = settings.stories_hide_sender;
  if (settings.stories_sound) {
    wire.stories_ios_sound = render_sound(*settings.stories_sound);
    wire.stories_android_sound = render_sound(*settings.stories_sound);
    wire.stories_other_sound = render_sound(*settings.stories_sound);
  }
  return wire;
}

tl::Box<tl::NotifyPeer> render_notify_target(const NotifyTarget& target) {
  switch (target.scope) {
    case NotifyTarget::Scope::users:
      return tl::notifyUsers{};
    case NotifyTarget::Scope::chats:
      return tl::notifyChats{};
    case NotifyTarget::Scope::broadcasts:
      return tl::notifyBroadcasts{};
    case NotifyTarget::Scope::peer:
      break;
  }
  if (target.topic) {
    tl::notifyForumTopic topic;
    topic.peer = render_peer(target.peer);
    topic.top_msg_id = target.topic.value;
    return topic;
  }
  tl::notifyPeer wire;
  wire.peer = render_peer(target.peer);
  return wire;
}

Task<Result<NotifyTarget>> notify_target_from(Context& context, const tl::Box<tl::InputNotifyPeer>& input) {
  using Scope = NotifyTarget::Scope;
  NotifyTarget target;
  if (input.is<tl::inputNotifyUsers>()) {
    target.scope = Scope::users;
  } else if (input.is<tl::inputNotifyChats>()) {
    target.scope = Scope::chats;
  } else if (input.is<tl::inputNotifyBroadcasts>()) {
    target.scope = Scope::broadcasts;
  } else if (const auto* peer = input.get_if<tl::inputNotifyPeer>()) {
    CO_ASSIGN(target.peer, co_await peer_from(context, peer->peer));
  } else if (const auto* topic = input.get_if<tl::inputNotifyForumTopic>()) {
    CO_ASSIGN(target.peer, co_await peer_from(context, topic->peer));
    target.topic = MessageId{topic->top_msg_id};
    if (!target.peer.is_channel()) co_return fail(Error::invalid("PEER_ID_INVALID"));
    if (topic->top_msg_id <= 0) co_return fail(Error::invalid("TOPIC_ID_INVALID"));
  } else {
    co_return fail(Error::invalid("PEER_ID_INVALID"));  // communities: there are none
  }
  co_return target;
}

Result<services::NotifySettings> notify_settings_from(const tl::Box<tl::InputPeerNotifySettings>& input) {
  const auto* wire = input.get_if<tl::inputPeerNotifySettings>();
  if (wire == nullptr) return fail(Error::invalid("SETTINGS_INVALID"));
  services::NotifySettings settings;
  settings.show_previews = wire->show_previews;
  settings.silent = wire->silent;
  settings.mute_until = wire->mute_until;
  settings.sound = sound_from(wire->sound);
  settings.stories_muted = wire->stories_muted;
  settings.stories_hide_sender = wire->stories_hide_sender;
  settings.stories_sound = sound_from(wire->stories_sound);
  return settings;
}

}  // namespace heliograph::api
