#include "api/render/bot.h"

#include "api/render/entity.h"

namespace heliograph::api {

tl::Box<tl::BotInfo> render_bot_info(UserId bot, const services::BotInfo& info) {
  tl::botInfo wire;
  wire.user_id = bot.value;
  wire.description = info.description;
  wire.commands.emplace();
  for (const auto& command : info.commands) {
    tl::botCommand one;
    one.command = command.command;
    one.description = command.description;
    wire.commands->emplace_back(std::move(one));
  }
  wire.menu_button = tl::botMenuButtonCommands{};
  return wire;
}

tl::Box<tl::BotInlineResult> render_inline_result(services::InlineResult result) {
  tl::botInlineMessageText sent;
  sent.message = std::move(result.post.text);
  sent.entities = render_optional_entities(result.post.entities);
  tl::botInlineResult wire;
  wire.id = std::move(result.id);
  wire.type = "article";
  wire.title = std::move(result.title);
  wire.description = std::move(result.description);
  wire.send_message = std::move(sent);
  return wire;
}

}  // namespace heliograph::api
