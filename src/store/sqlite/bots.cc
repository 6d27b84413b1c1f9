#include "store/sqlite/bot_tables.h"

namespace heliograph::store::sqlite {

Status SqliteBots::add_mail(const BotMail& mail) {
  HG_TRY(session_.changing());
  return db_.run("INSERT INTO bot_mail (bot, user, link, start, tries, due_at) VALUES (?, ?, ?, ?, ?, ?)",
                 mail.bot, mail.user, mail.link, mail.start, mail.tries, mail.due_at);
}

Result<std::vector<BotMail>> SqliteBots::due_mail(UnixSeconds now, std::size_t limit) {
  return db_.all(
      "SELECT number, bot, user, link, start, tries, due_at FROM bot_mail WHERE due_at <= ? "
      "ORDER BY number LIMIT ?",
      [](Row& row) {
        BotMail mail;
        row.read(mail.number, mail.bot, mail.user, mail.link, mail.start, mail.tries, mail.due_at);
        return mail;
      },
      now, static_cast<std::int64_t>(limit));
}

Status SqliteBots::postpone_mail(std::int64_t number, std::int32_t tries, UnixSeconds due_at) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE bot_mail SET tries = ?, due_at = ? WHERE number = ?", tries, due_at, number);
}

Result<bool> SqliteBots::take_mail(std::int64_t number) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM bot_mail WHERE number = ?", number));
  return db_.changes() != 0;
}

Result<std::int64_t> SqliteBots::count_mail() {
  return db_.number("SELECT count(*) FROM bot_mail", 0);
}

Status SqliteBots::put_talk(const BotTalk& talk) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO bot_talks (bot, user, state, expires_at) VALUES (?, ?, ?, ?)",
                 talk.bot, talk.user, talk.state, talk.expires_at);
}

Result<std::optional<BotTalk>> SqliteBots::find_talk(UserId bot, UserId user) {
  return db_.one(
      "SELECT bot, user, state, expires_at FROM bot_talks WHERE bot = ? AND user = ?",
      [](Row& row) {
        BotTalk talk;
        row.read(talk.bot, talk.user, talk.state, talk.expires_at);
        return talk;
      },
      bot, user);
}

Status SqliteBots::erase_talk(UserId bot, UserId user) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM bot_talks WHERE bot = ? AND user = ?", bot, user);
}

Result<std::size_t> SqliteBots::erase_expired_talks(UnixSeconds now, std::size_t limit) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("DELETE FROM bot_talks WHERE (bot, user) IN "
              "(SELECT bot, user FROM bot_talks WHERE expires_at <= ? LIMIT ?)",
              now, static_cast<std::int64_t>(limit)));
  return static_cast<std::size_t>(db_.changes());
}

Status SqliteBots::erase_all_of(UserId user) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM bot_mail WHERE user = ?", user));
  return db_.run("DELETE FROM bot_talks WHERE user = ?", user);
}

}  // namespace heliograph::store::sqlite
