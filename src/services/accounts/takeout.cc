#include "services/accounts/takeout.h"

#include "base/codec.h"
#include "base/log.h"
#include "services/accounts/authorize.h"
#include "services/chats/append.h"

namespace heliograph::services {
namespace {

using store::SettingKind;

// SettingKind::takeout, key: the device's authorization hash. Part of the stored format.
struct Stored {
  std::int64_t id = 0;  // 0: asked for, and refused for now
  TakeoutScope scope;
  void fields(auto& codec) { codec(id, scope); }
};

struct Device {
  store::AuthKey key;
  std::optional<Stored> takeout;
};

Result<Device> device_of(store::Tx& tx, const Caller& caller) {
  HG_ASSIGN(auto key, tx.auth_keys().find(caller.key));
  if (!key || key->user != caller.user) return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
  Device device{std::move(*key), std::nullopt};
  HG_ASSIGN(const auto stored,
            tx.settings().find(caller.user, SettingKind::takeout, device.key.authorization_hash));
  if (stored) {
    HG_ASSIGN(device.takeout, decode<Stored>(*stored));
  }
  return device;
}

Status put(store::Tx& tx, const Device& device, const Stored& takeout) {
  return tx.settings().put(device.key.user, SettingKind::takeout, device.key.authorization_hash,
                           encode(takeout));
}

Error invalid_takeout() {
  return Error::invalid("TAKEOUT_INVALID", "Begin with account.initTakeoutSession.");
}

}  // namespace

Task<Result<std::int64_t>> Takeouts::begin(Caller caller, TakeoutScope scope) {
  const auto id = static_cast<std::int64_t>(environment_.random.next<std::uint64_t>() >> 1) | 1;
  // The waiting is written down, so it cannot be an error of the transaction.
  struct Begun {
    std::int64_t id = 0;
    UnixSeconds wait = 0;
  };
  auto body = [caller, scope, id, delay = rules_.delay,
               now = environment_.clock.unix_seconds()](store::Tx& tx) -> Result<Begun> {
    HG_ASSIGN(const auto device, device_of(tx, caller));
    const auto what = "your data (contacts, messages, files) from " + describe_device(device.key);
    const std::string advice =
        "\n\nIf this was not you, end that session under Settings > Devices and set a two-step verification "
        "password.";
    const auto wait = device.key.signed_in_at + delay - now;
    if (wait > 0) {
      if (device.takeout) return Begun{0, wait};  // has been told of
      HG_TRY(put(tx, device, {}));
      HG_TRY(send_notice(
          tx, now, caller.user,
          "Somebody asks to export " + what + ". As that device is new, it has to wait a while." + advice));
      return Begun{0, wait};
    }
    HG_TRY(put(tx, device, {id, scope}));
    HG_TRY(send_notice(tx, now, caller.user, "An export of " + what + " has begun." + advice));
    return Begun{id, 0};
  };
  CO_ASSIGN(const auto begun, co_await environment_.store.write(std::move(body)));
  if (begun.wait > 0) {
    co_return fail(Error::flood(static_cast<std::int32_t>(begun.wait), "TAKEOUT_INIT_DELAY"));
  }
  co_return begun.id;
}

Task<Result<TakeoutScope>> Takeouts::find(Caller caller, std::int64_t id) {
  auto body = [caller, id](store::Tx& tx) -> Result<TakeoutScope> {
    HG_ASSIGN(const auto device, device_of(tx, caller));
    if (id == 0 || !device.takeout || device.takeout->id != id) return fail(invalid_takeout());
    return device.takeout->scope;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Status> Takeouts::finish(Caller caller, std::int64_t id, bool success) {
  auto body = [caller, id](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto device, device_of(tx, caller));
    if (id == 0 || !device.takeout || device.takeout->id != id) return fail(invalid_takeout());
    return tx.settings().erase(caller.user, SettingKind::takeout, device.key.authorization_hash);
  };
  CO_TRY(co_await environment_.store.write(std::move(body)));
  if (!success) log::info("an export ended before it was complete");
  co_return Status{};
}

}  // namespace heliograph::services
