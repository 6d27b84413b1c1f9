#include "services/bots/bots.h"

#include <algorithm>

#include "base/log.h"
#include "services/bots/tell.h"
#include "services/bots/visitor.h"
#include "services/chats/read.h"
#include "services/chats/send.h"
#include "services/people/users.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::size_t mail_at_once = 50;
constexpr int conflicts_max = 4;  // of messages and buttons at the same moment

Status make_account(store::Tx& tx, const BotIdentity& identity, UnixSeconds now) {
  HG_ASSIGN(const auto found, tx.accounts().find(identity.id));
  auto account = found.value_or(store::Account{});
  account.id = identity.id;
  account.first_name = identity.name;
  account.about = identity.about;
  account.username = identity.username;
  account.bot = true;
  account.verified = true;
  account.ttl_days = 0;
  if (!found) {
    account.created_at = now;
    HG_TRY(tx.accounts().insert(account));
  } else if (found->first_name == account.first_name && found->about == account.about &&
             found->username == account.username) {
    return {};
  } else {
    HG_TRY(tx.accounts().update(account));
  }
  store::SearchChange change;
  change.kind = store::SearchChange::Kind::one;
  change.peer = Peer::of(account.id);
  return tx.search_log().append(change);
}

Result<std::optional<store::Message>> copy_for_bot(store::Tx& tx, std::int64_t link, UserId owner) {
  HG_ASSIGN(auto copies, tx.messages().copies(link));
  const auto found = std::ranges::find(copies, BoxId(owner), &store::Message::owner);
  if (found == copies.end()) return std::nullopt;
  return std::move(*found);
}

Status post_in(store::Tx& tx, UserId bot, UserId user, UnixSeconds now, const BotPost& post) {
  Outgoing message;
  message.from = bot;
  message.to = Peer::of(user);
  message.date = now;
  message.flags = post.silent ? store::message_silent : 0U;
  HG_ASSIGN(const auto formatted, format_text(post.text, post.entities));
  if (formatted.has_link) message.flags |= store::message_has_link;
  message.text = formatted.text;
  message.content.entities = formatted.entities;
  message.content.markup = post.markup;
  HG_ASSIGN(const auto dialog, tx.dialogs().find(bot, message.to));
  if (dialog) message.ttl_period = dialog->ttl_period;
  HG_TRY(append_message(tx, Caller{}, message));
  return {};
}

// Both copies of a bot's message, where they are still there.
Status edit_in_both(store::Tx& tx, std::int64_t link, UnixSeconds now, const BotPost& post) {
  HG_ASSIGN(const auto formatted, format_text(post.text, post.entities));
  HG_ASSIGN(auto copies, tx.messages().copies(link));
  for (auto& copy : copies) {
    HG_ASSIGN(auto content, decode_content(copy));
    const bool reworded = copy.text != formatted.text || content.entities != formatted.entities;
    if (!reworded && content.markup == post.markup) continue;
    content.entities = formatted.entities;
    content.markup = post.markup;
    copy.content = encode_content(content);
    copy.text = formatted.text;
    copy.flags &= ~std::uint32_t{store::message_has_link};
    if (formatted.has_link) copy.flags |= store::message_has_link;
    // Of buttons alone clients do not say that the message was edited.
    if (!reworded && copy.edited_at == 0) copy.flags |= store::message_edit_hide;
    if (reworded) copy.flags &= ~std::uint32_t{store::message_edit_hide};
    copy.edited_at = now;
    HG_TRY(tx.messages().update(copy));
    HG_TRY(append_message_event(tx, Caller{}, now, store::UpdateKind::edit_message, copy));
  }
  return {};
}

bool may_be_start(std::string_view parameter) {
  return std::ranges::all_of(parameter, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

}  // namespace

Status tell_as_bot(store::Tx& tx, UserId bot, UserId user, UnixSeconds now, const BotPost& post) {
  HG_ASSIGN(const bool blocked, tx.contacts().is_blocked(user, bot));
  if (blocked) return {};
  return post_in(tx, bot, user, now, post);
}

Bots::Bots(Environment& environment, Hub& hub, Users& users, Limits& limits)
    : environment_(environment),
      users_(users),
      limits_(limits),
      inline_questions_(environment.clock, environment.random) {
  environment.bots = this;
  hub.add_observer([this](const store::Publication& publication) {
    if (publication.update.kind != store::UpdateKind::new_message || !wake_) return;
    const auto box = publication.update.box;
    if (!box.is_channel() && find(box.user()) != nullptr) wake_();
  });
}

Bots::~Bots() {
  if (environment_.bots == this) environment_.bots = nullptr;
}

void Bots::add(BuiltInBot& bot) {
  bots_.push_back(&bot);
}

Task<Status> Bots::ensure_accounts() {
  for (const auto* bot : bots_) {
    auto body = [&identity = bot->identity(), now = environment_.clock.unix_seconds()](store::Tx& tx) {
      return make_account(tx, identity, now);
    };
    CO_TRY(co_await environment_.store.write(std::move(body)));
    users_.forget(bot->identity().id);
  }
  co_return Status();
}

BuiltInBot* Bots::find(UserId user) const {
  const auto found =
      std::ranges::find_if(bots_, [user](const BuiltInBot* bot) { return bot->identity().id == user; });
  return found == bots_.end() ? nullptr : *found;
}

Task<Result<std::optional<BotInfo>>> Bots::info(UserId viewer, UserId user) const {
  const auto* bot = find(user);
  if (bot == nullptr) co_return std::nullopt;
  auto body = [viewer, user, now = environment_.clock.unix_seconds()](store::Tx& tx) {
    return read_visitor(tx, user, viewer, now);
  };
  CO_ASSIGN(const auto visitor, co_await environment_.store.read(std::move(body)));
  co_return bot->info(visitor.value_or(BotVisitor{}));
}

Status Bots::queue(store::Tx& tx, const store::Message& sent, const std::string& start) const {
  if (!sent.peer.is_user() || find(sent.peer.user()) == nullptr) return {};
  store::BotMail mail;
  mail.bot = sent.peer.user();
  mail.user = sent.from;
  mail.link = sent.link;
  mail.start = start;
  return tx.bots().add_mail(mail);
}

Task<Result<Appended>> Bots::start(Caller caller, UserId bot, Peer peer, std::int64_t random_id,
                                   std::string parameter) const {
  if (find(bot) == nullptr) co_return fail(Error::invalid("BOT_INVALID", "There is no such bot here."));
  if (peer != Peer::of(bot)) co_return fail(Error::invalid("PEER_ID_INVALID", "This bot joins no groups."));
  if (random_id == 0) co_return fail(Error::invalid("RANDOM_ID_EMPTY"));
  if (parameter.empty()) co_return fail(Error::invalid("START_PARAM_EMPTY"));
  if (parameter.size() > start_param_max) co_return fail(Error::invalid("START_PARAM_TOO_LONG"));
  if (!may_be_start(parameter)) co_return fail(Error::invalid("START_PARAM_INVALID"));
  Outgoing message;
  message.from = caller.user;
  message.to = peer;
  message.date = environment_.clock.unix_seconds();
  message.random_id = random_id;
  CO_ASSIGN(const auto formatted, format_text("/start", {}));
  message.text = formatted.text;
  message.content.entities = formatted.entities;
  message.start = std::move(parameter);
  auto body = [this, caller, message = std::move(message)](store::Tx& tx) {
    return send_in(environment_, tx, caller, message, std::nullopt);
  };
  co_return co_await environment_.store.write(std::move(body));
}

Result<bool> Bots::carry_out(store::Tx& tx, UserId bot, const BotVisitor& visitor, const BotTurn& turn,
                             std::int64_t pressed) const {
  const auto now = environment_.clock.unix_seconds();
  HG_ASSIGN(const auto state, read_talk(tx, bot, visitor.user, now));
  if (state != visitor.state) return false;
  HG_TRY(keep_visit(tx, bot, visitor.user, now, talk_lifetime, turn));
  HG_ASSIGN(const bool blocked, tx.contacts().is_blocked(visitor.user, bot));
  if (blocked) return true;  // they do not want to hear of it
  if (turn.edit && pressed != 0) HG_TRY(edit_in_both(tx, pressed, now, *turn.edit));
  for (const auto& post : turn.posts) HG_TRY(post_in(tx, bot, visitor.user, now, post));
  return true;
}

Task<Result<CallbackAnswer>> Bots::press(Caller caller, Peer peer, MessageId id, Bytes data) const {
  if (data.empty() || data.size() > callback_data_max) co_return fail(Error::invalid("DATA_INVALID"));
  CO_TRY(limits_.take("bot_press", std::to_string(caller.user.value), press_rate));
  struct Pressed {
    BotVisitor visitor;
    UserId bot;
    std::int64_t link = 0;
  };
  for (int i = 0; i < conflicts_max; ++i) {
    auto read = [this, caller, peer, id, &data,
                 now = environment_.clock.unix_seconds()](store::Tx& tx) -> Result<Pressed> {
      HG_ASSIGN(const auto message, tx.messages().find(caller.user, id));
      if (!message || message->peer != peer || !peer.is_user() || message->from != peer.user() ||
          find(message->from) == nullptr) {
        return fail(Error::invalid("MESSAGE_ID_INVALID"));
      }
      HG_ASSIGN(const auto content, decode_content(*message));
      if (!content.markup || !has_callback(*content.markup, data))
        return fail(Error::invalid("DATA_INVALID"));
      HG_ASSIGN(auto visitor, read_visitor(tx, message->from, caller.user, now));
      if (!visitor) return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
      return Pressed{std::move(*visitor), message->from, message->link};
    };
    CO_ASSIGN(const auto pressed, co_await environment_.store.read(std::move(read)));
    auto turn = co_await find(pressed.bot)->on_callback(pressed.visitor, data);
    if (!turn && turn.error().kind == ErrorKind::unavailable) {
      co_return fail(Error::invalid("BOT_RESPONSE_TIMEOUT", turn.error().message));
    }
    if (!turn) co_return fail(turn.error());
    auto write = [this, &pressed, &turn = *turn](store::Tx& tx) {
      return carry_out(tx, pressed.bot, pressed.visitor, turn, pressed.link);
    };
    CO_ASSIGN(const bool done, co_await environment_.store.write(std::move(write)));
    if (done) co_return CallbackAnswer{std::move(turn->notice), turn->alert, std::move(turn->url)};
  }
  co_return fail(Error::invalid("BOT_RESPONSE_TIMEOUT", "Press again in a moment."));
}

Task<Result<std::vector<InlineResult>>> Bots::offer(UserId caller, BuiltInBot& bot, std::string text) const {
  auto read = [caller, id = bot.identity().id, now = environment_.clock.unix_seconds()](store::Tx& tx) {
    return read_visitor(tx, id, caller, now);
  };
  CO_ASSIGN(auto visitor, co_await environment_.store.read(std::move(read)));
  if (!visitor) co_return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
  auto offered = co_await bot.on_inline(std::move(*visitor), std::move(text));
  if (!offered && offered.error().kind == ErrorKind::unavailable) {
    co_return fail(Error::invalid("BOT_RESPONSE_TIMEOUT", offered.error().message));
  }
  if (offered && offered->size() > inline_results_max) offered->resize(inline_results_max);
  co_return offered;
}

Task<Result<InlineAnswer>> Bots::ask_inline(Caller caller, UserId id, std::string text) const {
  auto* bot = find(id);
  if (bot == nullptr) co_return fail(Error::invalid("BOT_INVALID", "There is no such bot here."));
  if (bot->identity().inline_placeholder.empty()) co_return fail(Error::invalid("BOT_INLINE_DISABLED"));
  if (text.size() > inline_text_max) co_return fail(Error::invalid("MESSAGE_TOO_LONG"));
  CO_TRY(limits_.take("bot_inline", std::to_string(caller.user.value), inline_rate));
  InlineAnswer answer;
  CO_ASSIGN(answer.results, co_await offer(caller.user, *bot, text));
  answer.question = inline_questions_.keep({caller.user, id, std::move(text)});
  co_return answer;
}

Task<Result<Bots::Chosen>> Bots::choose_inline(Caller caller, std::int64_t question, std::string id) const {
  if (question == 0) co_return fail(Error::invalid("QUERY_ID_EMPTY"));
  if (id.empty()) co_return fail(Error::invalid("RESULT_ID_EMPTY"));
  auto asked = inline_questions_.find(question);
  auto* bot = asked && asked->user == caller.user ? find(asked->bot) : nullptr;
  if (bot == nullptr) co_return fail(Error::invalid("INLINE_RESULT_EXPIRED", "Ask the bot again."));
  CO_ASSIGN(auto offered, co_await offer(caller.user, *bot, std::move(asked->text)));
  const auto chosen = std::ranges::find(offered, id, &InlineResult::id);
  if (chosen == offered.end()) co_return fail(Error::invalid("RESULT_ID_INVALID", "Ask the bot again."));
  co_return Chosen{asked->bot, std::move(chosen->post)};
}

Task<Status> Bots::deliver() {
  if (asked_.fetch_add(1) != 0) co_return Status();
  for (;;) {
    int seen = asked_.load();
    auto done = co_await deliver_due();
    if (!done) asked_ = 0;
    if (!done || asked_.compare_exchange_strong(seen, 0)) co_return done;
  }
}

Task<Status> Bots::deliver_due() {
  for (;;) {
    auto read = [now = environment_.clock.unix_seconds()](store::Tx& tx) {
      return tx.bots().due_mail(now, mail_at_once);
    };
    CO_ASSIGN(const auto due, co_await environment_.store.read(std::move(read)));
    if (due.empty()) co_return Status();
    for (const auto& mail : due) CO_TRY(co_await answer(mail));
  }
}

Task<Status> Bots::answer(store::BotMail mail) {
  struct Asked {
    BotVisitor visitor;
    BotMessage message;
  };
  auto drop = [number = mail.number](store::Tx& tx) -> Status {
    HG_TRY(tx.bots().take_mail(number));
    return {};
  };
  auto* bot = find(mail.bot);
  if (bot == nullptr) co_return co_await environment_.store.write(drop);
  BotVisitor visitor;
  for (int i = 0; i < conflicts_max; ++i) {
    auto read = [&mail,
                 now = environment_.clock.unix_seconds()](store::Tx& tx) -> Result<std::optional<Asked>> {
      HG_ASSIGN(auto who, read_visitor(tx, mail.bot, mail.user, now));
      HG_ASSIGN(auto copy, copy_for_bot(tx, mail.link, mail.bot));
      if (!who || !copy) return std::nullopt;
      Asked asked{std::move(*who), {copy->text, std::move(*copy), {}}};
      HG_ASSIGN(asked.message.content, decode_content(asked.message.stored));
      if (!mail.start.empty()) asked.message.text += " " + mail.start;
      return asked;
    };
    CO_ASSIGN(auto asked, co_await environment_.store.read(std::move(read)));
    if (!asked) co_return co_await environment_.store.write(drop);  // taken back, or nobody is there
    visitor = std::move(asked->visitor);
    const auto id = asked->message.stored.id;
    BotTurn turn;
    const auto who = std::to_string(mail.user.value);
    if (i == 0 && mail.tries == 0 && !limits_.take("bot_answer", who, answer_rate)) {
      // Said once in a while, or it would be as many messages again.
      if (limits_.take("bot_too_fast", who, {1, std::chrono::seconds(30)})) {
        turn.posts.push_back(bot->sorry(visitor, BotTrouble::too_fast));
      }
    } else {
      auto answered = co_await bot->on_message(visitor, std::move(asked->message));
      if (!answered) {
        log::warn("@{} could not answer: {}", bot->identity().username, answered.error().code);
        co_return co_await postpone(mail, *bot, std::move(visitor));
      }
      turn = std::move(*answered);
    }
    auto write = [this, &mail, &visitor, &turn, id](store::Tx& tx) -> Result<bool> {
      HG_ASSIGN(const bool done, carry_out(tx, mail.bot, visitor, turn, 0));
      if (!done) return false;
      HG_TRY(tx.bots().take_mail(mail.number));
      HG_TRY(
          read_in(tx, Caller{.user = mail.bot}, environment_.clock.unix_seconds(), Peer::of(mail.user), id));
      return true;
    };
    CO_ASSIGN(const bool done, co_await environment_.store.write(std::move(write)));
    if (done) co_return Status();
  }
  co_return co_await postpone(mail, *bot, std::move(visitor));
}

Task<Status> Bots::postpone(store::BotMail mail, const BuiltInBot& bot, BotVisitor visitor) {
  auto body = [this, mail, &bot, &visitor](store::Tx& tx) -> Status {
    const auto now = environment_.clock.unix_seconds();
    if (mail.tries + 1 < tries_max) {
      return tx.bots().postpone_mail(mail.number, mail.tries + 1, now + (UnixSeconds{1} << mail.tries));
    }
    HG_TRY(tx.bots().take_mail(mail.number));
    return post_in(tx, mail.bot, mail.user, now, bot.sorry(visitor, BotTrouble::broken));
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Status> Bots::sweep() {
  auto body = [now = environment_.clock.unix_seconds()](store::Tx& tx) -> Status {
    HG_TRY(tx.bots().erase_expired_talks(now, 1000));
    return {};
  };
  co_return co_await environment_.store.write(std::move(body));
}

}  // namespace heliograph::services
