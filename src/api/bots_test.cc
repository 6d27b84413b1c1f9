// Talking with a built-in bot through the front door, as clients of old and new layers see it.
#include <gmock/gmock.h>

#include "api/render/markup.h"
#include "api/testing/fixture.h"
#include "services/testing/search.h"
#include "tl/api.h"

namespace heliograph::api {
namespace {

using services::BotTurn;
using services::Button;
using services::ButtonKind;
using services::testing::World;
namespace call = tl::fn::messages;

// Answers with buttons of both kinds.
class ButtonBot final : public services::BuiltInBot {
 public:
  const services::BotIdentity& identity() const override { return who; }
  services::BotInfo info(const services::BotVisitor&) const override {
    return {"Has buttons", {{"start", "Begin"}, {"help", "What it does"}}};
  }
  Task<Result<BotTurn>> on_message(services::BotVisitor, services::BotMessage message) override {
    services::ReplyMarkup markup;
    markup.rows.push_back(
        {{{ButtonKind::callback, "Yes", {'y'}, ""}, {ButtonKind::url, "Rules", {}, "https://h/r"}}});
    BotTurn turn;
    turn.posts.push_back({message.text + "?", {}, std::move(markup)});
    co_return turn;
  }
  Task<Result<BotTurn>> on_callback(services::BotVisitor, Bytes) override {
    BotTurn turn;
    turn.notice = "Noted";
    turn.alert = true;
    turn.url = "https://h/noted";
    co_return turn;
  }
  Task<Result<std::vector<services::InlineResult>>> on_inline(services::BotVisitor,
                                                              std::string text) override {
    co_return std::vector<services::InlineResult>{{"1", "Loud", text, {text + "!", {}, {}}}};
  }
  services::BotPost sorry(const services::BotVisitor&, services::BotTrouble) const override {
    return {"Sorry", {}, {}};
  }
  services::BotIdentity who{UserId{777'902}, "buttonbot", "Buttons", "Has buttons", 7, "Words"};
};

class BotsTest : public testing::FrontDoorTest {
 protected:
  void SetUp() override {
    door.world.services.bots.add(bot);
    ASSERT_TRUE(door.world.run(door.world.services.bots.ensure_accounts()));
  }
  services::Caller account() {
    services::Caller caller;
    caller.user = bot.who.id;
    return caller;
  }
  tl::inputPeerUser peer() { return FrontDoorTest::peer(ada, account()); }
  tl::inputUser user() { return {.user_id = peer().user_id, .access_hash = peer().access_hash}; }
  void say(std::string text) {
    call::sendMessage send;
    send.peer = peer();
    send.message = std::move(text);
    send.random_id = 1;
    ASSERT_TRUE(door.call(ada, send));
    deliver();
  }
  void deliver() { ASSERT_TRUE(door.world.run(door.world.services.bots.deliver())); }
  // The newest message of the chat, as a client of this layer reads it.
  tl::message newest(std::int32_t layer) {
    auto page = door.call(ada, call::getHistory{.peer = peer(), .limit = 1}, layer);
    EXPECT_TRUE(page) << page.error;
    auto& messages = page->is<tl::messages::messages>()
                         ? page->get_if<tl::messages::messages>()->messages
                         : page->get_if<tl::messages::messagesSlice>()->messages;
    return std::move(*messages.at(0).get_if<tl::message>());
  }

  ButtonBot bot;
  services::Caller ada = door.world.sign_up("Ada");
};

TEST_F(BotsTest, IsShownAsABotWithItsCommands) {
  auto full = door.call(ada, tl::fn::users::getFullUser{.id = user()});
  ASSERT_TRUE(full) << full.error;
  const auto& reply = *full->get_if<tl::users::userFull>();
  const auto& shown = *reply.users[0].get_if<tl::user>();
  EXPECT_TRUE(shown.bot);
  EXPECT_TRUE(shown.bot_nochats);
  EXPECT_EQ(shown.bot_info_version, 7);
  EXPECT_EQ(shown.bot_inline_placeholder, "Words");
  EXPECT_FALSE(shown.status);
  const auto& info = *reply.full_user.get_if<tl::userFull>()->bot_info.get_if<tl::botInfo>();
  EXPECT_EQ(info.description, "Has buttons");
  ASSERT_EQ(info.commands->size(), 2u);
  EXPECT_EQ((*info.commands)[1].get_if<tl::botCommand>()->command, "help");
  EXPECT_TRUE(info.menu_button.is<tl::botMenuButtonCommands>());
}

TEST_F(BotsTest, ButtonsAreTheirConstructorsUpToLayer228) {
  say("Tea");
  for (const std::int32_t layer : {144, 181, 228}) {
    auto shown = newest(layer);
    EXPECT_EQ(shown.message, "Tea?");
    const auto* markup = shown.reply_markup.get_if<tl::replyInlineMarkup>();
    ASSERT_NE(markup, nullptr) << layer;
    const auto& row = markup->rows.at(0).get_if<tl::keyboardButtonRow>()->buttons;
    ASSERT_EQ(row.size(), 2u) << layer;
    EXPECT_EQ(row[0].get_if<tl::keyboardButtonCallback>()->data, Bytes{'y'});
    EXPECT_EQ(row[1].get_if<tl::keyboardButtonUrl>()->url, "https://h/r");
  }
}

TEST_F(BotsTest, ButtonsHaveTypesFromLayer229On) {
  say("Tea");
  auto shown = newest(229);
  const auto* markup = shown.reply_markup.get_if<tl::replyInlineMarkup>();
  ASSERT_NE(markup, nullptr);
  const auto& row = markup->rows_l229.at(0).get_if<tl::keyboardInlineButtonRow>()->buttons;
  ASSERT_EQ(row.size(), 2u);
  const auto& first = *row[0].get_if<tl::keyboardInlineButton>();
  EXPECT_EQ(first.text, "Yes");
  EXPECT_EQ(first.type.get_if<tl::inlineButtonTypeCallback>()->data, Bytes{'y'});
  EXPECT_EQ(row[1].get_if<tl::keyboardInlineButton>()->type.get_if<tl::inlineButtonTypeUrl>()->url,
            "https://h/r");
}

TEST_F(BotsTest, KeyboardsAreShownToAllLayers) {
  services::ReplyMarkup markup;
  markup.kind = services::MarkupKind::keyboard;
  markup.resize = true;
  markup.rows.push_back({{{ButtonKind::text, "Tea", {}, ""}}});
  for (const std::int32_t layer : {144, 228, 229}) {
    const auto bytes = World::must(tl::encode(render_markup(markup), layer));
    auto read = World::must(tl::decode_boxed<tl::ReplyMarkup>(bytes));
    const auto& keyboard = *read.get_if<tl::replyKeyboardMarkup>();
    EXPECT_TRUE(keyboard.resize);
    const auto& row = keyboard.rows.at(0).get_if<tl::keyboardButtonRow>()->buttons;
    EXPECT_EQ(row.at(0).get_if<tl::keyboardButton>()->text, "Tea") << layer;
  }
  markup = {};
  markup.kind = services::MarkupKind::hide_keyboard;
  EXPECT_TRUE(render_markup(markup).is<tl::replyKeyboardHide>());
  markup.kind = services::MarkupKind::force_reply;
  markup.placeholder = "A word";
  EXPECT_EQ(render_markup(markup).get_if<tl::replyKeyboardForceReply>()->placeholder, "A word");
}

TEST_F(BotsTest, APressedButtonIsAnswered) {
  say("Tea");
  call::getBotCallbackAnswer press;
  press.peer = peer();
  press.msg_id = newest(228).id;
  press.data = Bytes{'y'};
  auto answer = door.call(ada, press);
  ASSERT_TRUE(answer) << answer.error;
  const auto& shown = *answer->get_if<tl::messages::botCallbackAnswer>();
  EXPECT_EQ(shown.message, "Noted");
  EXPECT_TRUE(shown.alert);
  EXPECT_TRUE(shown.has_url);
  EXPECT_EQ(shown.url, "https://h/noted");
  press.data = Bytes{'n'};
  EXPECT_EQ(door.call(ada, press).error, "400 DATA_INVALID");
  press.data.reset();
  EXPECT_EQ(door.call(ada, press).error, "400 DATA_INVALID");
}

TEST_F(BotsTest, ALinkStartsIt) {
  call::startBot start;
  start.bot = user();
  start.peer = peer();
  start.random_id = 5;
  start.start_param = "tea";
  auto answer = door.call(ada, start);
  ASSERT_TRUE(answer) << answer.error;
  auto& updates = answer->get_if<tl::updates_>()->updates;
  ASSERT_EQ(updates.size(), 2u);
  EXPECT_EQ(updates[0].get_if<tl::updateMessageID>()->random_id, 5);
  EXPECT_EQ(updates[1].get_if<tl::updateNewMessage>()->message.get_if<tl::message>()->message, "/start");
  deliver();
  EXPECT_EQ(newest(228).message, "/start tea?");
  start.start_param = "tea or coffee";
  start.random_id = 6;
  EXPECT_EQ(door.call(ada, start).error, "400 START_PARAM_INVALID");
}

TEST_F(BotsTest, IsNotAskedForWhatSearchIsGuardedAgainst) {
  services::testing::SearchWorld index{door.world};
  index.guard("category: illegal_goods\neffect: block\ncocaine\n");
  call::getInlineBotResults ask;
  ask.bot = user();
  ask.peer = tl::inputPeerSelf{};
  const auto offered = [&](std::string query) {
    ask.query = std::move(query);
    return door.call(ada, ask)->get_if<tl::messages::botResults>()->results.size();
  };
  EXPECT_EQ(offered("tea"), 1U);
  EXPECT_EQ(offered("c0caine"), 0U);
  EXPECT_EQ(offered(""), 1U);
}

TEST_F(BotsTest, ItsWordsAreSentByWayOfIt) {
  call::getInlineBotResults ask;
  ask.bot = user();
  ask.peer = tl::inputPeerSelf{};
  ask.query = "Tea";
  auto offered = door.call(ada, ask);
  ASSERT_TRUE(offered) << offered.error;
  const auto& found = *offered->get_if<tl::messages::botResults>();
  ASSERT_EQ(found.results.size(), 1u);
  const auto& result = *found.results[0].get_if<tl::botInlineResult>();
  EXPECT_EQ(result.type, "article");
  EXPECT_EQ(result.title, "Loud");
  EXPECT_EQ(result.send_message.get_if<tl::botInlineMessageText>()->message, "Tea!");

  call::sendInlineBotResult send;
  send.peer = tl::inputPeerSelf{};
  send.random_id = 11;
  send.query_id = found.query_id;
  send.id = result.id;
  auto sent = door.call(ada, send);
  ASSERT_TRUE(sent) << sent.error;
  const auto& updates = sent->get_if<tl::updates_>()->updates;
  const auto& message = *updates.at(1).get_if<tl::updateNewMessage>()->message.get_if<tl::message>();
  EXPECT_EQ(message.message, "Tea!");
  EXPECT_EQ(message.via_bot_id, bot.who.id.value);

  // Nobody puts other words below its name.
  call::editMessage edit;
  edit.peer = tl::inputPeerSelf{};
  edit.id = message.id;
  edit.message = "Coffee!";
  EXPECT_EQ(door.call(ada, edit).error, "403 MESSAGE_AUTHOR_REQUIRED");

  send.random_id = 12;
  send.id = "2";
  EXPECT_EQ(door.call(ada, send).error, "400 RESULT_ID_INVALID");
  ask.query.assign(2000, 'a');
  EXPECT_EQ(door.call(ada, ask).error, "400 MESSAGE_TOO_LONG");
  ask.query = "Tea";
  bot.who.inline_placeholder.clear();
  EXPECT_EQ(door.call(ada, ask).error, "400 BOT_INLINE_DISABLED");
  ask.bot = tl::inputUserSelf{};
  EXPECT_EQ(door.call(ada, ask).error, "400 BOT_INVALID");
}

TEST_F(BotsTest, WhatPeopleWriteHasNoButtons) {
  call::sendMessage send;
  send.peer = tl::inputPeerSelf{};
  send.message = "Buttons";
  send.random_id = 9;
  tl::keyboardButtonRow row;
  row.buttons.emplace_back(tl::keyboardButtonCallback{.text = "Yes", .data = Bytes{'y'}});
  tl::replyInlineMarkup markup;
  markup.rows.emplace_back(std::move(row));
  send.reply_markup = std::move(markup);
  ASSERT_TRUE(door.call(ada, send));
  auto page = door.call(ada, call::getHistory{.peer = tl::inputPeerSelf{}, .limit = 1});
  ASSERT_TRUE(page);
  EXPECT_FALSE(page->get_if<tl::messages::messages>()->messages.at(0).get_if<tl::message>()->reply_markup);
}

}  // namespace
}  // namespace heliograph::api
