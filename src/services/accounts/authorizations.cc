#include "services/accounts/authorizations.h"

#include <algorithm>

#include "services/accounts/authorize.h"
#include "services/accounts/device_settings.h"

namespace heliograph::services {
namespace {

using store::SettingKind;

Error too_fresh() {
  return Error::not_acceptable("FRESH_RESET_AUTHORISATION_FORBIDDEN",
                               "A new device may not end older ones for its first day.");
}

// A thief who has just got in must not be able to lock the owner out.
bool may_end(const store::AuthKey& own, const store::AuthKey& other, UnixSeconds now) {
  return own.signed_in_at + Authorizations::fresh <= now || other.signed_in_at >= own.signed_in_at;
}

Status end_device(store::Tx& tx, const store::AuthKey& device, std::vector<AuthKeyId>& closed) {
  HG_TRY(tx.settings().erase(device.user, SettingKind::devices, device.authorization_hash));
  HG_ASSIGN(const auto keys, deauthorize(tx, device.id));
  closed.insert(closed.end(), keys.begin(), keys.end());
  return {};
}

// The caller's devices with the caller's own in front.
Result<std::vector<store::AuthKey>> devices_of(store::Tx& tx, const Caller& caller) {
  HG_ASSIGN(auto devices, tx.auth_keys().of_user(caller.user));
  const auto own = std::ranges::find(devices, caller.key, &store::AuthKey::id);
  if (own != devices.end()) std::rotate(devices.begin(), own, own + 1);
  if (devices.empty() || devices.front().id != caller.key) {
    return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
  }
  return devices;
}

}  // namespace

Result<std::vector<AuthKeyId>> deauthorize_all(store::Tx& tx, UserId user, AuthKeyId except) {
  std::vector<AuthKeyId> closed;
  HG_ASSIGN(const auto devices, tx.auth_keys().of_user(user));
  for (const auto& device : devices) {
    if (device.id != except) HG_TRY(end_device(tx, device, closed));
  }
  return closed;
}

void Authorizations::close(const std::vector<AuthKeyId>& keys) {
  for (const auto key : keys) keys_.forget(key);
  for (const auto key : keys) devices_.close(key);
}

Task<Result<DeviceList>> Authorizations::list(Caller caller) {
  struct Row {
    store::AuthKey key;
    DeviceChoices choices;
  };
  struct Rows {
    std::vector<Row> devices;
    std::int32_t ttl_days = 0;
  };
  auto body = [caller](store::Tx& tx) -> Result<Rows> {
    Rows rows;
    HG_ASSIGN(const auto settings, find_device_setting<DeviceSettings>(tx, caller.user, 0));
    rows.ttl_days = settings.ttl_days;
    HG_ASSIGN(auto devices, devices_of(tx, caller));
    for (auto& device : devices) {
      HG_ASSIGN(const auto choices,
                find_device_setting<DeviceChoices>(tx, caller.user, device.authorization_hash));
      rows.devices.push_back({std::move(device), choices});
    }
    return rows;
  };
  CO_ASSIGN(const auto rows, co_await environment_.store.read(body));
  DeviceList list;
  list.ttl_days = rows.ttl_days;
  const auto idle_since = environment_.clock.unix_seconds() - UnixSeconds{rows.ttl_days} * 86400;
  for (const auto& [key, choices] : rows.devices) {
    const bool current = key.id == caller.key;
    if (!current && key.active_at < idle_since) continue;  // signed out as soon as it calls again
    DeviceView view;
    view.current = current;
    view.hash = current ? 0 : key.authorization_hash;
    view.client = client_of(key);
    view.signed_in_at = key.signed_in_at;
    view.active_at = key.active_at;
    view.ip = open_ip(environment_, key);
    view.encrypted_requests_disabled = choices.encrypted_requests_disabled;
    view.call_requests_disabled = choices.call_requests_disabled;
    list.devices.push_back(std::move(view));
  }
  co_return list;
}

Task<Status> Authorizations::end(Caller caller, std::int64_t hash) {
  auto body = [caller, hash,
               now = environment_.clock.unix_seconds()](store::Tx& tx) -> Result<std::vector<AuthKeyId>> {
    HG_ASSIGN(const auto devices, devices_of(tx, caller));
    const auto other = std::find_if(devices.begin() + 1, devices.end(),
                                    [&](const auto& device) { return device.authorization_hash == hash; });
    if (hash == 0 || other == devices.end()) return fail(Error::invalid("HASH_INVALID"));
    if (!may_end(devices.front(), *other, now)) return fail(too_fresh());
    std::vector<AuthKeyId> closed;
    HG_TRY(end_device(tx, *other, closed));
    return closed;
  };
  CO_ASSIGN(const auto closed, co_await environment_.store.write(body));
  close(closed);
  co_return Status{};
}

Task<Status> Authorizations::end_others(Caller caller) {
  auto body = [caller,
               now = environment_.clock.unix_seconds()](store::Tx& tx) -> Result<std::vector<AuthKeyId>> {
    HG_ASSIGN(const auto devices, devices_of(tx, caller));
    for (const auto& device : devices) {
      if (!may_end(devices.front(), device, now)) return fail(too_fresh());
    }
    return deauthorize_all(tx, caller.user, caller.key);
  };
  CO_ASSIGN(const auto closed, co_await environment_.store.write(body));
  close(closed);
  co_return Status{};
}

Task<Status> Authorizations::set_ttl(Caller caller, std::int32_t days) {
  if (days < 1 || days > 366) co_return fail(Error::invalid("TTL_DAYS_INVALID"));
  auto body = [caller, days](store::Tx& tx) -> Result<std::vector<store::AuthKey>> {
    DeviceSettings settings;
    settings.ttl_days = days;
    HG_TRY(tx.settings().put(caller.user, SettingKind::devices, 0, encode(settings)));
    return tx.auth_keys().of_user(caller.user);
  };
  CO_ASSIGN(const auto devices, co_await environment_.store.write(body));
  for (const auto& device : devices) keys_.forget(device.id);  // what is cached holds the old limit
  CO_TRY(co_await keys_.refresh(caller.key));
  co_return Status{};
}

Task<Status> Authorizations::change(Caller caller, std::int64_t hash,
                                    std::optional<bool> encrypted_requests_disabled,
                                    std::optional<bool> call_requests_disabled) {
  auto body = [caller, hash, encrypted_requests_disabled, call_requests_disabled](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto devices, devices_of(tx, caller));
    const auto wanted = hash == 0 ? devices.front().authorization_hash : hash;
    const auto device = std::ranges::find(devices, wanted, &store::AuthKey::authorization_hash);
    if (device == devices.end()) return fail(Error::invalid("HASH_INVALID"));
    HG_ASSIGN(auto choices, find_device_setting<DeviceChoices>(tx, caller.user, wanted));
    if (encrypted_requests_disabled) choices.encrypted_requests_disabled = *encrypted_requests_disabled;
    if (call_requests_disabled) choices.call_requests_disabled = *call_requests_disabled;
    return tx.settings().put(caller.user, SettingKind::devices, wanted, encode(choices));
  };
  co_return co_await environment_.store.write(body);
}

}  // namespace heliograph::services
