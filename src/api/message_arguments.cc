#include "api/message_arguments.h"

#include <cmath>

#include "api/media_arguments.h"
#include "api/peers.h"
#include "api/poll_arguments.h"

namespace heliograph::api {

namespace {

using services::Entity;
using services::EntityKind;

template <typename Wire>
bool take(const tl::Box<tl::MessageEntity>& wire, EntityKind kind, Entity& entity) {
  const auto* found = wire.get_if<Wire>();
  if (found == nullptr) return false;
  entity.kind = kind;
  entity.offset = found->offset;
  entity.length = found->length;
  if constexpr (requires { found->language; }) entity.text = found->language;
  if constexpr (requires { found->url; }) entity.text = found->url;
  if constexpr (requires { found->document_id; }) entity.document_id = found->document_id;
  if constexpr (requires { found->collapsed; }) entity.collapsed = found->collapsed;
  return true;
}

// Kinds that the server finds itself (mention, hashtag, url...) are taken as well: clients repeat them when
// editing.
bool take_plain(const tl::Box<tl::MessageEntity>& wire, Entity& entity) {
  return take<tl::messageEntityBold>(wire, EntityKind::bold, entity) ||
         take<tl::messageEntityItalic>(wire, EntityKind::italic, entity) ||
         take<tl::messageEntityCode>(wire, EntityKind::code, entity) ||
         take<tl::messageEntityPre>(wire, EntityKind::pre, entity) ||
         take<tl::messageEntityTextUrl>(wire, EntityKind::text_url, entity) ||
         take<tl::messageEntityUnderline>(wire, EntityKind::underline, entity) ||
         take<tl::messageEntityStrike>(wire, EntityKind::strike, entity) ||
         take<tl::messageEntitySpoiler>(wire, EntityKind::spoiler, entity) ||
         take<tl::messageEntityBlockquote>(wire, EntityKind::blockquote, entity) ||
         take<tl::messageEntityCustomEmoji>(wire, EntityKind::custom_emoji, entity) ||
         take<tl::messageEntityMention>(wire, EntityKind::mention, entity) ||
         take<tl::messageEntityHashtag>(wire, EntityKind::hashtag, entity) ||
         take<tl::messageEntityBotCommand>(wire, EntityKind::bot_command, entity) ||
         take<tl::messageEntityUrl>(wire, EntityKind::url, entity) ||
         take<tl::messageEntityEmail>(wire, EntityKind::email, entity) ||
         take<tl::messageEntityPhone>(wire, EntityKind::phone, entity) ||
         take<tl::messageEntityCashtag>(wire, EntityKind::cashtag, entity) ||
         take<tl::messageEntityBankCard>(wire, EntityKind::bank_card, entity);
}

Result<std::int32_t> degrees_e6(double degrees, double limit) {
  if (!std::isfinite(degrees) || std::abs(degrees) > limit) return fail(Error::invalid("MEDIA_INVALID"));
  return static_cast<std::int32_t>(std::lround(degrees * 1e6));
}

Status take_geo(const tl::Box<tl::InputGeoPoint>& wire, services::Media& media) {
  const auto* point = wire.get_if<tl::inputGeoPoint>();
  if (point == nullptr) return fail(Error::invalid("MEDIA_EMPTY"));
  HG_ASSIGN(media.latitude_e6, degrees_e6(point->lat, 90));
  HG_ASSIGN(media.longitude_e6, degrees_e6(point->long_, 180));
  const auto radius = point->accuracy_radius.value_or(0);
  media.accuracy_radius_m = radius > 0 && radius <= 1500 ? radius : 0;
  return {};
}

}  // namespace

Task<Result<std::vector<Entity>>> entities_from(Context& context, const WireEntities& wire) {
  std::vector<Entity> entities;
  if (!wire) co_return entities;
  entities.reserve(wire->size());
  for (const auto& box : *wire) {
    Entity entity;
    if (take_plain(box, entity)) {
      entities.push_back(std::move(entity));
      continue;
    }
    const auto* mention = box.get_if<tl::inputMessageEntityMentionName>();
    if (mention == nullptr) continue;  // kinds that nobody here can show
    entity.kind = EntityKind::mention_name;
    entity.offset = mention->offset;
    entity.length = mention->length;
    auto user = co_await user_from(context, mention->user_id);
    if (!user) co_return fail(Error::invalid("ENTITY_MENTION_USER_INVALID"));
    entity.user = *user;
    entities.push_back(std::move(entity));
  }
  co_return entities;
}

Task<Result<std::optional<services::ReplyTo>>> reply_from(Context& context,
                                                          const tl::Box<tl::InputReplyTo>& wire,
                                                          std::optional<std::int32_t> plain_id) {
  std::optional<services::ReplyTo> reply;
  if (!wire) {
    if (plain_id && *plain_id != 0) {
      reply.emplace();
      reply->id = MessageId{*plain_id};
    }
    co_return reply;
  }
  const auto* to = wire.get_if<tl::inputReplyToMessage>();
  if (to == nullptr || to->monoforum_peer_id || to->todo_item_id || to->poll_option) {
    co_return fail(Error::invalid("REPLY_TO_INVALID"));
  }
  const auto top = std::max(to->top_msg_id.value_or(0), 0);
  if (to->reply_to_msg_id == 0 && top == 0) co_return reply;
  reply.emplace();
  reply->id = MessageId{to->reply_to_msg_id};
  reply->top = MessageId{top};
  if (to->reply_to_peer_id) {
    CO_ASSIGN(reply->peer, co_await peer_from(context, to->reply_to_peer_id));
  }
  reply->quote_text = to->quote_text.value_or(std::string());
  reply->quote_offset = to->quote_offset.value_or(0);
  CO_ASSIGN(reply->quote_entities, co_await entities_from(context, to->quote_entities));
  co_return reply;
}

namespace {

Result<services::Media> plain_media_from(const tl::Box<tl::InputMedia>& wire) {
  services::Media media;
  if (!wire || wire.is<tl::inputMediaEmpty>()) return fail(Error::invalid("MEDIA_EMPTY"));
  if (const auto* contact = wire.get_if<tl::inputMediaContact>()) {
    media.kind = services::MediaKind::contact;
    media.phone = contact->phone_number;
    media.first_name = contact->first_name;
    media.last_name = contact->last_name;
    media.vcard = contact->vcard;
    if (media.phone.empty() || media.phone.size() > 64 || media.first_name.size() > 256 ||
        media.last_name.size() > 256 || media.vcard.size() > 2048) {
      return fail(Error::invalid("MEDIA_INVALID"));
    }
    return media;
  }
  if (const auto* geo = wire.get_if<tl::inputMediaGeoPoint>()) {
    media.kind = services::MediaKind::geo;
    HG_TRY(take_geo(geo->geo_point, media));
    return media;
  }
  if (const auto* venue = wire.get_if<tl::inputMediaVenue>()) {
    media.kind = services::MediaKind::venue;
    HG_TRY(take_geo(venue->geo_point, media));
    media.title = venue->title;
    media.address = venue->address;
    media.provider = venue->provider;
    media.venue_id = venue->venue_id;
    media.venue_type = venue->venue_type;
    const auto size = media.title.size() + media.address.size() + media.provider.size() +
                      media.venue_id.size() + media.venue_type.size();
    if (size > 2048) return fail(Error::invalid("MEDIA_INVALID"));
    return media;
  }
  if (wire.is<tl::inputMediaWebPage>()) {
    return fail(Error::invalid("WEBPAGE_NOT_FOUND", "This server opens no links."));
  }
  return fail(Error::invalid("MEDIA_INVALID", "This server does not take this kind of media."));
}

}  // namespace

bool is_optional_preview(const tl::Box<tl::InputMedia>& wire) {
  const auto* page = wire.get_if<tl::inputMediaWebPage>();
  return page != nullptr && page->optional;
}

Task<Result<services::Media>> media_from(Context& context, tl::Box<tl::InputMedia>& wire) {
  if (auto* poll = wire.get_if<tl::inputMediaPoll>()) {
    services::Media media;
    media.kind = services::MediaKind::poll;
    CO_ASSIGN(media.poll, co_await poll_from(context, *poll));
    co_return media;
  }
  if (!is_file_media(wire)) co_return plain_media_from(wire);
  CO_ASSIGN(auto sent, co_await sent_media_from(context, wire));
  services::Media media;
  media.kind = sent.photo ? services::MediaKind::photo : services::MediaKind::document;
  media.photo = std::move(sent.photo);
  media.document = std::move(sent.document);
  media.spoiler = sent.spoiler;
  media.ttl_seconds = sent.ttl_seconds;
  co_return media;
}

std::vector<MessageId> message_ids_from(const std::vector<std::int32_t>& ids) {
  std::vector<MessageId> out;
  out.reserve(ids.size());
  for (const auto id : ids) out.emplace_back(id);
  return out;
}

Task<Result<Peer>> saved_peer_from(Context& context, const tl::Box<tl::InputPeer>& wire,
                                   std::optional<Peer> peer) {
  if (!wire || wire.is<tl::inputPeerEmpty>()) co_return Peer{};
  if (peer != Peer::of(context.caller.user)) co_return fail(Error::invalid("PEER_ID_INVALID"));
  co_return co_await peer_from(context, wire);
}

services::Search::Filter filter_from(const tl::Box<tl::MessagesFilter>& wire) {
  if (!wire || wire.is<tl::inputMessagesFilterEmpty>()) return services::Search::Filter::any;
  if (wire.is<tl::inputMessagesFilterUrl>()) return services::Search::Filter::links;
  if (wire.is<tl::inputMessagesFilterPinned>()) return services::Search::Filter::pinned;
  if (wire.is<tl::inputMessagesFilterMyMentions>()) return services::Search::Filter::mentions;
  using Filter = services::Search::Filter;
  if (wire.is<tl::inputMessagesFilterPhotos>()) return Filter::photos;
  if (wire.is<tl::inputMessagesFilterVideo>()) return Filter::videos;
  if (wire.is<tl::inputMessagesFilterPhotoVideo>()) return Filter::photos_and_videos;
  if (wire.is<tl::inputMessagesFilterDocument>()) return Filter::documents;
  if (wire.is<tl::inputMessagesFilterGif>()) return Filter::animations;
  if (wire.is<tl::inputMessagesFilterVoice>()) return Filter::voices;
  if (wire.is<tl::inputMessagesFilterRoundVideo>()) return Filter::round_videos;
  if (wire.is<tl::inputMessagesFilterRoundVoice>()) return Filter::voices_and_round_videos;
  if (wire.is<tl::inputMessagesFilterMusic>()) return Filter::music;
  if (wire.is<tl::inputMessagesFilterChatPhotos>()) return Filter::chat_photos;
  if (wire.is<tl::inputMessagesFilterContacts>()) return Filter::contacts;
  if (wire.is<tl::inputMessagesFilterGeo>()) return Filter::places;
  if (wire.is<tl::inputMessagesFilterPoll>()) return Filter::polls;
  return Filter::none;  // calls: there are none
}

}  // namespace heliograph::api
