// users.*: looking at people.
#include <unordered_map>

#include "api/method.h"
#include "api/peers.h"
#include "api/render/bot.h"
#include "api/render/media.h"
#include "api/render/notify.h"
#include "api/render/user.h"
#include "tl/core_r.h"
#include "tl/fn_users.h"
#include "tl/users.h"

namespace heliograph::api {

namespace {

constexpr std::size_t users_max = 500;  // in one call

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

using tl::fn::users::getFullUser;
using tl::fn::users::getRequirementsToContact;
using tl::fn::users::getSavedMusic;
using tl::fn::users::getUsers;

std::int64_t id_in(const tl::Box<tl::InputUser>& input) {
  if (const auto* user = input.get_if<tl::inputUser>()) return user->user_id;
  if (const auto* user = input.get_if<tl::inputUserFromMessage>()) return user->user_id;
  return 0;
}

// One answer for every question, in the same order: clients pair them up.
Answer<getUsers> get_users(Context& context, getUsers& request) {
  if (request.id.size() > users_max) co_return fail(Error::invalid("USERS_TOO_MUCH"));
  std::vector<UserId> asked, known;
  for (const auto& input : request.id) {
    const auto user = co_await user_from(context, input);
    asked.push_back(user ? *user : UserId{});
    if (user) known.push_back(*user);
  }
  CO_ASSIGN(const auto views, co_await context.services.users.view(context.caller.user, std::move(known)));
  std::unordered_map<UserId, const services::UserView*> by_id;
  for (const auto& view : views) by_id[view.id] = &view;
  getUsers::Reply reply;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto found = by_id.find(asked[i]);
    if (found == by_id.end()) {
      reply.push_back(tl::userEmpty{.id = id_in(request.id[i])});
    } else {
      reply.push_back(render_user(*found->second));
    }
  }
  co_return reply;
}

Answer<getFullUser> get_full_user(Context& context, getFullUser& request) {
  auto& services = context.services;
  CO_ASSIGN(const auto user, co_await user_from(context, request.id));
  CO_ASSIGN(const auto view, co_await services.users.view_full(context.caller.user, user));
  const services::NotifyTarget target{.peer = Peer::of(user)};
  CO_ASSIGN(const auto notify, co_await services.notify.get(context.caller.user, target));
  tl::users::userFull reply;
  reply.full_user = render_full_user(view, render_notify_settings(notify));
  CO_ASSIGN(const auto photo, co_await services.files.profile_photos.current(context.caller.user, user));
  if (photo) {
    // A required field of its own form: it goes into the one that is there.
    reply.full_user.get_if<tl::userFull>()->profile_photo = render_photo(services.files.library, *photo);
  }
  CO_ASSIGN(const auto bot, co_await services.bots.info(context.caller.user, user));
  if (bot && !view.user.deleted) {
    reply.full_user.get_if<tl::userFull>()->bot_info = render_bot_info(user, *bot);
  }
  reply.users.push_back(render_user(view.user));
  co_return reply;
}

Answer<getRequirementsToContact> get_requirements_to_contact(Context& context,
                                                             getRequirementsToContact& request) {
  if (request.id.size() > users_max) co_return fail(Error::invalid("USERS_TOO_MUCH"));
  getRequirementsToContact::Reply reply;
  for (const auto& input : request.id) {
    CO_ASSIGN(const auto user, co_await user_from(context, input));
    CO_ASSIGN(const auto view, co_await context.services.users.view_one(context.caller.user, user));
    if (view.contact_require_premium) {
      reply.push_back(tl::requirementToContactPremium{});
    } else {
      reply.push_back(tl::requirementToContactEmpty{});
    }
  }
  co_return reply;
}

// Nobody has music here yet: the set is empty, which is what this says.

Answer<getSavedMusic> get_saved_music(Context& context, getSavedMusic& request) {
  CO_TRY(co_await user_from(context, request.id));
  co_return tl::users::savedMusic{};
}

}  // namespace

void register_users(Methods& methods) {
  methods.on(get_users);
  methods.on(get_full_user);
  methods.on(get_requirements_to_contact);
  methods.on(get_saved_music);
}

}  // namespace heliograph::api
