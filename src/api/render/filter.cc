#include "api/render/filter.h"

#include "api/message_arguments.h"
#include "api/peers.h"
#include "api/render/entity.h"
#include "api/render/peer.h"
#include "tl/core_i.h"
#include "tl/core_t.h"

namespace heliograph::api {

namespace {

std::vector<tl::Box<tl::InputPeer>> render_peers(const services::Environment& environment, UserId owner,
                                                 const std::vector<Peer>& peers) {
  std::vector<tl::Box<tl::InputPeer>> wire;
  for (const auto peer : peers) wire.push_back(render_input_peer(environment, owner, peer));
  return wire;
}

Task<std::vector<Peer>> known_peers(Context& context, const std::vector<tl::Box<tl::InputPeer>>& wire) {
  std::vector<Peer> peers;
  for (const auto& box : wire) {
    if (peers.size() > services::filter_peers_max) break;  // the service refuses so many
    const auto peer = co_await peer_from(context, box);
    if (peer) peers.push_back(*peer);
  }
  co_return peers;
}

}  // namespace

tl::Box<tl::DialogFilter> render_filter(const services::Environment& environment, UserId owner,
                                        const services::DialogFilter& filter) {
  tl::dialogFilter wire;
  wire.contacts = filter.contacts;
  wire.non_contacts = filter.non_contacts;
  wire.groups = filter.groups;
  wire.broadcasts = filter.broadcasts;
  wire.bots = filter.bots;
  wire.exclude_muted = filter.exclude_muted;
  wire.exclude_read = filter.exclude_read;
  wire.exclude_archived = filter.exclude_archived;
  wire.title_noanimate = filter.title_still;
  wire.id = filter.id;
  tl::textWithEntities title;
  title.text = filter.title;
  title.entities = render_entities(filter.title_entities);
  wire.title = std::move(title);
  if (!filter.emoticon.empty()) wire.emoticon = filter.emoticon;
  wire.color = filter.color;
  wire.pinned_peers = render_peers(environment, owner, filter.pinned);
  wire.include_peers = render_peers(environment, owner, filter.include);
  wire.exclude_peers = render_peers(environment, owner, filter.exclude);
  return wire;
}

void collect_peers(const services::DialogFilter& filter, std::vector<Peer>& named) {
  for (const auto* peers : {&filter.pinned, &filter.include, &filter.exclude}) {
    named.insert(named.end(), peers->begin(), peers->end());
  }
}

Task<Result<services::DialogFilter>> filter_from(Context& context, std::int32_t id,
                                                 const tl::Box<tl::DialogFilter>& wire) {
  const auto* given = wire.get_if<tl::dialogFilter>();
  if (given == nullptr) co_return fail(Error::invalid("FILTER_ID_INVALID"));
  services::DialogFilter filter;
  filter.id = id;
  filter.contacts = given->contacts;
  filter.non_contacts = given->non_contacts;
  filter.groups = given->groups;
  filter.broadcasts = given->broadcasts;
  filter.bots = given->bots;
  filter.exclude_muted = given->exclude_muted;
  filter.exclude_read = given->exclude_read;
  filter.exclude_archived = given->exclude_archived;
  filter.title_still = given->title_noanimate;
  if (const auto* title = given->title.get_if<tl::textWithEntities>()) {
    filter.title = title->text;
    for (const auto& box : title->entities) {
      const auto* emoji = box.get_if<tl::messageEntityCustomEmoji>();
      if (emoji == nullptr) continue;  // a title has no other marks
      services::Entity entity;
      entity.kind = services::EntityKind::custom_emoji;
      entity.offset = emoji->offset;
      entity.length = emoji->length;
      entity.document_id = emoji->document_id;
      filter.title_entities.push_back(std::move(entity));
    }
  }
  filter.emoticon = given->emoticon.value_or(std::string());
  filter.color = given->color;
  filter.pinned = co_await known_peers(context, given->pinned_peers);
  filter.include = co_await known_peers(context, given->include_peers);
  filter.exclude = co_await known_peers(context, given->exclude_peers);
  co_return filter;
}

}  // namespace heliograph::api
