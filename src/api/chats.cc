// messages.*: basic groups, and what groups of all kinds have in common.
#include "api/chats_families.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "services/groups/create.h"
#include "services/groups/members.h"
#include "services/groups/migrate.h"
#include "services/groups/participants.h"
#include "services/groups/settings.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

Answer<createChat> create_chat(Context& context, createChat& request) {
  CO_ASSIGN(auto users, co_await users_from(context, request.users));
  if (users.empty() && !request.users.empty()) co_return fail(Error::invalid("USERS_TOO_FEW"));
  CO_ASSIGN(const auto created,
            co_await services::create_group(context.services.environment, context.services.limits,
                                            context.caller, std::move(request.title), std::move(users),
                                            request.ttl_period.value_or(0)));
  services::MembershipChange change;
  change.notice = created.notice;
  change.missing = created.missing;
  co_return co_await render_invited(context, created.peer, change);
}

Answer<addChatUser> add_chat_user(Context& context, addChatUser& request) {
  CO_ASSIGN(const auto group, group_from(request.chat_id));
  CO_ASSIGN(const auto user, co_await user_from(context, request.user_id));
  std::vector<UserId> users{user};
  CO_ASSIGN(const auto change, co_await services::add_members(context.services.environment, context.caller,
                                                              group, std::move(users), request.fwd_limit));
  co_return co_await render_invited(context, group, change);
}

Answer<deleteChatUser> delete_chat_user(Context& context, deleteChatUser& request) {
  CO_ASSIGN(const auto group, group_from(request.chat_id));
  CO_ASSIGN(const auto user, co_await user_from(context, request.user_id));
  services::MembershipChange change;
  if (user == context.caller.user) {
    CO_ASSIGN(change, co_await services::leave(context.services.environment, context.caller, group));
  } else {
    CO_ASSIGN(change,
              co_await services::remove_member(context.services.environment, context.caller, group, user));
  }
  co_return co_await render_membership(context, group, change);
}

Answer<deleteChat> delete_chat(Context& context, deleteChat& request) {
  CO_ASSIGN(const auto group, group_from(request.chat_id));
  CO_TRY(co_await services::delete_chat(context.services.environment, context.caller, group));
  co_return true;
}

Answer<editChatTitle> edit_chat_title(Context& context, editChatTitle& request) {
  CO_ASSIGN(const auto group, group_from(request.chat_id));
  services::MembershipChange change;
  CO_ASSIGN(change.notice, co_await services::set_title(context.services.environment, context.caller, group,
                                                        std::move(request.title)));
  co_return co_await render_membership(context, group, change);
}

Answer<editChatAbout> edit_chat_about(Context& context, editChatAbout& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_TRY(co_await services::set_about(context.services.environment, context.caller, peer,
                                      std::move(request.about)));
  co_return true;
}

Answer<editChatDefaultBannedRights> edit_chat_default_banned_rights(Context& context,
                                                                    editChatDefaultBannedRights& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_TRY(co_await services::set_default_banned(context.services.environment, context.caller, peer,
                                               banned_rights_from(request.banned_rights)));
  context.services.chat_views.forget(peer);
  co_return co_await render_changed(context, peer);
}

Answer<editChatAdmin> edit_chat_admin(Context& context, editChatAdmin& request) {
  services::Promotion promotion;
  CO_ASSIGN(promotion.chat, group_from(request.chat_id));
  CO_ASSIGN(promotion.user, co_await user_from(context, request.user_id));
  // In a basic group an administrator has all there is but making others.
  if (request.is_admin)
    promotion.rights = services::admin_everything & ~std::uint32_t{services::admin_add_admins};
  CO_TRY(co_await services::promote(context.services.environment, context.caller, std::move(promotion)));
  co_return true;
}

Answer<getFullChat> get_full_chat(Context& context, getFullChat& request) {
  CO_ASSIGN(const auto group, group_from(request.chat_id));
  co_return co_await render_full_chat(context, group);
}

Answer<getChats> get_chats(Context& context, getChats& request) {
  if (request.id.size() > 200) co_return fail(Error::invalid("LIMIT_INVALID"));
  std::vector<Peer> groups;
  for (const auto id : request.id) {
    CO_ASSIGN(const auto group, group_from(id));
    // A group's number is no secret; what the server says of it is for those who were in it.
    CO_ASSIGN(const auto view, co_await context.services.chat_views.view_one(context.caller.user, group));
    if (!*view.member) co_return fail(Error::invalid("CHAT_ID_INVALID"));
    groups.push_back(group);
  }
  co_return co_await render_chats(context, std::move(groups));
}

Answer<getOnlines> get_onlines(Context& context, getOnlines& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto count, co_await services::count_online(context.services.environment,
                                                              context.services.online, context.caller, peer));
  tl::chatOnlines answer;
  answer.onlines = static_cast<std::int32_t>(count);
  co_return tl::Box<tl::ChatOnlines>(std::move(answer));
}

Answer<migrateChat> migrate_chat(Context& context, migrateChat& request) {
  CO_ASSIGN(const auto group, group_from(request.chat_id));
  CO_ASSIGN(const auto migrated,
            co_await services::migrate_group(context.services.environment, context.caller, group));
  context.services.chat_views.forget(group);
  UpdatesAnswer answer;
  answer.updates.push_back(changed_update(migrated.channel));
  answer.named = {group, migrated.channel};
  const Viewer viewer(context.services, context.caller.user);
  CO_TRY(add_new_message(answer, migrated.moved_to, viewer));
  CO_TRY(add_new_message(answer, migrated.moved_from, viewer));
  co_return co_await render_answer(context, std::move(answer));
}

Answer<getCommonChats> get_common_chats(Context& context, getCommonChats& request) {
  CO_ASSIGN(const auto user, co_await user_from(context, request.user_id));
  CO_ASSIGN(auto chats, co_await services::common_chats(context.services.environment, context.caller, user,
                                                        request.max_id, request.limit));
  co_return co_await render_chats(context, std::move(chats));
}

}  // namespace

void register_chats(Methods& methods) {
  methods.on(create_chat);
  methods.on(add_chat_user);
  methods.on(delete_chat_user);
  methods.on(delete_chat);
  methods.on(edit_chat_title);
  methods.on(edit_chat_about);
  methods.on(edit_chat_default_banned_rights);
  methods.on(edit_chat_admin);
  methods.on(get_full_chat);
  methods.on(get_chats);
  methods.on(get_common_chats);
  methods.on(migrate_chat);
  methods.on(get_onlines);
}

}  // namespace heliograph::api
