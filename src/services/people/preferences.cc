#include "services/people/preferences.h"

namespace heliograph::services {

namespace {

struct Switch {
  bool on = false;
  void fields(auto& codec) { codec(on); }
};

Result<bool> read_switch(store::Tx& tx, UserId owner, store::SettingKind kind) {
  HG_ASSIGN(const auto stored, tx.settings().find(owner, kind, 0));
  if (!stored) return false;
  HG_ASSIGN(const auto value, decode<Switch>(*stored));
  return value.on;
}

Task<Result<bool>> get(const Environment& environment, UserId owner, store::SettingKind kind) {
  auto read = [=](store::Tx& tx) { return read_switch(tx, owner, kind); };
  co_return co_await environment.store.read(std::move(read));
}

Task<Status> set(const Environment& environment, UserId owner, store::SettingKind kind, bool on) {
  auto write = [=](store::Tx& tx) { return tx.settings().put(owner, kind, 0, encode(Switch{on})); };
  co_return co_await environment.store.write(std::move(write));
}

}  // namespace

using store::SettingKind;

Result<bool> silent_about_sign_ups(store::Tx& tx, UserId owner) {
  return read_switch(tx, owner, SettingKind::contact_sign_up);
}

Task<Result<bool>> Preferences::silent_about_sign_ups(UserId owner) const {
  return get(environment_, owner, SettingKind::contact_sign_up);
}
Task<Status> Preferences::set_silent_about_sign_ups(Caller caller, bool silent) {
  return set(environment_, caller.user, SettingKind::contact_sign_up, silent);
}
Task<Result<bool>> Preferences::sensitive_content(UserId owner) const {
  return get(environment_, owner, SettingKind::content);
}
Task<Status> Preferences::set_sensitive_content(Caller caller, bool shown) {
  return set(environment_, caller.user, SettingKind::content, shown);
}

}  // namespace heliograph::services
