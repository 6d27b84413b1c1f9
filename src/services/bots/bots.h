// The built-in bots of this server: their accounts, their mail, and what their answers do.
//
// A message to a bot is queued in the transaction that sends it (store/bots.h). deliver() asks the bot, and
// carries out what it says in one transaction that also takes the message off the queue: it is answered once,
// also when the server stops in between. The presser of a button waits for the answer: nothing is queued, and
// whoever got none presses again.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "services/bots/bot.h"
#include "services/bots/inline_questions.h"
#include "services/caller.h"
#include "services/chats/append.h"
#include "services/environment.h"
#include "services/hub.h"
#include "services/limits.h"

namespace heliograph::services {

class Users;

struct CallbackAnswer {
  std::string notice;  // empty: nothing is shown
  bool alert = false;
  std::string url;
};

struct InlineAnswer {
  std::int64_t question = 0;  // query_id
  std::vector<InlineResult> results;
};

// Thread-safe once all bots have been added.
class Bots {
 public:
  static constexpr UnixSeconds talk_lifetime = 24 * 3600;  // a conversation that nobody goes on with
  static constexpr std::int32_t tries_max = 8;             // with pauses of 1, 2, 4... seconds
  static constexpr std::size_t start_param_max = 64;
  static constexpr Rate answer_rate{20, std::chrono::seconds(2)};
  static constexpr Rate press_rate{30, std::chrono::seconds(1)};
  static constexpr Rate inline_rate{60, std::chrono::milliseconds(500)};  // it is asked as one types
  static constexpr std::size_t inline_text_max = 1024;  // bytes; clients stop at 256 characters

  // Makes itself known in the environment.
  Bots(Environment& environment, Hub& hub, Users& users, Limits& limits);
  ~Bots();
  Bots(const Bots&) = delete;

  // Before ensure_accounts() and the first message; `bot` outlives this.
  void add(BuiltInBot& bot);
  // Called when there is mail, on the store's writer thread: quick. Before the first message.
  void on_mail(std::function<void()> wake) { wake_ = std::move(wake); }
  // Makes their accounts what their identities say. Once at start.
  Task<Status> ensure_accounts();

  // Null: no built-in bot.
  BuiltInBot* find(UserId user) const;
  // None: no built-in bot. In the language that the viewer's device speaks.
  Task<Result<std::optional<BotInfo>>> info(UserId viewer, UserId bot) const;

  // In the transaction that has sent it: `sent` waits for its answer if it goes to a bot.
  Status queue(store::Tx& tx, const store::Message& sent, const std::string& start) const;

  // messages.startBot: "/start", of which the bot alone sees `parameter`. BOT_INVALID, PEER_ID_INVALID (only
  // their own chat), START_PARAM_EMPTY, START_PARAM_INVALID, START_PARAM_TOO_LONG, RANDOM_ID_EMPTY, those of
  // send_in().
  Task<Result<Appended>> start(Caller caller, UserId bot, Peer peer, std::int64_t random_id,
                               std::string parameter) const;
  // messages.getBotCallbackAnswer. MESSAGE_ID_INVALID (no message of a bot in this chat), DATA_INVALID (no
  // button of it says this), BOT_RESPONSE_TIMEOUT; flood.
  Task<Result<CallbackAnswer>> press(Caller caller, Peer peer, MessageId id, Bytes data) const;

  // messages.getInlineBotResults: what the bot offers for what is typed after its name. BOT_INVALID,
  // BOT_INLINE_DISABLED, MESSAGE_TOO_LONG, BOT_RESPONSE_TIMEOUT; flood.
  Task<Result<InlineAnswer>> ask_inline(Caller caller, UserId bot, std::string text) const;
  // messages.sendInlineBotResult: which bot's it is, and what is to be sent. QUERY_ID_EMPTY,
  // RESULT_ID_EMPTY, INLINE_RESULT_EXPIRED (not asked by the caller, or too long ago), RESULT_ID_INVALID (not
  // offered, or not any more), BOT_RESPONSE_TIMEOUT.
  struct Chosen {
    UserId bot;
    BotPost post;
  };
  Task<Result<Chosen>> choose_inline(Caller caller, std::int64_t question, std::string id) const;

  // Answers all mail that is due. When there is mail, and again and again: what has been postponed falls due.
  // A call during another returns at once, and the other looks again.
  Task<Status> deliver();
  // Forgets conversations that have ended by themselves. Now and then.
  Task<Status> sweep();

 private:
  Task<Status> deliver_due();
  Task<Result<std::vector<InlineResult>>> offer(UserId caller, BuiltInBot& bot, std::string text) const;
  Task<Status> answer(store::BotMail mail);
  Task<Status> postpone(store::BotMail mail, const BuiltInBot& bot, BotVisitor visitor);
  // Whether it was carried out: not if the conversation stands elsewhere than `visitor` says.
  Result<bool> carry_out(store::Tx& tx, UserId bot, const BotVisitor& visitor, const BotTurn& turn,
                         std::int64_t pressed) const;

  Environment& environment_;
  Users& users_;
  Limits& limits_;
  std::vector<BuiltInBot*> bots_;
  mutable InlineQuestions inline_questions_;
  std::function<void()> wake_;
  std::atomic<int> asked_ = 0;  // calls of deliver() since the running one has looked
};

}  // namespace heliograph::services
