// What built-in bots have been told and have not answered yet, and where each of their conversations stands.
// A bot's mail is written in the transaction that sends the message and taken in the one that answers it, so
// that every message is answered once, whatever happens in between.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

struct BotMail {
  std::int64_t number = 0;  // ascending, chosen by the store
  UserId bot;
  UserId user;             // who wrote
  std::int64_t link = 0;   // of the message's copies
  std::string start;       // what a link passed with /start; empty: nothing
  std::int32_t tries = 0;  // that came to nothing
  UnixSeconds due_at = 0;  // not to be tried before
  bool operator==(const BotMail&) const = default;
};

struct BotTalk {
  UserId bot;
  UserId user;
  Bytes state;  // that the bot alone understands
  UnixSeconds expires_at = 0;
  bool operator==(const BotTalk&) const = default;
};

class Bots {
 public:
  virtual ~Bots() = default;
  virtual Status add_mail(const BotMail& mail) = 0;
  // What is due, oldest first.
  virtual Result<std::vector<BotMail>> due_mail(UnixSeconds now, std::size_t limit) = 0;
  // Tries again later. Nothing happens if it was taken meanwhile.
  virtual Status postpone_mail(std::int64_t number, std::int32_t tries, UnixSeconds due_at) = 0;
  // Whether it was there.
  virtual Result<bool> take_mail(std::int64_t number) = 0;
  virtual Result<std::int64_t> count_mail() = 0;

  virtual Status put_talk(const BotTalk& talk) = 0;  // insert or replace
  // Also one that has expired: that is for the caller to see.
  virtual Result<std::optional<BotTalk>> find_talk(UserId bot, UserId user) = 0;
  virtual Status erase_talk(UserId bot, UserId user) = 0;
  virtual Result<std::size_t> erase_expired_talks(UnixSeconds now, std::size_t limit) = 0;
  // Mail and conversations of an account that is going.
  virtual Status erase_all_of(UserId user) = 0;
};

}  // namespace heliograph::store
