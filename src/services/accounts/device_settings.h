// What an account decided about its devices, as stored in store::Settings. Part of the stored format.
#pragma once

#include "base/codec.h"
#include "store/tx.h"

namespace heliograph::services {

// SettingKind::devices, key 0.
struct DeviceSettings {
  static constexpr std::int32_t default_ttl_days = 183;
  std::int32_t ttl_days = default_ttl_days;  // a device unused for so long is signed out
  void fields(auto& codec) { codec(ttl_days); }
};

// SettingKind::devices, key: the device's authorization hash.
struct DeviceChoices {
  bool encrypted_requests_disabled = false;
  bool call_requests_disabled = false;
  void fields(auto& codec) { codec(encrypted_requests_disabled, call_requests_disabled); }
};

template <typename T>
Result<T> find_device_setting(store::Tx& tx, UserId user, std::int64_t key) {
  HG_ASSIGN(const auto stored, tx.settings().find(user, store::SettingKind::devices, key));
  if (!stored) return T{};
  return decode<T>(*stored);
}

}  // namespace heliograph::services
