// Built-in bots' mail and conversations, on one SQLite connection.
#pragma once

#include "store/bots.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteBots final : public Bots {
 public:
  explicit SqliteBots(Session& session) : session_(session), db_(session.db) {}
  Status add_mail(const BotMail& mail) override;
  Result<std::vector<BotMail>> due_mail(UnixSeconds now, std::size_t limit) override;
  Status postpone_mail(std::int64_t number, std::int32_t tries, UnixSeconds due_at) override;
  Result<bool> take_mail(std::int64_t number) override;
  Result<std::int64_t> count_mail() override;
  Status put_talk(const BotTalk& talk) override;
  Result<std::optional<BotTalk>> find_talk(UserId bot, UserId user) override;
  Status erase_talk(UserId bot, UserId user) override;
  Result<std::size_t> erase_expired_talks(UnixSeconds now, std::size_t limit) override;
  Status erase_all_of(UserId user) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
