// contacts.*: the address book, finding people, blocking.
#include <algorithm>

#include "api/hash.h"
#include "api/message_arguments.h"
#include "api/method.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/peer.h"
#include "api/render/user.h"
#include "services/people/contact_token.h"
#include "tl/contacts.h"
#include "tl/core_b.h"
#include "tl/core_c.h"
#include "tl/core_e.h"
#include "tl/core_i.h"
#include "tl/core_p.h"
#include "tl/core_t.h"
#include "tl/core_u.h"
#include "tl/fn_contacts.h"

namespace heliograph::api {

namespace {

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

namespace contacts_fn = tl::fn::contacts;

constexpr std::int32_t blocked_page_max = 100;

tl::Box<tl::contacts::ResolvedPeer> resolved(const services::UserView& view) {
  tl::contacts::resolvedPeer reply;
  reply.peer = render_peer(Peer::of(view.id));
  reply.users.push_back(render_user(view));
  return reply;
}

// What the caller's client needs to know after a contact has changed. The other devices learn it from the
// log.
Task<Result<tl::Box<tl::Updates>>> changed(Context& context, std::vector<UserId> users) {
  const auto owner = context.caller.user;
  tl::updates_ reply;
  for (const auto user : users) {
    CO_ASSIGN(const auto settings,
              co_await services::peer_settings(context.services.environment, owner, user));
    tl::updatePeerSettings update;
    update.peer = render_peer(Peer::of(user));
    update.settings = render_peer_settings(settings);
    reply.updates.push_back(std::move(update));
  }
  CO_ASSIGN(reply.users, co_await describe_users(context.services.users, owner, std::move(users)));
  reply.date = static_cast<std::int32_t>(context.now());
  co_return reply;
}

std::int32_t saved_count(const std::vector<services::UserView>& views) {
  return static_cast<std::int32_t>(views.size());
}

std::int64_t hash_of(const std::vector<services::UserView>& views) {
  std::vector<std::int64_t> ids;
  for (const auto& view : views) ids.push_back(view.id.value);
  std::ranges::sort(ids);
  ListHash hash;
  hash.add(saved_count(views));
  for (const auto id : ids) hash.add(id);
  return hash.value();
}

Answer<contacts_fn::getContacts> get_contacts(Context& context, contacts_fn::getContacts& request) {
  CO_ASSIGN(const auto views, co_await context.services.contacts.list(context.caller.user));
  if (request.hash != 0 && request.hash == hash_of(views)) co_return tl::contacts::contactsNotModified{};
  tl::contacts::contacts reply;
  for (const auto& view : views) {
    reply.contacts.push_back(tl::contact{.user_id = view.id.value, .mutual = view.mutual_contact});
  }
  reply.saved_count = saved_count(views);
  reply.users = render_users(views);
  co_return reply;
}

Answer<contacts_fn::getContactIDs> get_contact_ids(Context& context, contacts_fn::getContactIDs&) {
  CO_ASSIGN(const auto views, co_await context.services.contacts.list(context.caller.user));
  contacts_fn::getContactIDs::Reply ids;
  for (const auto& view : views) {
    // The answer's type is older than long user ids.
    if (view.id.value <= INT32_MAX) ids.push_back(static_cast<std::int32_t>(view.id.value));
  }
  co_return ids;
}

Answer<contacts_fn::getStatuses> get_statuses(Context& context, contacts_fn::getStatuses&) {
  CO_ASSIGN(const auto views, co_await context.services.contacts.list(context.caller.user));
  contacts_fn::getStatuses::Reply statuses;
  for (const auto& view : views) {
    tl::contactStatus status;
    status.user_id = view.id.value;
    status.status = render_status(view.status);
    if (!status.status) status.status = tl::userStatusEmpty{};
    statuses.push_back(std::move(status));
  }
  co_return statuses;
}

Task<Result<std::optional<services::ContactNote>>> note_from(Context& context,
                                                             const tl::Box<tl::TextWithEntities>& wire) {
  const auto* text = wire.get_if<tl::textWithEntities>();
  if (text == nullptr) co_return std::optional<services::ContactNote>{};
  WireEntities marks;
  marks.emplace();
  for (const auto& mark : text->entities) marks->push_back(mark.copy());
  services::ContactNote note;
  note.text = text->text;
  CO_ASSIGN(note.entities, co_await entities_from(context, marks));
  co_return std::optional<services::ContactNote>{std::move(note)};
}

Answer<contacts_fn::importContacts> import_contacts(Context& context, contacts_fn::importContacts& request) {
  std::vector<services::PhoneContact> lines;
  for (auto& input : request.contacts) {
    auto* contact = input.get_if<tl::inputPhoneContact>();
    if (contact == nullptr) continue;
    services::PhoneContact line;
    line.client_id = contact->client_id;
    line.phone = std::move(contact->phone);
    line.first_name = std::move(contact->first_name);
    line.last_name = std::move(contact->last_name);
    CO_ASSIGN(line.note, co_await note_from(context, contact->note));
    lines.push_back(std::move(line));
  }
  CO_ASSIGN(const auto imported, co_await context.services.contacts.import(context.caller, std::move(lines)));
  tl::contacts::importedContacts reply;
  std::vector<UserId> users;
  for (const auto& contact : imported.contacts) {
    reply.imported.push_back(
        tl::importedContact{.user_id = contact.user.value, .client_id = contact.client_id});
    users.push_back(contact.user);
  }
  for (const auto& popular : imported.popular) {
    reply.popular_invites.push_back(
        tl::popularContact{.client_id = popular.client_id, .importers = popular.importers});
  }
  reply.retry_contacts = imported.retry;
  CO_ASSIGN(reply.users,
            co_await describe_users(context.services.users, context.caller.user, std::move(users)));
  co_return reply;
}

Answer<contacts_fn::addContact> add_contact(Context& context, contacts_fn::addContact& request) {
  const auto user = co_await user_from(context, request.id);
  if (!user) co_return fail(Error::invalid("CONTACT_ID_INVALID"));
  services::NewContact contact;
  contact.user = *user;
  contact.first_name = std::move(request.first_name);
  contact.last_name = std::move(request.last_name);
  contact.phone = std::move(request.phone);
  contact.share_phone = request.add_phone_privacy_exception;
  CO_ASSIGN(contact.note, co_await note_from(context, request.note));
  CO_TRY(co_await context.services.contacts.add(context.caller, std::move(contact)));
  std::vector<UserId> users{*user};
  co_return co_await changed(context, std::move(users));
}

Answer<contacts_fn::updateContactNote> update_contact_note(Context& context,
                                                           contacts_fn::updateContactNote& request) {
  const auto user = co_await user_from(context, request.id);
  if (!user) co_return fail(Error::invalid("CONTACT_ID_INVALID"));
  CO_ASSIGN(auto given, co_await note_from(context, request.note));
  services::ContactNote note;  // none: takes it away
  if (given) note = std::move(*given);
  CO_TRY(co_await context.services.contacts.set_note(context.caller, *user, std::move(note)));
  co_return true;
}

Answer<contacts_fn::acceptContact> accept_contact(Context& context, contacts_fn::acceptContact& request) {
  const auto user = co_await user_from(context, request.id);
  if (!user) co_return fail(Error::invalid("CONTACT_ID_INVALID"));
  CO_TRY(co_await context.services.contacts.share_phone(context.caller, *user));
  std::vector<UserId> users{*user};
  co_return co_await changed(context, std::move(users));
}

Answer<contacts_fn::deleteContacts> delete_contacts(Context& context, contacts_fn::deleteContacts& request) {
  if (request.id.size() > services::Contacts::contacts_max) co_return fail(Error::invalid("USERS_TOO_MUCH"));
  CO_ASSIGN(auto users, co_await users_from(context, request.id));
  CO_TRY(co_await context.services.contacts.remove(context.caller, users));
  co_return co_await changed(context, std::move(users));
}

Answer<contacts_fn::deleteByPhones> delete_by_phones(Context& context, contacts_fn::deleteByPhones& request) {
  CO_TRY(co_await context.services.contacts.remove_by_phones(context.caller, std::move(request.phones)));
  co_return true;
}

Answer<contacts_fn::editCloseFriends> edit_close_friends(Context& context,
                                                         contacts_fn::editCloseFriends& request) {
  CO_TRY(co_await context.services.privacy.set_close_friends(context.caller, std::move(request.id)));
  context.services.users.forget(context.caller.user);
  co_return true;
}

Answer<contacts_fn::getBirthdays> get_birthdays(Context& context, contacts_fn::getBirthdays&) {
  CO_ASSIGN(const auto birthdays, co_await context.services.contacts.birthdays_near(context.caller.user));
  tl::contacts::contactBirthdays reply;
  std::vector<UserId> users;
  for (const auto& [user, day] : birthdays) {
    tl::birthday birthday;
    birthday.day = day.day;
    birthday.month = day.month;
    if (day.year != 0) birthday.year = day.year;
    tl::contactBirthday contact;
    contact.contact_id = user.value;
    contact.birthday = std::move(birthday);
    reply.contacts.push_back(std::move(contact));
    users.push_back(user);
  }
  CO_ASSIGN(reply.users,
            co_await describe_users(context.services.users, context.caller.user, std::move(users)));
  co_return reply;
}

// Finding people

// Only bots, or only broadcast channels, if that is asked for.
bool wanted(const contacts_fn::search& request, const Described& described, Peer peer) {
  if (!request.bots && !request.broadcasts) return true;
  if (peer.is_user()) {
    return request.bots && std::ranges::any_of(described.users, [&](const auto& wire) {
             const auto* user = wire.template get_if<tl::user>();
             return user != nullptr && user->id == peer.id && user->bot;
           });
  }
  return request.broadcasts && std::ranges::any_of(described.chats, [&](const auto& wire) {
           const auto* channel = wire.template get_if<tl::channel>();
           return channel != nullptr && channel->id == peer.id && channel->broadcast;
         });
}

Answer<contacts_fn::search> search(Context& context, contacts_fn::search& request) {
  const auto limit = static_cast<std::size_t>(std::max(request.limit, 1));
  CO_ASSIGN(const auto found,
            co_await context.services.discovery.peers(context.caller, std::move(request.q), limit));
  std::vector<Peer> named = found.mine;
  named.insert(named.end(), found.public_.begin(), found.public_.end());
  CO_ASSIGN(auto described, co_await describe(context.services, context.caller.user, std::move(named)));
  tl::contacts::found reply;
  for (const auto peer : found.mine) {
    if (wanted(request, described, peer)) reply.my_results.push_back(render_peer(peer));
  }
  for (const auto peer : found.public_) {
    if (wanted(request, described, peer)) reply.results.push_back(render_peer(peer));
  }
  reply.users = std::move(described.users);
  reply.chats = std::move(described.chats);
  co_return reply;
}

Answer<contacts_fn::resolveUsername> resolve_username(Context& context,
                                                      contacts_fn::resolveUsername& request) {
  CO_ASSIGN(const auto peer,
            co_await context.services.people_search.by_username(context.caller, std::move(request.username)));
  tl::contacts::resolvedPeer reply;
  reply.peer = render_peer(peer);
  std::vector<Peer> named{peer};
  CO_TRY(co_await describe_into(reply, context.services, context.caller.user, std::move(named)));
  co_return tl::Box<tl::contacts::ResolvedPeer>(std::move(reply));
}

Answer<contacts_fn::resolvePhone> resolve_phone(Context& context, contacts_fn::resolvePhone& request) {
  CO_ASSIGN(const auto user,
            co_await context.services.people_search.by_phone(context.caller, std::move(request.phone)));
  CO_ASSIGN(const auto view, co_await context.services.users.view_one(context.caller.user, user));
  co_return resolved(view);
}

// No ranking of whom one writes to most is kept, as after toggleTopPeers(false).
Answer<contacts_fn::exportContactToken> export_contact_token(Context& context,
                                                             contacts_fn::exportContactToken&) {
  const auto exported = services::export_contact_token(context.services.environment, context.caller.user);
  tl::exportedContactToken reply;
  reply.url = context.facts.url + "/contact/" + exported.token;  // config.me_url_prefix and the token
  reply.expires = static_cast<std::int32_t>(exported.expires_at);
  co_return reply;
}

Answer<contacts_fn::importContactToken> import_contact_token(Context& context,
                                                             contacts_fn::importContactToken& request) {
  CO_ASSIGN(const auto user, services::read_contact_token(context.services.environment, request.token));
  const auto view = co_await context.services.users.view_one(context.caller.user, user);
  if (!view || view->deleted) co_return fail(Error::invalid("IMPORT_TOKEN_INVALID"));
  co_return render_user(*view);
}

Answer<contacts_fn::getTopPeers> get_top_peers(Context&, contacts_fn::getTopPeers&) {
  co_return tl::contacts::topPeersDisabled{};
}

Answer<contacts_fn::toggleTopPeers> toggle_top_peers(Context&, contacts_fn::toggleTopPeers& request) {
  if (request.enabled) co_return fail(Error::invalid("TOP_PEERS_UNAVAILABLE"));
  co_return true;
}

Answer<contacts_fn::getSponsoredPeers> get_sponsored_peers(Context&, contacts_fn::getSponsoredPeers&) {
  co_return tl::contacts::sponsoredPeersEmpty{};  // there is no advertising
}

// Blocking

// Stories can be hidden from people without blocking them; there are no stories.
Error no_stories() {
  return Error::invalid("STORIES_UNAVAILABLE", "There are no stories on this server.");
}

Answer<contacts_fn::block> block(Context& context, contacts_fn::block& request) {
  if (request.my_stories_from) co_return fail(no_stories());
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.id));
  CO_TRY(co_await context.services.blocking.block(context.caller, peer.user()));
  context.services.users.forget(context.caller.user);
  co_return true;
}

Answer<contacts_fn::unblock> unblock(Context& context, contacts_fn::unblock& request) {
  if (request.my_stories_from) co_return fail(no_stories());
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.id));
  CO_TRY(co_await context.services.blocking.unblock(context.caller, peer.user()));
  context.services.users.forget(context.caller.user);
  co_return true;
}

Answer<contacts_fn::setBlocked> set_blocked(Context& context, contacts_fn::setBlocked& request) {
  if (request.my_stories_from) co_return fail(no_stories());
  if (request.id.size() > services::Blocking::blocked_max) co_return fail(Error::invalid("BLOCKED_TOO_MUCH"));
  std::vector<UserId> users;
  for (const auto& input : request.id) {
    CO_ASSIGN(const auto peer, co_await peer_from(context, input));
    users.push_back(peer.user());
  }
  const auto limit = request.limit > 0 ? static_cast<std::size_t>(request.limit) : users.size();
  CO_TRY(co_await context.services.blocking.set(context.caller, std::move(users), limit));
  context.services.users.forget(context.caller.user);
  co_return true;
}

Answer<contacts_fn::getBlocked> get_blocked(Context& context, contacts_fn::getBlocked& request) {
  if (request.my_stories_from) co_return tl::contacts::blocked{};
  const auto offset = static_cast<std::size_t>(std::max(request.offset, 0));
  const auto limit = static_cast<std::size_t>(std::clamp(request.limit, 0, blocked_page_max));
  CO_ASSIGN(const auto page, co_await context.services.blocking.list(context.caller.user, offset, limit));
  std::vector<tl::Box<tl::PeerBlocked>> blocked;
  std::vector<UserId> ids;
  for (const auto& entry : page.blocks) {
    tl::peerBlocked peer;
    peer.peer_id = render_peer(Peer::of(entry.user));
    peer.date = static_cast<std::int32_t>(entry.at);
    blocked.push_back(std::move(peer));
    ids.push_back(entry.user);
  }
  CO_ASSIGN(auto users, co_await describe_users(context.services.users, context.caller.user, std::move(ids)));
  if (offset == 0 && page.total == page.blocks.size()) {
    tl::contacts::blocked reply;
    reply.blocked = std::move(blocked);
    reply.users = std::move(users);
    co_return reply;
  }
  tl::contacts::blockedSlice reply;
  reply.count = static_cast<std::int32_t>(page.total);
  reply.blocked = std::move(blocked);
  reply.users = std::move(users);
  co_return reply;
}

}  // namespace

void register_contacts(Methods& methods) {
  methods.on(get_contacts);
  methods.on(get_contact_ids);
  methods.on(get_statuses);
  methods.on(import_contacts);
  methods.on(add_contact);
  methods.on(update_contact_note);
  methods.on(accept_contact);
  methods.on(delete_contacts);
  methods.on(delete_by_phones);
  methods.on(edit_close_friends);
  methods.on(get_birthdays);
  methods.on(search);
  methods.on(resolve_username);
  methods.on(resolve_phone);
  methods.on(export_contact_token);
  methods.on(import_contact_token);
  methods.on(get_top_peers);
  methods.on(toggle_top_peers);
  methods.on(get_sponsored_peers);
  methods.on(block);
  methods.on(unblock);
  methods.on(set_blocked);
  methods.on(get_blocked);
}

}  // namespace heliograph::api
