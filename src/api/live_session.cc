#include "api/live_session.h"

#include <algorithm>

#include "api/render/update.h"
#include "base/log.h"
#include "services/groups/create.h"
#include "services/updates/events.h"
#include "tl/encode.h"

namespace heliograph::api {

namespace {

constexpr std::size_t failed_max = 64;
constexpr std::size_t introduced_max = 64;

}  // namespace

void LiveSession::follow(UserId user, AuthKeyId permanent, std::int32_t layer) {
  layer_ = layer;
  permanent_ = permanent;
  if (user == user_) return;
  subscribe(false);
  user_ = user;
  queue_.clear();  // what waits is the other account's
  introduced_.clear();
  subscribe(attached_);
}

void LiveSession::attach() {
  if (attached_) return;
  attached_ = true;
  subscribe(true);
  if (user_ && detached_at_ != Monotonic{}) push_too_long();
}

void LiveSession::detach() {
  attached_ = false;
  detached_at_ = services_.environment.clock.monotonic();
  subscribe(false);
}

void LiveSession::subscribe(bool wanted) {
  if (!user_ || wanted == subscribed_) return;
  subscribed_ = wanted;
  if (wanted) {
    services_.hub.subscribe(user_, shared_from_this(), executor_);
    spawn([](std::shared_ptr<LiveSession> self) -> Task<void> {
      co_await self->follow_channels();
    }(shared_from_this()));
  } else {
    services_.hub.unsubscribe(user_, this);
    for (const auto channel : channels_) services_.hub.unsubscribe(BoxId::of(channel), this);
    channels_.clear();
    watched_.clear();
    queue_.clear();
  }
}

Task<void> LiveSession::follow_channels() {
  for (;;) {
    const auto change = changes_;
    const auto user = user_;
    auto body = [user](store::Tx& tx) { return tx.chats().chats_of(user, services::chats_per_account_max); };
    const auto chats = co_await services_.environment.store.read(std::move(body));
    if (!subscribed_ || user_ != user) co_return;
    // Somebody joined or left meanwhile: what was read may be older than that.
    if (change != changes_) continue;
    if (!chats) {
      log::warn("cannot tell which channels a session listens to: {}", chats.error().code);
      co_return;
    }
    for (const auto peer : *chats) {
      if (!peer.is_channel()) continue;
      watched_.erase(peer.channel());
      follow_channel(peer.channel(), true);
    }
    co_return;
  }
}

void LiveSession::follow_channel(ChannelId channel, bool wanted) {
  if (wanted ? !channels_.insert(channel).second : channels_.erase(channel) == 0) return;
  if (wanted) {
    services_.hub.subscribe(BoxId::of(channel), shared_from_this(), executor_);
  } else {
    services_.hub.unsubscribe(BoxId::of(channel), this);
  }
}

void LiveSession::watch(ChannelId channel) {
  const auto until = services_.environment.clock.monotonic() + watch_time;
  if (const auto found = watched_.find(channel); found != watched_.end()) {
    found->second = until;
    return;
  }
  if (channels_.contains(channel)) return;  // the account is in it
  if (watched_.size() >= watched_max) {
    const auto oldest = std::ranges::min_element(watched_, {}, [](const auto& one) { return one.second; });
    const auto dropped = oldest->first;
    watched_.erase(oldest);
    follow_channel(dropped, false);
  }
  watched_.emplace(channel, until);
  follow_channel(channel, true);
}

bool LiveSession::watched_out(ChannelId channel) {
  const auto found = watched_.find(channel);
  if (found == watched_.end() || services_.environment.clock.monotonic() <= found->second) return false;
  watched_.erase(found);
  follow_channel(channel, false);
  return true;
}

void LiveSession::end(std::int64_t msg_id, bool failed) {
  auto found = in_flight_.find(msg_id);
  if (found == in_flight_.end()) return;
  auto waiting = std::move(found->second);
  in_flight_.erase(found);
  if (failed) {
    failed_.push_back(msg_id);
    if (failed_.size() > failed_max) failed_.pop_front();
  }
  for (auto& resume : waiting) resume(!failed);
}

Task<bool> LiveSession::finished(std::int64_t msg_id) {
  if (!in_flight_.contains(msg_id)) co_return std::ranges::find(failed_, msg_id) == failed_.end();
  Completion<bool> answered([this, msg_id](Completion<bool>::Callback complete) {
    in_flight_[msg_id].push_back(std::move(complete));
  });
  co_return co_await answered;
}

void LiveSession::on_publication(const services::SharedPublication& publication) {
  // May have been under way when the account signed out or the connection went.
  const auto box = publication->update.box;
  if (!subscribed_) return;
  if (box.is_channel() ? !channels_.contains(box.channel()) : box != BoxId(user_)) return;
  if (box.is_channel() && watched_out(box.channel())) return;
  if (publication->update.kind == services::events::ChannelWatched::kind) {
    const auto event = decode<services::events::ChannelWatched>(publication->update.body);
    if (event) watch(event->channel.channel());
    return;
  }
  if (publication->update.kind == store::UpdateKind::chat) {
    const auto event = decode<services::events::ChatChanged>(publication->update.body);
    if (event && event->chat.is_channel()) {
      watched_.erase(event->chat.channel());
      follow_channel(event->chat.channel(), event->in);
    }
    ++changes_;
  }
  // In the pts box the origin learns its pts from the answer of its call. The seq box has no such answer, so
  // there everybody is told, and seq stays without gaps.
  const bool own = publication->origin_key == permanent_ && publication->origin_session == session_;
  if (own && publication->update.seq == 0) return;
  if (queue_.size() >= queue_max) {
    queue_.clear();
    push_too_long();
    return;
  }
  queue_.push_back(publication);
  if (!draining_) {
    draining_ = true;
    spawn(
        [](std::shared_ptr<LiveSession> self) -> Task<void> { co_await self->drain(); }(shared_from_this()));
  }
}

Task<void> LiveSession::drain() {
  while (!queue_.empty()) {
    const auto publication = std::move(queue_.front());
    queue_.pop_front();
    // The device may have been ended from another one; the connection is closed for that, but a client that
    // comes back before its next request must not hear anything either.
    if (const auto info = co_await services_.keys.info(wire_key_); info && info->user != user_) {
      follow({}, permanent_, layer_);
      break;
    }
    const auto viewer = user_;
    RenderedUpdates rendered = co_await render_publication(services_, viewer, *publication, introduced_);
    if (user_ != viewer) continue;  // signed out meanwhile
    if (!rendered.updates) continue;
    for (const auto user : rendered.introduced) {
      if (std::ranges::find(introduced_, user) != introduced_.end()) continue;
      if (introduced_.size() >= introduced_max) introduced_.erase(introduced_.begin());
      introduced_.push_back(user);
    }
    Bytes out;
    if (const auto encoded = tl::encode_to(out, rendered.updates, layer_); !encoded) {
      log::warn("an update of kind {} cannot be expressed in layer {}: {}",
                static_cast<int>(publication->update.kind), layer_, encoded.error().message);
      if (publication->update.pts != 0) push_too_long();
      continue;
    }
    sessions_.push(wire_key_, session_, std::move(out));
  }
  draining_ = false;
}

void LiveSession::push_too_long() {
  Bytes out;
  append_le<std::uint32_t>(out, 0xe317af7e);  // updatesTooLong
  sessions_.push(wire_key_, session_, std::move(out));
}

}  // namespace heliograph::api
