// How a method is served: one function per method of the schema, registered in one table.
//
//   Task<Result<tl::Box<tl::messages::Messages>>> get_history(Context& context, tl::fn::messages::getHistory&
//   request); void register_messages(Methods& methods) { methods.on(get_history); ... }
//
// A handler is a few lines: check and convert the arguments, call a service, render the answer. It holds no
// rules of the product. Errors are values; api/errors.h turns them into the wire's numbers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "api/door.h"
#include "base/result.h"
#include "base/task.h"
#include "services/caller.h"
#include "services/services.h"
#include "tl/decode.h"
#include "tl/encode.h"

namespace heliograph::api {

// What clients are told about this server; from the configuration.
struct Facts {
  std::int32_t dc_id = 2;
  std::string host;  // of the MTProto listener, as clients reach it
  std::int32_t port = 0;
  std::string url;  // of the HTTP listener, without a trailing slash
};

// invokeWithMessagesRange: only messages with these numbers.
struct WithinRange {
  MessageId min;
  MessageId max;
};

// One call, alive until its answer has been encoded.
struct Context {
  services::Services& services;
  const Facts& facts;
  services::Caller caller;  // caller.user is set for Access::user methods
  AuthKeyId wire_key;       // the key on the wire: differs from caller.key when that is temporary
  std::int32_t layer = 0;   // of the schema that the client speaks
  std::string ip;
  std::int64_t msg_id = 0;
  // Of the export that the call is part of (invokeWithTakeout).
  std::int64_t takeout_id = 0;
  std::optional<services::TakeoutScope> takeout = {};
  std::optional<WithinRange> within = {};

  UnixSeconds now() const { return services.environment.clock.unix_seconds(); }
};

// Who may call a method. Others get 401 AUTH_KEY_UNREGISTERED (or SESSION_PASSWORD_NEEDED).
enum class Access : std::uint8_t {
  anyone,  // before sign-in too
  user,    // signed in
};

// One method with the types of its request and its answer rubbed off.
struct Method {
  Access access = Access::user;
  // Runs the handler and encodes its answer for context.layer onto `out`.
  std::function<Task<Status>(Context&, tl::Request&, Bytes& out)> run;
};

// Filled once at start, read by all threads after that.
class Methods {
 public:
  template <typename Fn>
  void on(Task<Result<typename Fn::Reply>> (*handler)(Context&, Fn&), Access access = Access::user) {
    methods_[Fn::kIndex] = {access, [handler](Context& context, tl::Request& request, Bytes& out) {
                              return run(handler, context, request, out);
                            }};
  }
  // Null: the method exists in the schema, but nobody serves it.
  const Method* find(std::uint32_t index) const {
    const auto found = methods_.find(index);
    return found == methods_.end() ? nullptr : &found->second;
  }
  std::size_t size() const { return methods_.size(); }

 private:
  template <typename Fn>
  static Task<Status> run(Task<Result<typename Fn::Reply>> (*handler)(Context&, Fn&), Context& context,
                          tl::Request& request, Bytes& out) {
    CO_ASSIGN(auto reply, co_await handler(context, *request.get_if<Fn>()));
    co_return tl::encode_reply(out, request.id(), reply, context.layer);
  }

  std::unordered_map<std::uint32_t, Method> methods_;
};

// All methods that there are.
void register_all(Methods& methods);

// One per file of methods; register_all() calls them.
void register_help(Methods& methods);
void register_auth(Methods& methods);
void register_account(Methods& methods);
void register_account_security(Methods& methods);
void register_users(Methods& methods);
void register_typing(Methods& methods);
void register_contacts(Methods& methods);
void register_chats(Methods& methods);
void register_channels(Methods& methods);
void register_invites(Methods& methods);
void register_admin_log(Methods& methods);
void register_messages(Methods& methods);
void register_dialogs(Methods& methods);
void register_updates(Methods& methods);
void register_upload(Methods& methods);
void register_photos(Methods& methods);
void register_stickers(Methods& methods);
void register_reports(Methods& methods);
void register_search(Methods& methods);
void register_takeout(Methods& methods);

}  // namespace heliograph::api
