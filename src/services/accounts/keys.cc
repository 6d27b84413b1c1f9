#include "services/accounts/keys.h"

#include <algorithm>

#include "services/accounts/authorize.h"
#include "services/accounts/device_settings.h"
#include "services/moderation/limited.h"

namespace heliograph::services {
namespace {

Bytes key_context(std::string_view column, AuthKeyId id) {
  Bytes about = to_bytes(as_bytes(column));
  append_le(about, id.value);
  return about;
}

KeyInfo info_of(const store::AuthKey& key) {
  KeyInfo info;
  info.permanent = key.id;
  info.user = key.password_pending ? UserId{} : key.user;
  info.pending_user = key.password_pending ? key.user : UserId{};
  info.client = client_of(key);
  return info;
}

}  // namespace

ClientInfo client_of(const store::AuthKey& key) {
  ClientInfo client;
  client.layer = key.layer;
  client.api_id = key.api_id;
  client.device_model = key.device_model;
  client.system_version = key.system_version;
  client.app_version = key.app_version;
  client.lang_code = key.lang_code;
  return client;
}

Bytes seal_ip(const Environment& environment, AuthKeyId key, std::string_view ip) {
  if (ip.empty()) return {};
  return environment.sealer.seal(as_bytes(ip), key_context("auth_key.ip/", key), environment.random);
}

std::string open_ip(const Environment& environment, const store::AuthKey& key) {
  if (key.ip_sealed.empty()) return {};
  const auto opened = environment.sealer.open(key.ip_sealed, key_context("auth_key.ip/", key.id));
  return opened ? std::string(as_text(*opened)) : std::string{};
}

Result<Bytes> KeyRing::unseal(const store::AuthKey& key) const {
  return environment_.sealer.open(key.key_sealed, key_context("auth_key.key/", key.id));
}

KeyRing::Lookup KeyRing::lookup(AuthKeyId id) {
  auto& s = shard(id);
  std::lock_guard lock(s.mutex);
  const auto found = s.by_id.find(id);
  if (found == s.by_id.end()) return {std::nullopt, s.generation};
  s.order.splice(s.order.begin(), s.order, found->second);
  return {*found->second, s.generation};
}

void KeyRing::keep(const Entry& entry, std::uint64_t generation) {
  auto& s = shard(entry.id);
  std::lock_guard lock(s.mutex);
  if (s.generation != generation) return;
  if (const auto found = s.by_id.find(entry.id); found != s.by_id.end()) {
    *found->second = entry;
    return;
  }
  s.order.push_front(entry);
  s.by_id[entry.id] = s.order.begin();
  if (s.order.size() > cached_max / shards_.size()) {
    s.by_id.erase(s.order.back().id);
    s.order.pop_back();
  }
}

void KeyRing::forget(AuthKeyId id) {
  auto& s = shard(id);
  std::lock_guard lock(s.mutex);
  ++s.generation;
  if (const auto found = s.by_id.find(id); found != s.by_id.end()) {
    s.order.erase(found->second);
    s.by_id.erase(found);
  }
}

Task<Status> KeyRing::refresh(AuthKeyId id) {
  forget(id);
  CO_TRY(co_await entry(id));
  co_return Status{};
}

Task<Result<std::optional<store::AuthKey>>> KeyRing::find(AuthKeyId id) {
  auto body = [id](store::Tx& tx) { return tx.auth_keys().find(id); };
  co_return co_await environment_.store.read(body);
}

bool KeyRing::idle_too_long(const Entry& entry) const {
  return entry.idle_max != 0 && entry.touched_at + entry.idle_max <= environment_.clock.unix_seconds();
}

Task<Status> KeyRing::sign_out_idle(AuthKeyId id) {
  auto body = [id](store::Tx& tx) { return deauthorize(tx, id); };
  CO_TRY(co_await environment_.store.write(body));
  forget(id);
  co_return Status{};
}

Task<Result<std::optional<KeyRing::Entry>>> KeyRing::entry(AuthKeyId id) {
  for (;;) {
    auto known = lookup(id);
    if (!known.entry) {
      struct Row {
        std::optional<store::AuthKey> key;
        DeviceSettings devices;
        std::optional<store::Account> account;
      };
      auto body = [id](store::Tx& tx) -> Result<Row> {
        Row row;
        HG_ASSIGN(row.key, tx.auth_keys().find(id));
        if (row.key && row.key->user) {
          HG_ASSIGN(row.devices, find_device_setting<DeviceSettings>(tx, row.key->user, 0));
          HG_ASSIGN(row.account, tx.accounts().find(row.key->user));
        }
        return row;
      };
      CO_ASSIGN(const auto row, co_await environment_.store.read(body));
      if (!row.key) co_return std::optional<Entry>{};
      Entry fresh;
      fresh.id = id;
      fresh.expires_at = row.key->expires_at;
      fresh.bound_to = row.key->bound_to;
      if (row.key->expires_at == 0) {
        fresh.info = info_of(*row.key);
        if (row.account && limit_of(*row.account) == safety::Limit::freeze) {
          fresh.info.frozen_until = row.account->limited_until;
          fresh.info.frozen_since = row.account->limited_since;
        }
        fresh.touched_at = row.key->active_at;
        fresh.idle_max = row.key->user ? UnixSeconds{row.devices.ttl_days} * 86400 : 0;
        fresh.ip_hash = std::hash<std::string>{}(open_ip(environment_, *row.key));
      }
      keep(fresh, known.generation);
      known.entry = std::move(fresh);
    }
    const auto expires_at = known.entry->expires_at;
    if (expires_at != 0 && expires_at <= environment_.clock.unix_seconds()) co_return std::optional<Entry>{};
    if (!idle_too_long(*known.entry)) co_return std::move(known.entry);
    CO_TRY(co_await sign_out_idle(id));
  }
}

Task<Result<std::optional<LoadedKey>>> KeyRing::load(AuthKeyId id) {
  CO_ASSIGN(const auto key, co_await find(id));
  if (!key) co_return std::optional<LoadedKey>{};
  if (key->expires_at != 0 && key->expires_at <= environment_.clock.unix_seconds()) {
    co_return std::optional<LoadedKey>{};
  }
  LoadedKey loaded;
  CO_ASSIGN(loaded.key, unseal(*key));
  loaded.expires_at = key->expires_at;
  loaded.bound_to = key->bound_to;
  co_return std::optional<LoadedKey>{std::move(loaded)};
}

Task<Status> KeyRing::save(NewAuthKey key) {
  store::AuthKey row;
  row.id = key.id;
  row.key_sealed =
      environment_.sealer.seal(key.key, key_context("auth_key.key/", key.id), environment_.random);
  row.created_at = row.active_at = environment_.clock.unix_seconds();
  row.expires_at = key.expires_at;
  crypto::wipe(key.key);
  auto body = [row](store::Tx& tx) { return tx.auth_keys().put(row); };
  CO_TRY(co_await environment_.store.write(body));
  forget(row.id);
  co_return Status{};
}

Task<Status> KeyRing::erase(AuthKeyId id) {
  auto body = [id](store::Tx& tx) -> Result<std::vector<AuthKeyId>> {
    HG_ASSIGN(auto gone, tx.auth_keys().temporary_of(id));
    HG_TRY(tx.auth_keys().erase(id));
    gone.push_back(id);
    return gone;
  };
  CO_ASSIGN(const auto gone, co_await environment_.store.write(body));
  for (const auto key : gone) forget(key);
  co_return Status{};
}

std::optional<KeyInfo> KeyRing::cached(AuthKeyId wire_key) {
  const auto known = lookup(wire_key);
  if (!known.entry) return std::nullopt;
  if (known.entry->expires_at == 0) {
    if (idle_too_long(*known.entry)) return std::nullopt;
    return known.entry->info;
  }
  if (known.entry->expires_at <= environment_.clock.unix_seconds()) return std::nullopt;
  if (!known.entry->bound_to) return KeyInfo{};
  const auto permanent = lookup(known.entry->bound_to);
  if (!permanent.entry || idle_too_long(*permanent.entry)) return std::nullopt;
  return permanent.entry->info;
}

Task<Result<KeyInfo>> KeyRing::info(AuthKeyId wire_key) {
  if (auto known = cached(wire_key)) co_return std::move(*known);
  CO_ASSIGN(auto found, co_await entry(wire_key));
  if (found && found->expires_at != 0) {
    if (!found->bound_to) co_return KeyInfo{};
    const AuthKeyId permanent = found->bound_to;
    CO_ASSIGN(found, co_await entry(permanent));
  }
  if (!found)
    co_return fail(Error::unauthorized("AUTH_KEY_INVALID", "The key is not known; make a new one."));
  co_return std::move(found->info);
}

Task<Status> KeyRing::remember(AuthKeyId permanent, ClientInfo client) {
  CO_ASSIGN(const auto known, co_await entry(permanent));
  if (!known || known->info.client == client) co_return Status{};
  auto body = [permanent, client](store::Tx& tx) -> Status {
    HG_ASSIGN(auto key, tx.auth_keys().find(permanent));
    if (!key) return {};
    key->layer = client.layer;
    key->api_id = client.api_id;
    key->device_model = client.device_model;
    key->system_version = client.system_version;
    key->app_version = client.app_version;
    key->lang_code = client.lang_code;
    return tx.auth_keys().put(*key);
  };
  CO_TRY(co_await environment_.store.write(body));
  forget(permanent);
  co_return Status{};
}

Task<Status> KeyRing::touch(AuthKeyId permanent, std::string ip) {
  auto known = lookup(permanent);
  const auto now = environment_.clock.unix_seconds();
  const auto ip_hash = std::hash<std::string>{}(ip);
  if (!known.entry || (known.entry->touched_at + touch_interval > now && known.entry->ip_hash == ip_hash)) {
    co_return Status{};
  }
  known.entry->touched_at = now;
  known.entry->ip_hash = ip_hash;
  keep(*known.entry, known.generation);
  auto body = [permanent, now, sealed = seal_ip(environment_, permanent, ip)](store::Tx& tx) {
    return tx.auth_keys().touch(permanent, now, sealed);
  };
  co_return co_await environment_.store.write(body);
}

Task<Status> KeyRing::bind(BindRequest request) {
  const auto now = environment_.clock.unix_seconds();
  if (request.expires_at <= now || request.expires_at > now + temporary_lifetime_max) {
    co_return fail(
        Error::invalid("EXPIRES_AT_INVALID", "The key must expire in the future, within seven days."));
  }
  CO_ASSIGN(const auto permanent, co_await find(request.permanent));
  const auto refused = Error::invalid("ENCRYPTED_MESSAGE_INVALID", "The message does not prove both keys.");
  if (!permanent || permanent->expires_at != 0) co_return fail(refused);
  CO_ASSIGN(auto secret, unseal(*permanent));
  const auto message = open_(secret, request.encrypted_message);
  crypto::wipe(secret);
  if (!message) co_return fail(refused);
  // All of it must say the same as the request around it. That includes the msg_id ("the same msg_id that
  // will be used for the request", core.telegram.org/method/auth.bindTempAuthKey): it ties the proof to this
  // one message, so a client that sends the request anew makes the proof anew.
  if (message->msg_id != request.msg_id || message->nonce != request.nonce ||
      message->temporary != request.temporary || message->permanent != request.permanent ||
      message->session != request.session || message->expires_at != request.expires_at) {
    co_return fail(refused);
  }
  auto body = [temporary_id = request.temporary, permanent_id = request.permanent,
               expires_at = request.expires_at](store::Tx& tx) -> Status {
    HG_ASSIGN(auto key, tx.auth_keys().find(temporary_id));
    if (!key || key->expires_at == 0) {
      return fail(Error::invalid("TEMP_AUTH_KEY_EMPTY", "Only a temporary key can be bound."));
    }
    if (key->bound_to && key->bound_to != permanent_id) {
      return fail(Error::invalid("TEMP_AUTH_KEY_ALREADY_BOUND", "The key is bound to another one."));
    }
    HG_ASSIGN(const auto still_there, tx.auth_keys().find(permanent_id));
    if (!still_there) return fail(Error::invalid("ENCRYPTED_MESSAGE_INVALID"));
    key->bound_to = permanent_id;
    key->expires_at = std::min(key->expires_at, expires_at);
    return tx.auth_keys().put(*key);
  };
  CO_TRY(co_await environment_.store.write(body));
  forget(request.temporary);
  co_return Status{};
}

Task<Result<std::vector<AuthKeyId>>> KeyRing::drop_temporary(AuthKeyId permanent,
                                                             std::vector<AuthKeyId> except) {
  auto body = [permanent, except = std::move(except)](store::Tx& tx) -> Result<std::vector<AuthKeyId>> {
    HG_ASSIGN(auto keys, tx.auth_keys().temporary_of(permanent));
    std::erase_if(keys, [&](AuthKeyId key) { return std::ranges::find(except, key) != except.end(); });
    for (const auto key : keys) HG_TRY(tx.auth_keys().erase(key));
    return keys;
  };
  CO_ASSIGN(auto gone, co_await environment_.store.write(body));
  for (const auto key : gone) forget(key);
  co_return gone;
}

Task<Result<std::size_t>> KeyRing::sweep() {
  const auto now = environment_.clock.unix_seconds();
  auto body = [now](store::Tx& tx) { return tx.auth_keys().erase_stale(now, now - 7 * 86400, 1000); };
  co_return co_await environment_.store.write(body);
}

}  // namespace heliograph::services
