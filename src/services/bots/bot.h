// A bot that is part of the server. To clients it is a bot like any other: an account with commands that
// answers in a private chat, with buttons under its messages. Here it is told one thing at a time and says
// what is to follow; services/bots/bots.h does the rest.
//
// A bot is asked again when its answer could not be carried out (the server stopped, or the conversation had
// gone on meanwhile). What it does by itself while it answers must therefore do no harm twice.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "services/chats/content.h"
#include "store/messages.h"

namespace heliograph::services {

struct BotIdentity {
  UserId id;  // fixed: below those that people get
  std::string username;
  std::string name;
  std::string about;              // one line, as people have it
  std::int32_t info_version = 1;  // another number makes clients ask for the rest again
  // What to type after its name in any chat, to send something of it there
  // (core.telegram.org/api/bots/inline); empty: nothing of it is sent so.
  std::string inline_placeholder;
};

struct BotCommand {
  std::string command;  // without the slash
  std::string description;
};

// What is shown of it before anybody has written to it.
struct BotInfo {
  std::string description;
  std::vector<BotCommand> commands;
};

// Who talks to it, and what it remembers of them.
struct BotVisitor {
  UserId user;
  std::string language;  // of the device that was used last, two letters; "en" if it does not say
  Bytes state;           // where the conversation stands; empty: nowhere, or it was too long ago
  Bytes memory;          // what the bot keeps of the account for good
};

struct BotMessage {
  std::string text;       // "/start x" also where a link passed the x
  store::Message stored;  // the bot's copy
  MessageContent content;
};

struct BotPost {
  std::string text;
  std::vector<Entity> entities;
  std::optional<ReplyMarkup> markup;
  bool silent = false;
};

// What is to follow: all of it, or nothing.
struct BotTurn {
  std::vector<BotPost> posts;   // to whom the bot talks with
  std::optional<Bytes> state;   // none: as it was; empty: the conversation is over
  std::optional<Bytes> memory;  // none: as it was
  std::optional<BotPost> edit;  // what the message with the pressed button becomes
  std::string notice;           // to whoever pressed; a line at the top,
  bool alert = false;           // or a window to be closed
  std::string url;              // opened for whoever pressed
};

// What a member may send as their own message, by way of the bot.
struct InlineResult {
  // The same for as long as the same would be sent, and of nothing else: at most 64 bytes.
  std::string id;
  std::string title, description;  // as it is offered
  BotPost post;                    // without buttons
};

enum class BotTrouble : std::uint8_t {
  too_fast,  // the visitor writes more than can be answered; the message is dropped
  broken,    // what they wrote could not be answered for some minutes, and is dropped
};

inline constexpr std::size_t inline_results_max = 50;

class BuiltInBot {
 public:
  virtual ~BuiltInBot() = default;
  virtual const BotIdentity& identity() const = 0;
  virtual BotInfo info(const BotVisitor& visitor) const = 0;
  // Errors: the message is kept, and tried again later.
  virtual Task<Result<BotTurn>> on_message(BotVisitor visitor, BotMessage message) = 0;
  // `data` is on a button of a message of this bot that the visitor has. Errors: the visitor's client gets
  // them (unavailable ones as BOT_RESPONSE_TIMEOUT).
  virtual Task<Result<BotTurn>> on_callback(BotVisitor visitor, Bytes data) = 0;
  // What it offers for what was typed after its name: at most inline_results_max. Asked once more when one of
  // them is sent, so that what is sent is what holds then. Never asked without an inline_placeholder.
  virtual Task<Result<std::vector<InlineResult>>> on_inline(BotVisitor, std::string) {
    co_return std::vector<InlineResult>();
  }
  // What the visitor is told then.
  virtual BotPost sorry(const BotVisitor& visitor, BotTrouble trouble) const = 0;
};

}  // namespace heliograph::services
