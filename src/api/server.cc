#include "api/server.h"

#include <algorithm>

#include "api/errors.h"
#include "api/frozen.h"
#include "base/log.h"
#include "legal/journal/journal.h"
#include "services/moderation/limited.h"
#include "tl/core_m.h"
#include "tl/fn_core.h"
#include "tl/fn_upload.h"
#include "tl/gzip.h"
#include "tl/schema.h"

namespace heliograph::api {

namespace {

// A session without a connection is forgotten after this; longer than the gateway keeps its side.
constexpr auto detached_lifetime = std::chrono::minutes(20);
constexpr int wrappers_max = 8;
// The same as for a request that is packed as a whole (mtproto/session_limits.h).
constexpr std::size_t unpacked_max = 1 << 20;

}  // namespace

void register_all(Methods& methods) {
  register_help(methods);
  register_auth(methods);
  register_account(methods);
  register_account_security(methods);
  register_users(methods);
  register_typing(methods);
  register_contacts(methods);
  register_chats(methods);
  register_channels(methods);
  register_invites(methods);
  register_admin_log(methods);
  register_messages(methods);
  register_dialogs(methods);
  register_updates(methods);
  register_upload(methods);
  register_photos(methods);
  register_stickers(methods);
  register_reports(methods);
  register_search(methods);
  register_takeout(methods);
}

Server::Server(services::Services& services, Sessions& sessions, Facts facts, CallRates rates)
    : services_(services), sessions_(sessions), facts_(std::move(facts)), rates_(rates) {
  register_all(methods_);
}

Server::~Server() {
  for (auto& shard : shards_) {
    for (auto& [name, slot] : shard.sessions) slot.live->follow({}, {}, 0);
  }
}

Task<Bytes> Server::handle(Call call) {
  const auto session = live(call.key, call.session);
  session->begin(call.msg_id);
  auto result = co_await answer(call, *session);
  session->end(call.msg_id, !result);
  if (!result) {
    const auto& error = result.error();
    if (error.kind == ErrorKind::internal) log::error("a call failed: {} {}", error.code, error.message);
    co_return encode_error(error);
  }
  co_return std::move(*result);
}

std::size_t Server::answer_bytes(ByteView body) const {
  // Looked for, not decoded: whatever wrappers are around it, upload.getFile ends with its limit. A request
  // that only looks like one loses nothing but its turn.
  const auto id = [&](std::size_t at) { return load_le<std::uint32_t>(body.data() + at); };
  if (body.size() < 8 || id(0) == tl::fn::upload::saveFilePart::kId ||
      id(0) == tl::fn::upload::saveBigFilePart::kId) {
    return 0;
  }
  for (std::size_t at = 0; at + 4 <= body.size(); at += 4) {
    if (id(at) != tl::fn::upload::getFile::kId) continue;
    const auto limit = load_le<std::int32_t>(body.data() + body.size() - 4);
    return static_cast<std::size_t>(std::clamp(limit, 4096, 1 << 20));
  }
  return 0;
}

Task<Result<Bytes>> Server::answer(Call& call, LiveSession& session) {
  CO_ASSIGN(services::KeyInfo info, co_await services_.keys.info(call.key));
  Wrapping wrapping;
  CO_ASSIGN(tl::Request request, unwrap(call.body, wrapping));
  if (wrapping.layer != 0) {
    if (wrapping.layer < tl::min_layer()) {
      co_return fail(Error::invalid("CONNECTION_LAYER_INVALID", "This client is too old for this server."));
    }
    services::ClientInfo client = wrapping.client ? *wrapping.client : info.client;
    client.layer = wrapping.layer;
    if (client != info.client) {
      info.client = client;
      if (info.permanent) CO_TRY(co_await services_.keys.remember(info.permanent, std::move(client)));
    }
  }
  // Said nothing yet (or speaks a layer newer than ours): the newest we know.
  const auto layer = info.client.layer == 0 ? tl::max_layer() : tl::serving_layer(info.client.layer);

  const Method* method = methods_.find(request.index());
  if (method == nullptr) {
    log::info("not implemented: {}", request.name());
    co_return fail(Error::invalid("METHOD_NOT_IMPLEMENTED", "This server does not serve this method."));
  }
  CO_TRY(check_access(*method, info));
  const bool frozen = info.user && info.frozen_until > services_.environment.clock.unix_seconds();
  if (frozen && !frozen_may(request.name())) co_return fail(services::frozen_error());
  CO_TRY(check_rate(info, call, wrapping.takeout_id.has_value()));
  // Where the device list has its addresses and times from; a call does not fail for it.
  if (info.user) {
    const auto touched = co_await services_.keys.touch(info.permanent, call.ip);
    if (!touched) log::warn("cannot note the activity of a key: {}", touched.error().code);
    if (services_.journal != nullptr) {
      const auto seen = co_await services_.journal->seen(info.user, info.permanent, call.ip, call.port);
      // Without a ceremony there is no journal; `heliograph journal status` says so.
      if (!seen && seen.error().code != "JOURNAL_KEY_MISSING") {
        log::warn("cannot write down a session: {}", seen.error().code);
      }
    }
  }
  if (!info.user || !wrapping.without_updates) session.follow(info.user, info.permanent, layer);
  for (const auto earlier : wrapping.after) {
    // Only what came before can be waited for: so nobody waits for itself, nor two for each other, without
    // end.
    if (earlier >= call.msg_id || !co_await session.finished(earlier)) {
      co_return fail(Error::invalid("MSG_WAIT_FAILED", "The request this one was to follow has failed."));
    }
  }

  Context context{services_,  facts_, {info.user, info.permanent, call.session, frozen},
                  call.key,   layer,  std::move(call.ip),
                  call.msg_id};
  context.within = wrapping.within;
  if (wrapping.takeout_id) {
    if (!info.user) co_return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED", "Sign in first."));
    context.takeout_id = *wrapping.takeout_id;
    CO_ASSIGN(context.takeout, co_await services_.takeouts.find(context.caller, context.takeout_id));
  }
  Bytes out;
  CO_TRY(co_await method->run(context, request, out));

  // Signing in or out changes whom the session listens for.
  const auto after = co_await services_.keys.info(call.key);
  const auto user = after ? after->user : UserId{};
  if (user != info.user && (!user || !wrapping.without_updates)) {
    session.follow(user, info.permanent, layer);
  }
  co_return out;
}

Result<tl::Request> Server::unwrap(ByteView body, Wrapping& wrapping) {
  Bytes unpacked;
  for (int depth = 0; depth < wrappers_max; ++depth) {
    if (tl::is_gzip_packed(body)) {
      // Some clients pack the request and then wrap it.
      if (!unpacked.empty()) break;
      HG_ASSIGN(unpacked, tl::unpack_gzip_packed(body, unpacked_max));
      body = unpacked;
    }
    HG_ASSIGN(auto request, tl::decode_request(body));
    // What a wrapper holds is the rest of the input, which outlives the loop.
    if (auto* with_layer = request.get_if<tl::fn::invokeWithLayer>()) {
      wrapping.layer = with_layer->layer;
      body = body.last(with_layer->query.size());
    } else if (auto* init = request.get_if<tl::fn::initConnection>()) {
      wrapping.client = services::ClientInfo{0,
                                             init->api_id,
                                             std::move(init->device_model),
                                             std::move(init->system_version),
                                             std::move(init->app_version),
                                             std::move(init->lang_code)};
      body = body.last(init->query.size());
    } else if (auto* after = request.get_if<tl::fn::invokeAfterMsg>()) {
      wrapping.after.push_back(after->msg_id);
      body = body.last(after->query.size());
    } else if (auto* after_all = request.get_if<tl::fn::invokeAfterMsgs>()) {
      wrapping.after.insert(wrapping.after.end(), after_all->msg_ids.begin(), after_all->msg_ids.end());
      body = body.last(after_all->query.size());
    } else if (auto* quiet = request.get_if<tl::fn::invokeWithoutUpdates>()) {
      wrapping.without_updates = true;
      body = body.last(quiet->query.size());
    } else if (auto* range = request.get_if<tl::fn::invokeWithMessagesRange>()) {
      if (const auto* wire = range->range.get_if<tl::messageRange>()) {
        wrapping.within = WithinRange{MessageId{wire->min_id}, MessageId{wire->max_id}};
      }
      body = body.last(range->query.size());
    } else if (auto* takeout = request.get_if<tl::fn::invokeWithTakeout>()) {
      wrapping.takeout_id = takeout->takeout_id;
      body = body.last(takeout->query.size());
    } else {
      return request;
    }
  }
  return fail(Error::invalid("INPUT_REQUEST_TOO_DEEP", "Too many wrappers around one request."));
}

Status Server::check_access(const Method& method, const services::KeyInfo& info) const {
  if (method.access == Access::anyone || info.user) return {};
  if (info.pending_user) {
    return fail(
        Error::unauthorized("SESSION_PASSWORD_NEEDED", "Give the two-step verification password first."));
  }
  if (!info.permanent) {
    return fail(
        Error::unauthorized("AUTH_KEY_PERM_EMPTY", "Bind this temporary key to a permanent one first."));
  }
  return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED", "Sign in first."));
}

// An export asks for everything as fast as it can: it must not use up what the account's other devices need.
Status Server::check_rate(const services::KeyInfo& info, const Call& call, bool exporting) {
  if (info.user) {
    return services_.limits.take(exporting ? "call-export" : "call", std::to_string(info.user.value),
                                 rates_.per_account);
  }
  return services_.limits.take("call-unsigned", std::to_string(call.key.value), rates_.per_key_unsigned);
}

std::shared_ptr<LiveSession> Server::live(AuthKeyId key, SessionId session) {
  auto& shard = shards_[std::hash<AuthKeyId>{}(key) % shards_.size()];
  std::lock_guard lock(shard.mutex);
  auto& slot = shard.sessions[{key, session}];
  if (!slot.live) {
    slot.executor = Executor::current();
    HG_ASSERT(slot.executor != nullptr);
    slot.live = std::make_shared<LiveSession>(services_, sessions_, key, session, *slot.executor);
  }
  return slot.live;
}

void Server::session_attached(AuthKeyId key, SessionId session) {
  live(key, session)->attach();
}

void Server::session_detached(AuthKeyId key, SessionId session) {
  const auto gone = live(key, session);
  gone->detach();
  if (gone->user()) spawn(services_.presence.disconnected(gone->user()));
}

Task<bool> Server::destroy_key(AuthKeyId key) {
  const auto erased = co_await services_.keys.erase(key);
  if (!erased) log::warn("destroy_auth_key failed: {}", erased.error().code);
  co_return erased.has_value();
}

void Server::sweep() {
  const auto now = services_.environment.clock.monotonic();
  for (auto& shard : shards_) {
    std::vector<std::shared_ptr<LiveSession>> gone;
    {
      std::lock_guard lock(shard.mutex);
      std::erase_if(shard.sessions, [&](auto& entry) {
        auto& slot = entry.second;
        if (slot.executor != Executor::current() || slot.live->attached() ||
            now - slot.live->detached_at() < detached_lifetime) {
          return false;
        }
        gone.push_back(std::move(slot.live));
        return true;
      });
    }
    for (const auto& session : gone) session->follow({}, {}, 0);
  }
}

}  // namespace heliograph::api
