// @transparency: what this server's transparency reports say, in a chat: of one's own country unless another
// is asked for, of any period, how to check it, a letter when the next is out; its figures for any other chat
// (inline mode); and to whom a decision affects, who has reported it, or whose data an authority got, what
// opens its entry in the log.
#pragma once

#include "ledger/ledger.h"
#include "services/bots/bot.h"
#include "services/bots/texts.h"
#include "services/environment.h"
#include "store/transparency.h"
#include "transparency/report.h"

namespace heliograph::services {

inline constexpr UserId transparency_user{777'002};

struct TransparencyBotParts {
  const Environment& environment;
  std::string url;                         // of this server, without a path
  const ledger::Ledger* ledger = nullptr;  // null: entries are not opened
  const BotTexts& texts = BotTexts::built_in();
};

// Thread-safe: it keeps nothing between two calls.
class TransparencyBot final : public BuiltInBot {
 public:
  static constexpr std::size_t periods_shown = 12;
  static constexpr std::size_t letters_at_once = 100;

  explicit TransparencyBot(TransparencyBotParts parts);
  const BotIdentity& identity() const override { return identity_; }
  BotInfo info(const BotVisitor& visitor) const override;
  Task<Result<BotTurn>> on_message(BotVisitor visitor, BotMessage message) override;
  Task<Result<BotTurn>> on_callback(BotVisitor visitor, Bytes data) override;
  Task<Result<std::vector<InlineResult>>> on_inline(BotVisitor visitor, std::string text) override;
  BotPost sorry(const BotVisitor& visitor, BotTrouble trouble) const override;

  // Writes to those who follow and have not been told of the newest report. Now and then.
  Task<Status> tell_followers() const;

 private:
  struct Reading {
    std::optional<transparency::Report> report;
    std::string country;  // of the reader's number; empty: of none
    bool follows = false;
  };
  // The newest report, or the newest that has days of `time`, in its newest version.
  Task<Result<Reading>> look(UserId user, std::optional<transparency::Period> time) const;
  std::string say(const std::string& language, const std::string& key, Words words = {}) const;
  std::string language_of(const BotVisitor& visitor) const;
  BotPost figures(const std::string& language, const transparency::Report& report,
                  const std::string& country) const;
  // `country` empty: the reader's own. What was asked for is kept in the state of the talk.
  Task<Result<BotTurn>> show(const BotVisitor& visitor, std::string country,
                             std::optional<transparency::Period> time) const;
  // Buttons that show the country's numbers of a period; `key` asks.
  Task<Result<BotTurn>> list_periods(const BotVisitor& visitor, const std::string& country,
                                     const std::string& key) const;
  Task<Result<BotTurn>> open_entry(const BotVisitor& visitor, const std::string& number) const;
  Task<Result<BotTurn>> answer(const BotVisitor& visitor, std::string text) const;
  Task<Result<BotTurn>> follow(const BotVisitor& visitor, bool on) const;

  const TransparencyBotParts parts_;
  BotIdentity identity_;
};

}  // namespace heliograph::services
