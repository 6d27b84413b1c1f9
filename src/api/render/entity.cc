#include "api/render/entity.h"

namespace heliograph::api {

namespace {

template <typename Wire>
Wire placed(const services::Entity& entity) {
  Wire wire;
  wire.offset = entity.offset;
  wire.length = entity.length;
  return wire;
}

tl::Box<tl::MessageEntity> render_entity(const services::Entity& entity) {
  using services::EntityKind;
  switch (entity.kind) {
    case EntityKind::mention:
      return placed<tl::messageEntityMention>(entity);
    case EntityKind::hashtag:
      return placed<tl::messageEntityHashtag>(entity);
    case EntityKind::bot_command:
      return placed<tl::messageEntityBotCommand>(entity);
    case EntityKind::url:
      return placed<tl::messageEntityUrl>(entity);
    case EntityKind::email:
      return placed<tl::messageEntityEmail>(entity);
    case EntityKind::bold:
      return placed<tl::messageEntityBold>(entity);
    case EntityKind::italic:
      return placed<tl::messageEntityItalic>(entity);
    case EntityKind::code:
      return placed<tl::messageEntityCode>(entity);
    case EntityKind::pre: {
      auto wire = placed<tl::messageEntityPre>(entity);
      wire.language = entity.text;
      return wire;
    }
    case EntityKind::text_url: {
      auto wire = placed<tl::messageEntityTextUrl>(entity);
      wire.url = entity.text;
      return wire;
    }
    case EntityKind::mention_name: {
      auto wire = placed<tl::messageEntityMentionName>(entity);
      wire.user_id = entity.user.value;
      return wire;
    }
    case EntityKind::phone:
      return placed<tl::messageEntityPhone>(entity);
    case EntityKind::cashtag:
      return placed<tl::messageEntityCashtag>(entity);
    case EntityKind::underline:
      return placed<tl::messageEntityUnderline>(entity);
    case EntityKind::strike:
      return placed<tl::messageEntityStrike>(entity);
    case EntityKind::bank_card:
      return placed<tl::messageEntityBankCard>(entity);
    case EntityKind::spoiler:
      return placed<tl::messageEntitySpoiler>(entity);
    case EntityKind::custom_emoji: {
      auto wire = placed<tl::messageEntityCustomEmoji>(entity);
      wire.document_id = entity.document_id;
      return wire;
    }
    case EntityKind::blockquote: {
      auto wire = placed<tl::messageEntityBlockquote>(entity);
      wire.collapsed = entity.collapsed;
      return wire;
    }
    case EntityKind::unknown:
      break;
  }
  return placed<tl::messageEntityUnknown>(entity);
}

}  // namespace

std::vector<tl::Box<tl::MessageEntity>> render_entities(const std::vector<services::Entity>& entities) {
  std::vector<tl::Box<tl::MessageEntity>> wire;
  wire.reserve(entities.size());
  for (const auto& entity : entities) wire.push_back(render_entity(entity));
  return wire;
}

std::optional<std::vector<tl::Box<tl::MessageEntity>>> render_optional_entities(
    const std::vector<services::Entity>& entities) {
  if (entities.empty()) return std::nullopt;
  return render_entities(entities);
}

}  // namespace heliograph::api
