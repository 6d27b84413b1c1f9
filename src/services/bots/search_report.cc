#include "services/bots/search_report.h"

#include <algorithm>

#include "services/accounts/phone.h"
#include "services/bots/countries.h"
#include "services/chats/text.h"

namespace heliograph::services {

namespace {

// What the button of a search that is stopped without need says in place of a category.
constexpr auto overblock_value = static_cast<std::int32_t>(terms::kCategoryCount);

constexpr std::string_view kCommands[] = {"start", "status", "mine", "appeal", "language", "help", "cancel"};

struct ReportMemory {
  std::string language;
  void fields(auto& codec) { codec(language); }
};

Button press_button(std::string text, const ReportPress& press) {
  Button button;
  button.kind = ButtonKind::callback;
  button.text = std::move(text);
  button.data = button_data(press);
  return button;
}

std::string without_blanks(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto from = text.find_first_not_of(blank);
  if (from == text.npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(blank) - from + 1));
}

BotTurn turn_with(BotPost post) {
  BotTurn turn;
  turn.posts.push_back(std::move(post));
  return turn;
}

}  // namespace

SearchReport::SearchReport(SearchReportParts parts) : parts_(std::move(parts)) {
  identity_.id = search_report_user;
  identity_.username = "searchreport";
  identity_.name = "Search reports";
  identity_.about = "Report search words and results that are illegal or harmful.";
  identity_.info_version = 1;
}

Result<SearchReport::Visit> SearchReport::visit(const BotVisitor& visitor) const {
  Visit visit;
  visit.caller.user = visitor.user;
  visit.language = visitor.language;
  if (!visitor.memory.empty()) {
    HG_ASSIGN(const auto memory, decode<ReportMemory>(visitor.memory));
    visit.language = memory.language;
  }
  if (!parts_.texts.has(visit.language)) visit.language = "en";
  if (!visitor.state.empty()) {
    HG_ASSIGN(visit.talk, decode<ReportTalk>(visitor.state));
  }
  return visit;
}

std::string SearchReport::say(const Visit& visit, std::string_view key, Words words) const {
  return parts_.texts.say(visit.language, key, words);
}

BotTurn SearchReport::told(const Visit& visit, std::string_view key, Words words) const {
  return turn_with({say(visit, key, words), {}, {}});
}

BotInfo SearchReport::info(const BotVisitor& visitor) const {
  const auto who = visit(visitor).value_or(Visit{});
  BotInfo info;
  info.description = say(who, "description");
  for (const auto command : kCommands) {
    info.commands.push_back({std::string(command), say(who, "command." + std::string(command))});
  }
  return info;
}

BotPost SearchReport::sorry(const BotVisitor& visitor, BotTrouble trouble) const {
  const auto who = visit(visitor).value_or(Visit{});
  return {say(who, trouble == BotTrouble::too_fast ? "too_fast" : "broken"), {}, {}};
}

Task<Result<BotTurn>> SearchReport::on_message(BotVisitor visitor, BotMessage message) {
  CO_ASSIGN(auto who, visit(visitor));
  auto text = without_blanks(message.text);
  const std::int64_t number = message.stored.id.value;
  const bool forwarded = message.content.forward.has_value();
  if (text.starts_with('/') && !forwarded) {
    const auto end = std::min(text.find_first_of(" \n"), text.size());
    auto name = text.substr(1, end - 1);
    name = name.substr(0, name.find('@'));
    co_return co_await command(std::move(who), std::move(name), without_blanks(text.substr(end)), number);
  }
  auto& talk = who.talk;
  if (talk.step == ReportStep::appeal && !text.empty())
    co_return co_await appeal(std::move(who), std::move(text));
  if (talk.step == ReportStep::country_name && !forwarded) {
    const auto country = country_named(text, who.language);
    if (!country) co_return told(who, "country_unknown");
    talk.country = *country;
    BotTurn turn;
    CO_ASSIGN(turn.posts, co_await show_and_ask_comment(who));
    turn.state = encode(talk);
    co_return turn;
  }
  if (talk.step == ReportStep::comment && !text.empty()) {
    if (utf16_length(text) > comment_units_max) {
      co_return told(who, "too_long", {{"max", std::to_string(comment_units_max)}});
    }
    talk.comment = std::move(text);
    talk.step = ReportStep::confirm;
    CO_ASSIGN(auto question, co_await confirm_question(who));
    auto turn = turn_with(std::move(question));
    turn.state = encode(talk);
    co_return turn;
  }
  co_return co_await begin(std::move(who), std::move(text), message.content, number);
}

Task<Result<BotTurn>> SearchReport::command(Visit visit, std::string name, std::string rest,
                                            std::int64_t number) {
  if (name == "start") co_return co_await start(std::move(visit), std::move(rest), number);
  if (name == "status") co_return co_await status(std::move(visit), std::move(rest));
  if (name == "appeal") co_return ask_appeal(std::move(visit), parse_case_number(rest));
  if (name == "language") co_return turn_with(ask_language(visit));
  if (name == "mine") {
    CO_ASSIGN(auto page, co_await list(visit, 0));
    co_return turn_with(std::move(page));
  }
  if (name == "cancel") {
    auto turn = told(visit, visit.talk.step == ReportStep::none ? "nothing_to_cancel" : "cancelled");
    turn.state = Bytes();
    co_return turn;
  }
  co_return told(visit, "help");
}

Task<Result<BotTurn>> SearchReport::start(Visit visit, std::string parameter, std::int64_t number) {
  auto asked = parse_report_start(parameter);
  const MessageContent alone;  // named: GCC 12 destroys a temporary in `co_await f({})` twice
  switch (asked.kind) {
    case ReportStart::Kind::term:
      co_return co_await begin(std::move(visit), std::move(asked.term), alone, number);
    case ReportStart::Kind::appeal:
      co_return ask_appeal(std::move(visit), asked.case_id);
    case ReportStart::Kind::show:
      if (!parts_.show_anyway) break;
      parts_.show_anyway(visit.caller.user);
      co_return told(visit, "shown");
    case ReportStart::Kind::nothing:
      break;
  }
  co_return told(visit, "hello");
}

// A new report in place of any that was being written.
Task<Result<BotTurn>> SearchReport::begin(Visit visit, std::string text, const MessageContent& content,
                                          std::int64_t number) {
  visit.talk = {};
  visit.talk.number = number;
  auto& subject = visit.talk.subject;
  if (content.forward) {
    const auto& origin = *content.forward;
    if (origin.from_chat) {
      subject.kind = origin.post ? ReportSubject::Kind::message : ReportSubject::Kind::place;
      subject.where = {origin.from_chat, origin.post};
    } else if (origin.from) {
      subject.kind = ReportSubject::Kind::place;
      subject.where = {Peer::of(origin.from), {}};
    } else {
      co_return told(visit, "hidden_origin");
    }
    co_return co_await ask_category(std::move(visit));
  }
  if (text.empty()) co_return told(visit, "send_words");
  auto read = [&text](store::Tx& tx) { return resolve_link(tx, text); };
  CO_ASSIGN(const auto named, co_await parts_.environment.store.read(read));
  if (named) {
    subject.kind = named->message ? ReportSubject::Kind::message : ReportSubject::Kind::place;
    subject.where = *named;
  } else {
    if (utf16_length(text) > term_units_max || text.size() > term_bytes_max) {
      co_return told(visit, "too_long", {{"max", std::to_string(term_units_max)}});
    }
    std::ranges::replace(text, '\n', ' ');
    subject.term = std::move(text);
  }
  co_return co_await ask_category(std::move(visit));
}

Task<Result<BotTurn>> SearchReport::ask_category(Visit visit) {
  auto& talk = visit.talk;
  talk.step = ReportStep::category;
  BotPost question;
  if (talk.subject.kind == ReportSubject::Kind::term) {
    question.text = say(visit, "ask_category", {{"term", talk.subject.term}});
  } else {
    auto read = [where = talk.subject.where](store::Tx& tx) { return name_of(tx, where); };
    auto place = co_await parts_.environment.store.read(read);
    if (!place && place.error().kind == ErrorKind::not_found) co_return told(visit, "hidden_origin");
    if (!place) co_return fail(place.error());
    const bool message = talk.subject.kind == ReportSubject::Kind::message;
    question.text = say(visit, message ? "ask_category_message" : "ask_category_place", {{"place", *place}});
  }
  question.markup.emplace();
  CO_ASSIGN(const auto stopped, co_await stopped_for(visit));
  if (stopped) {
    const ReportPress press{ReportPress::Kind::category, talk.number, overblock_value, {}};
    question.markup->rows.push_back({{press_button(say(visit, "overblock"), press)}});
  }
  for (std::size_t i = 0; i < terms::kCategoryCount; ++i) {
    auto label = say(visit, "category." + std::string(terms::kCategoryNames[i]));
    const ReportPress press{ReportPress::Kind::category, talk.number, static_cast<std::int32_t>(i), {}};
    question.markup->rows.push_back({{press_button(std::move(label), press)}});
  }
  const ReportPress cancel{ReportPress::Kind::cancel, talk.number, 0, {}};
  question.markup->rows.push_back({{press_button(say(visit, "cancel"), cancel)}});
  auto turn = turn_with(std::move(question));
  turn.state = encode(talk);
  co_return turn;
}

Task<Result<std::optional<terms::Category>>> SearchReport::stopped_for(const Visit& visit) const {
  if (visit.talk.subject.kind != ReportSubject::Kind::term) co_return std::nullopt;
  CO_ASSIGN(const auto opinion, co_await parts_.discovery.judge(visit.caller, visit.talk.subject.term));
  if (opinion.effect < terms::SearchEffect::interstitial) co_return std::nullopt;
  co_return opinion.category;
}

Task<Result<std::string>> SearchReport::own_country(UserId user) const {
  const auto& environment = parts_.environment;
  auto read = [&environment, user](store::Tx& tx) -> Result<std::string> {
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    if (!account) return std::string();
    HG_ASSIGN(const auto phone, open_phone(environment, account->phone_sealed, account->phone_index));
    return phone.digits.empty() ? std::string() : region_of(phone);
  };
  co_return co_await environment.store.read(read);
}

Task<Result<BotPost>> SearchReport::country_question(const Visit& visit) const {
  CO_ASSIGN(const auto code, co_await own_country(visit.caller.user));
  const auto country = country_name(code, visit.language);
  const auto button = [&](std::string text, ReportPress::Kind kind, std::int32_t value) {
    return ButtonRow{{press_button(std::move(text), {kind, visit.talk.number, value, {}})}};
  };
  BotPost question;
  question.text =
      country.empty() ? say(visit, "ask_country_unknown") : say(visit, "ask_country", {{"country", country}});
  question.markup.emplace();
  auto& rows = question.markup->rows;
  if (!country.empty()) rows.push_back(button(country, ReportPress::Kind::country, 1));
  rows.push_back(button(say(visit, "country_other"), ReportPress::Kind::country, 2));
  rows.push_back(button(say(visit, "country_everywhere"), ReportPress::Kind::country, 0));
  rows.push_back(button(say(visit, "cancel"), ReportPress::Kind::cancel, 0));
  co_return question;
}

Task<Result<std::vector<BotPost>>> SearchReport::show_and_ask_comment(Visit& visit) const {
  auto& talk = visit.talk;
  talk.step = ReportStep::comment;
  std::vector<BotPost> posts;
  if (talk.subject.kind == ReportSubject::Kind::term) {
    const auto& term = talk.subject.term;
    auto found = co_await find_now(parts_.environment, parts_.discovery, visit.caller, term);
    BotPost shown;
    if (!found) {
      // The report does not hang on it.
      shown.text = say(visit, "finds_unavailable", {{"term", term}});
    } else if (found->lines.empty()) {
      shown.text = say(visit, "finds_nothing", {{"term", term}});
    } else {
      shown.text = say(visit, "finds", {{"term", term}});
      for (const auto& line : found->lines) shown.text += "\n" + line;
      talk.examples = std::move(found->examples);
    }
    posts.push_back(std::move(shown));
  }
  BotPost question;
  question.text = say(visit, "ask_comment");
  question.markup.emplace();
  const ReportPress skip{ReportPress::Kind::skip, talk.number, 0, {}};
  const ReportPress cancel{ReportPress::Kind::cancel, talk.number, 0, {}};
  question.markup->rows.push_back(
      {{press_button(say(visit, "skip"), skip), press_button(say(visit, "cancel"), cancel)}});
  posts.push_back(std::move(question));
  co_return posts;
}

Task<Result<BotPost>> SearchReport::confirm_question(const Visit& visit) const {
  const auto& talk = visit.talk;
  CO_ASSIGN(const auto what, co_await describe(visit, talk.subject));
  const auto kind = terms::kCategoryNames[static_cast<std::size_t>(talk.category)];
  const auto category =
      talk.overblock ? say(visit, "overblock") : say(visit, "category." + std::string(kind));
  const auto country =
      talk.country.empty() ? say(visit, "everywhere") : country_name(talk.country, visit.language);
  BotPost question;
  question.text = say(visit, "confirm",
                      {{"what", what},
                       {"category", category},
                       {"country", country},
                       {"comment", talk.comment.empty() ? say(visit, "no_comment") : talk.comment}});
  question.markup.emplace();
  const ReportPress yes{ReportPress::Kind::send, talk.number, 0, {}};
  const ReportPress no{ReportPress::Kind::cancel, talk.number, 0, {}};
  question.markup->rows.push_back({{press_button(say(visit, "send"), yes)}});
  question.markup->rows.push_back({{press_button(say(visit, "cancel"), no)}});
  co_return question;
}

BotPost SearchReport::ask_language(const Visit& visit) const {
  BotPost question;
  question.text = say(visit, "language_ask");
  question.markup.emplace();
  for (const auto& language : parts_.texts.languages()) {
    const ReportPress press{ReportPress::Kind::language, 0, 0, language};
    question.markup->rows.push_back({{press_button(parts_.texts.say(language, "name"), press)}});
  }
  return question;
}

Task<Result<BotTurn>> SearchReport::on_callback(BotVisitor visitor, Bytes data) {
  CO_ASSIGN(auto who, visit(visitor));
  const auto press = parse_press(data);
  if (!press) co_return fail(Error::invalid("DATA_INVALID"));
  auto& talk = who.talk;
  BotTurn turn;
  if (press->kind == ReportPress::Kind::language) {
    if (!parts_.texts.has(press->text)) co_return fail(Error::invalid("DATA_INVALID"));
    who.language = press->text;
    turn.memory = encode(ReportMemory{press->text});
    turn.edit = BotPost{say(who, "language_set"), {}, {}};
    co_return turn;
  }
  if (press->kind == ReportPress::Kind::page) {
    CO_ASSIGN(turn.edit, co_await list(who, press->value));
    co_return turn;
  }
  using Kind = ReportPress::Kind;
  const bool here = press->talk == talk.number;
  const auto answers = [&](Kind kind, ReportStep step) {
    return here && press->kind == kind && talk.step == step;
  };
  if (answers(Kind::category, ReportStep::category) && press->value <= overblock_value) {
    talk.overblock = press->value == overblock_value;
    talk.category = press->value;
    if (talk.overblock) {
      CO_ASSIGN(const auto stopped, co_await stopped_for(who));
      if (!stopped) {  // not any more
        turn.notice = say(who, "over");
        co_return turn;
      }
      talk.category = static_cast<std::int32_t>(*stopped);
    }
    talk.step = ReportStep::country;
    CO_ASSIGN(turn.edit, co_await country_question(who));
  } else if (answers(Kind::country, ReportStep::country) && press->value == 2) {
    talk.step = ReportStep::country_name;
    turn.edit = BotPost{say(who, "ask_country_name"), {}, {}};
  } else if (answers(Kind::country, ReportStep::country)) {
    if (press->value == 1) {
      CO_ASSIGN(talk.country, co_await own_country(who.caller.user));
    }
    CO_ASSIGN(auto posts, co_await show_and_ask_comment(who));
    turn.edit = std::move(posts.front());
    posts.erase(posts.begin());
    turn.posts = std::move(posts);
  } else if (answers(Kind::skip, ReportStep::comment)) {
    talk.step = ReportStep::confirm;
    CO_ASSIGN(turn.edit, co_await confirm_question(who));
  } else if (answers(Kind::send, ReportStep::confirm)) {
    co_return co_await send(std::move(who));
  } else if (here && press->kind == Kind::cancel && talk.step != ReportStep::none) {
    turn.edit = BotPost{say(who, "cancelled"), {}, {}};
    turn.state = Bytes();
    co_return turn;
  } else {
    turn.notice = say(who, "over");
    co_return turn;
  }
  turn.state = encode(talk);
  co_return turn;
}

}  // namespace heliograph::services
