#include "services/bots/visitor.h"

namespace heliograph::services {

namespace {

// "pt-BR", "EN": two small letters.
std::string language_code(std::string_view lang_code) {
  std::string code;
  for (const char c : lang_code.substr(0, 2))
    code.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c);
  const bool two_letters =
      code.size() == 2 && code.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == code.npos;
  return two_letters ? code : "en";
}

}  // namespace

Result<std::optional<BotVisitor>> read_visitor(store::Tx& tx, UserId bot, UserId user, UnixSeconds now) {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->state != store::AccountState::active) return std::nullopt;
  BotVisitor visitor;
  visitor.user = user;
  HG_ASSIGN(const auto devices, tx.auth_keys().of_user(user));
  visitor.language = language_code(devices.empty() ? "" : devices.front().lang_code);
  HG_ASSIGN(visitor.state, read_talk(tx, bot, user, now));
  HG_ASSIGN(auto memory, tx.settings().find(user, store::SettingKind::bot_memory, bot.value));
  if (memory) visitor.memory = std::move(*memory);
  return visitor;
}

Result<Bytes> read_talk(store::Tx& tx, UserId bot, UserId user, UnixSeconds now) {
  HG_ASSIGN(auto talk, tx.bots().find_talk(bot, user));
  if (!talk || talk->expires_at <= now) return Bytes();
  return std::move(talk->state);
}

Status keep_visit(store::Tx& tx, UserId bot, UserId user, UnixSeconds now, UnixSeconds lifetime,
                  const BotTurn& turn) {
  if (turn.state && turn.state->empty()) HG_TRY(tx.bots().erase_talk(bot, user));
  if (turn.state && !turn.state->empty())
    HG_TRY(tx.bots().put_talk({bot, user, *turn.state, now + lifetime}));
  if (turn.memory) {
    HG_TRY(tx.settings().put(user, store::SettingKind::bot_memory, bot.value, *turn.memory));
  }
  return {};
}

}  // namespace heliograph::services
