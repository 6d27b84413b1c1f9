// messages.*: talking with bots.
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/bot.h"
#include "api/render/message.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using tl::fn::messages::getBotCallbackAnswer;
using tl::fn::messages::getInlineBotResults;
using tl::fn::messages::startBot;

constexpr std::int32_t inline_cache_seconds = 60;  // by clients

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

Answer<startBot> start_bot(Context& context, startBot& request) {
  CO_ASSIGN(const auto bot, co_await user_from(context, request.bot));
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto sent,
            co_await context.services.bots.start(context.caller, bot, peer, request.random_id,
                                                 std::move(request.start_param)));
  const Viewer viewer(context.services, context.caller.user);
  UpdatesAnswer answer;
  tl::updateMessageID numbered;
  numbered.id = sent.message.id.value;
  numbered.random_id = request.random_id;
  answer.updates.emplace_back(std::move(numbered));
  CO_TRY(add_new_message(answer, sent, viewer));
  co_return co_await render_answer(context, std::move(answer));
}

Answer<getBotCallbackAnswer> get_bot_callback_answer(Context& context, getBotCallbackAnswer& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  // No button here starts a game or asks for a password.
  if (!request.data) co_return fail(Error::invalid("DATA_INVALID", "Say which button it was."));
  CO_ASSIGN(auto pressed, co_await context.services.bots.press(
                              context.caller, peer, MessageId{request.msg_id}, std::move(*request.data)));
  tl::messages::botCallbackAnswer answer;
  answer.alert = pressed.alert;
  if (!pressed.notice.empty()) answer.message = std::move(pressed.notice);
  if (!pressed.url.empty()) {
    answer.has_url = true;
    answer.url = std::move(pressed.url);
  }
  co_return tl::Box<tl::messages::BotCallbackAnswer>(std::move(answer));
}

Answer<getInlineBotResults> get_inline_bot_results(Context& context, getInlineBotResults& request) {
  CO_ASSIGN(const auto bot, co_await user_from(context, request.bot));
  // Where it is typed makes no difference here; but it has to be somewhere, or nowhere yet.
  if (request.peer && !request.peer.is<tl::inputPeerEmpty>()) {
    CO_TRY(co_await peer_from(context, request.peer));
  }
  tl::messages::botResults answer;
  CO_ASSIGN(const bool refused, co_await context.services.discovery.refuses(context.caller, request.query));
  if (refused) co_return tl::Box<tl::messages::BotResults>(std::move(answer));
  CO_ASSIGN(auto found,
            co_await context.services.bots.ask_inline(context.caller, bot, std::move(request.query)));
  answer.query_id = found.question;
  answer.cache_time = inline_cache_seconds;
  if (request.offset.empty()) {  // all of them come at once
    for (auto& result : found.results) answer.results.emplace_back(render_inline_result(std::move(result)));
  }
  co_return tl::Box<tl::messages::BotResults>(std::move(answer));
}

}  // namespace

void register_bots(Methods& methods) {
  methods.on(start_bot);
  methods.on(get_bot_callback_answer);
  methods.on(get_inline_bot_results);
}

}  // namespace heliograph::api
