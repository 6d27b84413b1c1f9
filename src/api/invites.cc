// messages.*: links that invite, and requests to join.
#include "services/groups/invites.h"
#include "api/chats_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/media.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

// Clients hand back whole links, of whatever form they know.
std::string hash_in(std::string_view link) {
  std::size_t begin = 0;
  for (const std::string_view mark : {"joinchat/", "invite=", "/+"}) {
    if (const auto at = link.rfind(mark); at != std::string_view::npos) {
      begin = at + mark.size();
      break;
    }
  }
  if (begin == 0 && link.starts_with('+')) begin = 1;
  auto hash = link.substr(begin);
  return std::string(hash.substr(0, hash.find_first_of("?&#/")));
}

Task<Result<std::vector<tl::Box<tl::User>>>> people(Context& context, std::vector<Peer> named) {
  CO_ASSIGN(auto described, co_await describe(context.services, context.caller.user, std::move(named)));
  co_return std::move(described.users);
}

std::size_t page_of(std::int32_t limit) {
  return limit <= 0 ? services::invites_page_max : static_cast<std::size_t>(limit);
}

Answer<exportChatInvite> export_chat_invite(Context& context, exportChatInvite& request) {
  if (request.subscription_pricing) {
    co_return fail(Error::invalid("PRICING_CHAT_INVALID", "Nothing is sold here."));
  }
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  services::NewInvite wanted;
  wanted.replace_permanent = request.legacy_revoke_permanent;
  wanted.request_needed = request.request_needed;
  wanted.expires_at = request.expire_date.value_or(0);
  wanted.usage_limit = request.usage_limit.value_or(0);
  wanted.title = request.title.value_or("");
  CO_ASSIGN(const auto made, co_await services::export_invite(context.services.environment, context.caller,
                                                              chat, std::move(wanted)));
  co_return tl::Box<tl::ExportedChatInvite>(render_invite(context.facts, made));
}

Answer<getExportedChatInvites> get_exported_chat_invites(Context& context, getExportedChatInvites& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  services::InvitesQuery query;
  const auto admin = co_await user_from(context, request.admin_id);
  if (!admin) co_return fail(Error::invalid("ADMIN_ID_INVALID"));
  query.admin = *admin;
  query.revoked = request.revoked;
  query.offset_date = request.offset_date.value_or(0);
  query.offset_hash = hash_in(request.offset_link.value_or(""));
  query.limit = page_of(request.limit);
  CO_ASSIGN(const auto list,
            co_await services::invites(context.services.environment, context.caller, chat, std::move(query)));
  tl::messages::exportedChatInvites answer;
  answer.count = static_cast<std::int32_t>(list.total);
  for (const auto& one : list.invites) answer.invites.emplace_back(render_invite(context.facts, one));
  std::vector<Peer> named{Peer::of(*admin)};
  CO_ASSIGN(answer.users, co_await people(context, std::move(named)));
  co_return tl::Box<tl::messages::ExportedChatInvites>(std::move(answer));
}

Answer<getExportedChatInvite> get_exported_chat_invite(Context& context, getExportedChatInvite& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  auto hash = hash_in(request.link);
  CO_ASSIGN(const auto found,
            co_await services::invite(context.services.environment, context.caller, chat, std::move(hash)));
  tl::messages::exportedChatInvite answer;
  answer.invite = render_invite(context.facts, found);
  std::vector<Peer> named{Peer::of(found.invite.admin)};
  CO_ASSIGN(answer.users, co_await people(context, std::move(named)));
  co_return tl::Box<tl::messages::ExportedChatInvite>(std::move(answer));
}

Answer<editExportedChatInvite> edit_exported_chat_invite(Context& context, editExportedChatInvite& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  services::InviteEdit edit;
  edit.hash = hash_in(request.link);
  edit.revoke = request.revoked;
  if (request.expire_date) edit.expires_at = *request.expire_date;
  edit.usage_limit = request.usage_limit;
  edit.request_needed = request.request_needed;
  edit.title = std::move(request.title);
  CO_ASSIGN(const auto edited, co_await services::edit_invite(context.services.environment, context.caller,
                                                              chat, std::move(edit)));
  std::vector<Peer> named{Peer::of(edited.invite.invite.admin)};
  CO_ASSIGN(auto users, co_await people(context, std::move(named)));
  if (edited.replacement) {
    tl::messages::exportedChatInviteReplaced answer;
    answer.invite = render_invite(context.facts, edited.invite);
    answer.new_invite = render_invite(context.facts, *edited.replacement);
    answer.users = std::move(users);
    co_return tl::Box<tl::messages::ExportedChatInvite>(std::move(answer));
  }
  tl::messages::exportedChatInvite answer;
  answer.invite = render_invite(context.facts, edited.invite);
  answer.users = std::move(users);
  co_return tl::Box<tl::messages::ExportedChatInvite>(std::move(answer));
}

Answer<deleteExportedChatInvite> delete_exported_chat_invite(Context& context,
                                                             deleteExportedChatInvite& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  auto hash = hash_in(request.link);
  CO_TRY(
      co_await services::delete_invite(context.services.environment, context.caller, chat, std::move(hash)));
  co_return true;
}

Answer<deleteRevokedExportedChatInvites> delete_revoked_exported_chat_invites(
    Context& context, deleteRevokedExportedChatInvites& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  const auto admin = co_await user_from(context, request.admin_id);
  if (!admin) co_return fail(Error::invalid("ADMIN_ID_INVALID"));
  CO_TRY(
      co_await services::delete_revoked_invites(context.services.environment, context.caller, chat, *admin));
  co_return true;
}

Answer<getAdminsWithInvites> get_admins_with_invites(Context& context, getAdminsWithInvites& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto counts,
            co_await services::admins_with_invites(context.services.environment, context.caller, chat));
  tl::messages::chatAdminsWithInvites answer;
  std::vector<Peer> named;
  for (const auto& one : counts) {
    tl::chatAdminWithInvites wire;
    wire.admin_id = one.admin.value;
    wire.invites_count = one.links;
    wire.revoked_invites_count = one.revoked;
    answer.admins.emplace_back(std::move(wire));
    named.push_back(Peer::of(one.admin));
  }
  CO_ASSIGN(answer.users, co_await people(context, std::move(named)));
  co_return tl::Box<tl::messages::ChatAdminsWithInvites>(std::move(answer));
}

Answer<checkChatInvite> check_chat_invite(Context& context, checkChatInvite& request) {
  auto hash = hash_in(request.hash);
  CO_ASSIGN(const auto preview,
            co_await services::check_invite(context.services.environment, context.caller, std::move(hash)));
  const auto& chat = preview.chat;
  if (preview.already) {
    std::vector<Peer> named{chat.peer};
    CO_ASSIGN(auto described, co_await describe(context.services, context.caller.user, std::move(named)));
    if (described.chats.empty()) co_return fail(Error::invalid("INVITE_HASH_EXPIRED"));
    tl::chatInviteAlready answer;
    answer.chat = std::move(described.chats.front());
    co_return tl::Box<tl::ChatInvite>(std::move(answer));
  }
  tl::chatInvite answer;
  answer.channel = chat.peer.is_channel();
  answer.broadcast = chat.kind == store::ChatKind::broadcast;
  answer.megagroup = chat.kind == store::ChatKind::supergroup;
  answer.public_ = !chat.username.empty();
  answer.verified = (chat.flags & store::chat_verified) != 0;
  answer.request_needed = preview.request_needed;
  answer.title = chat.title;
  if (!chat.about.empty()) answer.about = chat.about;
  answer.participants_count = chat.members;
  answer.photo = tl::photoEmpty{};
  if (chat.photo != 0) {
    std::vector<std::int64_t> ids{chat.photo};
    CO_ASSIGN(const auto photos, co_await context.services.files.library.photos(std::move(ids)));
    if (!photos.empty()) answer.photo = render_photo(context.services.files.library, photos.front());
  }
  co_return tl::Box<tl::ChatInvite>(std::move(answer));
}

Answer<importChatInvite> import_chat_invite(Context& context, importChatInvite& request) {
  auto hash = hash_in(request.hash);
  CO_ASSIGN(const auto joined,
            co_await services::import_invite(context.services.environment, context.caller, std::move(hash)));
  tl::messages::chatInviteJoinResultOk answer;
  CO_ASSIGN(answer.updates, co_await render_membership(context, joined.chat, joined.change));
  co_return tl::Box<tl::messages::ChatInviteJoinResult>(std::move(answer));
}

Answer<getChatInviteImporters> get_chat_invite_importers(Context& context, getChatInviteImporters& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  services::ImportersQuery query;
  query.requested = request.requested;
  query.hash = hash_in(request.link.value_or(""));
  query.query = request.q.value_or("");
  query.offset_date = request.offset_date;
  if (request.offset_date != 0 && !request.offset_user.is<tl::inputUserEmpty>()) {
    CO_ASSIGN(query.offset_user, co_await user_from(context, request.offset_user));
  }
  query.limit = page_of(request.limit);
  CO_ASSIGN(const auto found, co_await services::importers(context.services.environment, context.caller, chat,
                                                           std::move(query)));
  tl::messages::chatInviteImporters answer;
  answer.count = static_cast<std::int32_t>(found.total);
  std::vector<Peer> named;
  for (const auto& [importer, about] : found.importers) {
    tl::chatInviteImporter wire;
    wire.requested = importer.requested;
    wire.user_id = importer.user.value;
    wire.date = static_cast<std::int32_t>(importer.date);
    if (importer.requested && !about.empty()) wire.about = about;
    if (importer.approved_by) wire.approved_by = importer.approved_by.value;
    answer.importers.emplace_back(std::move(wire));
    named.push_back(Peer::of(importer.user));
    if (importer.approved_by) named.push_back(Peer::of(importer.approved_by));
  }
  CO_ASSIGN(answer.users, co_await people(context, std::move(named)));
  co_return tl::Box<tl::messages::ChatInviteImporters>(std::move(answer));
}

Answer<hideChatJoinRequest> hide_chat_join_request(Context& context, hideChatJoinRequest& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto user, co_await user_from(context, request.user_id));
  CO_TRY(co_await services::answer_request(context.services.environment, context.caller, chat, user,
                                           request.approved));
  context.services.chat_views.forget(chat);
  co_return co_await render_changed(context, chat);
}

Answer<hideAllChatJoinRequests> hide_all_chat_join_requests(Context& context,
                                                            hideAllChatJoinRequests& request) {
  CO_ASSIGN(const auto chat, co_await peer_from(context, request.peer));
  auto hash = hash_in(request.link.value_or(""));
  CO_TRY(co_await services::answer_requests(context.services.environment, context.caller, chat,
                                            std::move(hash), request.approved));
  context.services.chat_views.forget(chat);
  co_return co_await render_changed(context, chat);
}

}  // namespace

tl::chatInviteExported render_invite(const Facts& facts, const services::InviteView& view) {
  const auto& invite = view.invite;
  tl::chatInviteExported wire;
  wire.revoked = (invite.flags & store::invite_revoked) != 0;
  wire.permanent = (invite.flags & store::invite_permanent) != 0;
  wire.request_needed = (invite.flags & store::invite_request) != 0;
  wire.link = facts.url + "/+" + invite.hash;  // config.me_url_prefix, and the hash behind a plus
  wire.admin_id = invite.admin.value;
  wire.date = static_cast<std::int32_t>(invite.date);
  if (invite.expires_at != 0) wire.expire_date = static_cast<std::int32_t>(invite.expires_at);
  if (invite.usage_limit != 0) wire.usage_limit = invite.usage_limit;
  if (invite.usage != 0) wire.usage = invite.usage;
  if (view.requested != 0) wire.requested = view.requested;
  if (!invite.title.empty()) wire.title = invite.title;
  return wire;
}

void register_invites(Methods& methods) {
  methods.on(export_chat_invite);
  methods.on(get_exported_chat_invites);
  methods.on(get_exported_chat_invite);
  methods.on(edit_exported_chat_invite);
  methods.on(delete_exported_chat_invite);
  methods.on(delete_revoked_exported_chat_invites);
  methods.on(get_admins_with_invites);
  methods.on(check_chat_invite);
  methods.on(import_chat_invite);
  methods.on(get_chat_invite_importers);
  methods.on(hide_chat_join_request);
  methods.on(hide_all_chat_join_requests);
}

}  // namespace heliograph::api
