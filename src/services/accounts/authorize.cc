#include "services/accounts/authorize.h"

#include <algorithm>

#include "services/chats/append.h"
#include "services/updates/events.h"

namespace heliograph::services {

std::string describe_device(const store::AuthKey& key) {
  std::string device = key.device_model;
  if (!key.system_version.empty()) device += (device.empty() ? "" : ", ") + key.system_version;
  if (!key.app_version.empty()) device += (device.empty() ? "" : ", ") + key.app_version;
  return device.empty() ? "an unnamed device" : device;
}

Status authorize(store::Tx& tx, const Caller& caller, const Authorization& authorization) {
  HG_ASSIGN(auto key, tx.auth_keys().find(caller.key));
  if (!key) return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
  key->user = authorization.user;
  key->password_pending = authorization.password_pending;
  key->authorization_hash = authorization.hash;
  key->signed_in_at = key->active_at = authorization.now;
  key->ip_sealed = authorization.ip_sealed;
  HG_TRY(tx.auth_keys().put(*key));
  if (authorization.password_pending) return {};

  HG_ASSIGN(const auto devices, tx.auth_keys().of_user(authorization.user));
  const bool others =
      std::ranges::any_of(devices, [&](const auto& device) { return device.id != caller.key; });
  if (!others) return {};
  events::NewAuthorization event;
  event.hash = authorization.hash;
  event.date = authorization.now;
  event.device = key->device_model;
  HG_TRY(append_event(tx, caller, authorization.user, authorization.now, std::move(event)));
  HG_TRY(send_notice(tx, authorization.now, authorization.user,
                     "New login. Your account was opened on " + describe_device(*key) +
                         ".\n\nIf this was not you, end that session under Settings > Devices and set a "
                         "two-step verification password."));
  return {};
}

Result<std::vector<AuthKeyId>> deauthorize(store::Tx& tx, AuthKeyId id) {
  HG_ASSIGN(auto key, tx.auth_keys().find(id));
  if (!key) return std::vector<AuthKeyId>{};
  if (key->user) {
    HG_TRY(tx.settings().erase(key->user, store::SettingKind::takeout, key->authorization_hash));
  }
  key->user = {};
  key->password_pending = false;
  key->authorization_hash = 0;
  key->signed_in_at = 0;
  HG_TRY(tx.auth_keys().put(*key));
  HG_ASSIGN(auto keys, tx.auth_keys().temporary_of(id));
  keys.push_back(id);
  return keys;
}

}  // namespace heliograph::services
