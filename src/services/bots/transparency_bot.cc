#include "services/bots/transparency_bot.h"

#include <unicode/unistr.h>

#include <algorithm>

#include "crypto/hash.h"
#include "services/accounts/phone.h"
#include "services/bots/countries.h"
#include "services/bots/tell.h"
#include "services/bots/visitor.h"
#include "services/own_entry.h"
#include "store/store.h"

namespace heliograph::services {

namespace {

using transparency::Figure;
using transparency::Period;
using transparency::Report;

constexpr std::string_view kTransparencyCommands[] = {"start", "country", "periods",  "check",
                                                      "entry", "follow",  "unfollow", "help"};
constexpr std::size_t kRowsShared = 12;                // of a table that is sent to a chat
constexpr std::string_view kAskedCountry = "country";  // the state of a talk
constexpr std::string_view kShownCountry = "shown/";   // the same, before the country that was asked for
constexpr std::string_view kPeriodPress = "period/";   // data of a button, before the period and a country
constexpr std::size_t kReportsListed = 1000;

BotTurn one_post(BotPost post) {
  BotTurn turn;
  turn.posts.push_back(std::move(post));
  turn.state = Bytes();
  return turn;
}

std::string text_within(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto from = text.find_first_not_of(blank);
  if (from == text.npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(blank) - from + 1));
}

// What of a cell "legal/<type>/<country>/<outcome>" is left without the country.
std::optional<std::string> request_line(const std::string& cell, const std::string& country) {
  if (!cell.starts_with("legal/")) return std::nullopt;
  const auto type = cell.find('/', 6);
  const auto outcome = type == std::string::npos ? type : cell.find('/', type + 1);
  if (outcome == std::string::npos || cell.substr(type + 1, outcome - type - 1) != country)
    return std::nullopt;
  return cell.substr(6, type - 6) + ", " + cell.substr(outcome + 1);
}

// Of "Germany 2026-07" or "2026-07 Germany" both, of either one alone the one.
struct PlaceAndTime {
  std::string place;
  std::optional<Period> time;
};
PlaceAndTime place_and_time(const std::string& text) {
  const auto last = text.find_last_of(" \t\r\n");
  const auto tail = last == text.npos ? 0 : last + 1;
  if (const auto time = transparency::time_named(std::string_view(text).substr(tail))) {
    return {text_within(std::string_view(text).substr(0, tail)), time};
  }
  const auto first = std::min(text.find_first_of(" \t\r\n"), text.size());
  if (const auto time = transparency::time_named(std::string_view(text).substr(0, first))) {
    return {text_within(std::string_view(text).substr(first)), time};
  }
  return {text, std::nullopt};
}

// Whose numbers were asked for last in this talk; empty: one's own country's.
std::string country_kept(const BotVisitor& visitor) {
  const auto state = as_text(visitor.state);
  if (!state.starts_with(kShownCountry)) return {};
  return std::string(state.substr(kShownCountry.size()));
}

// Case does not matter, in any script; empty text is within all.
bool says(const std::string& title, const std::string& text) {
  if (text.empty()) return true;
  return icu::UnicodeString::fromUTF8(title).foldCase().indexOf(
             icu::UnicodeString::fromUTF8(text).foldCase()) >= 0;
}

// "advert, remove: 12 decided, – overturned": a value that is not told has a dash.
std::string figure_line(const Figure& figure, const Figure::Row& row) {
  std::string line;
  for (const auto& label : row.labels) line += (line.empty() ? "" : ", ") + label;
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    line += (i == 0 ? ": " : ", ") + (row.values[i] ? std::to_string(*row.values[i]) : "–");
    if (row.values.size() > 1 && i < figure.values.size()) line += " " + figure.values[i];
  }
  return line;
}

}  // namespace

TransparencyBot::TransparencyBot(TransparencyBotParts parts) : parts_(std::move(parts)) {
  identity_.id = transparency_user;
  identity_.username = "transparency";
  identity_.name = "Transparency";
  identity_.about = "What this server removed, limited and disclosed, in numbers that can be checked.";
  identity_.info_version = 2;
  identity_.inline_placeholder = "A country or a figure";
}

std::string TransparencyBot::say(const std::string& language, const std::string& key, Words words) const {
  return parts_.texts.say(language, "transparency." + key, words);
}

std::string TransparencyBot::language_of(const BotVisitor& visitor) const {
  return parts_.texts.has(visitor.language) ? visitor.language : "en";
}

BotInfo TransparencyBot::info(const BotVisitor& visitor) const {
  const auto language = language_of(visitor);
  BotInfo info;
  info.description = say(language, "description");
  for (const auto command : kTransparencyCommands) {
    info.commands.push_back({std::string(command), say(language, "command." + std::string(command))});
  }
  return info;
}

BotPost TransparencyBot::sorry(const BotVisitor& visitor, BotTrouble trouble) const {
  const auto* key = trouble == BotTrouble::too_fast ? "too_fast" : "broken";
  return {parts_.texts.say(language_of(visitor), key), {}, {}};
}

Task<Result<TransparencyBot::Reading>> TransparencyBot::look(UserId user, std::optional<Period> time) const {
  struct Found {
    std::string document, country;
    bool follows = false;
  };
  const auto& environment = parts_.environment;
  auto body = [&environment, user, time](store::Tx& tx) -> Result<Found> {
    auto& table = store::transparency_of(tx);
    Found found;
    HG_ASSIGN(const auto published, table.list(true, time ? kReportsListed : 1));
    const auto wanted = std::ranges::find_if(published, [&](const store::PublicReport& row) {
      return !time || (row.from < time->to && time->from < row.to);
    });
    if (wanted != published.end()) {
      HG_ASSIGN(const auto row, table.find(wanted->id));
      if (row) found.document = row->document;
    }
    HG_ASSIGN(const auto follower, table.find_follower(user));
    found.follows = follower.has_value();
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    if (!account) return found;
    HG_ASSIGN(const auto phone, open_phone(environment, account->phone_sealed, account->phone_index));
    if (!phone.digits.empty()) found.country = region_of(phone);
    return found;
  };
  CO_ASSIGN(const auto found, co_await environment.store.read(std::move(body)));
  Reading out;
  out.country = found.country;
  out.follows = found.follows;
  if (found.document.empty()) co_return out;
  CO_ASSIGN(out.report, transparency::parse_report(found.document));
  co_return out;
}

BotPost TransparencyBot::figures(const std::string& language, const Report& report,
                                 const std::string& country) const {
  auto text = say(language, "heading",
                  {{"from", report.period.text().substr(0, 10)},
                   {"to", report.period.text().substr(11)},
                   {"version", std::to_string(report.version)}});
  if (!country.empty()) {
    text += "\n\n" + say(language, "requests", {{"country", country_name(country, language)}});
    bool told = false, hidden = false, listed = false;
    if (const auto* legal = report.find(ledger::Book::legal)) {
      for (const auto& [cell, count] : legal->claim.shown) {
        const auto what = request_line(cell, country);
        listed |= what.has_value();
        if (!what || count == 0) continue;
        text += "\n" + *what + ": " + std::to_string(count);
        told = true;
      }
      hidden = std::ranges::any_of(legal->claim.hidden,
                                   [&](const auto& cell) { return request_line(cell, country).has_value(); });
    }
    if (hidden) text += "\n" + say(language, "small", {{"threshold", std::to_string(report.threshold)}});
    // Every cell of a country that may ask is listed, so where none is, none has been entered until then.
    if (!told && !hidden) text += "\n" + say(language, listed ? "no_requests_then" : "no_requests");
  }
  text += "\n\n" + say(language, "totals",
                       {{"content", std::to_string(report.acts(ledger::Book::content))},
                        {"legal", std::to_string(report.acts(ledger::Book::legal))},
                        {"search", std::to_string(report.acts(ledger::Book::search))}});
  text += "\n\n" + parts_.url + "/transparency/reports/" + report.name();
  return {std::move(text), {}, {}};
}

Task<Result<BotTurn>> TransparencyBot::show(const BotVisitor& visitor, std::string country,
                                            std::optional<Period> time) const {
  const auto language = language_of(visitor);
  CO_ASSIGN(const auto reading, co_await look(visitor.user, time));
  if (!reading.report && time) co_return co_await list_periods(visitor, country, "no_period");
  if (!reading.report) {
    BotPost none{say(language, "none", {{"url", parts_.url + "/transparency"}}), {}, {}};
    co_return one_post(std::move(none));
  }
  auto turn = one_post(figures(language, *reading.report, country.empty() ? reading.country : country));
  if (!country.empty()) turn.state = to_bytes(as_bytes(std::string(kShownCountry) + country));
  co_return turn;
}

Task<Result<BotTurn>> TransparencyBot::list_periods(const BotVisitor& visitor, const std::string& country,
                                                    const std::string& key) const {
  const auto language = language_of(visitor);
  auto body = [](store::Tx& tx) { return store::transparency_of(tx).list(true, periods_shown * 4); };
  CO_ASSIGN(const auto all, co_await parts_.environment.store.read(std::move(body)));
  if (all.empty()) {
    BotPost none{say(language, "none", {{"url", parts_.url + "/transparency"}}), {}, {}};
    co_return one_post(std::move(none));
  }
  BotPost post{say(language, key), {}, ReplyMarkup{}};
  std::string last;
  for (const auto& one : all) {
    const auto period = Period{one.from, one.to}.text();
    if (period == last || post.markup->rows.size() == periods_shown) continue;  // an older version
    last = period;
    Button button;
    button.kind = ButtonKind::callback;
    button.text = period.substr(0, 10) + " – " + period.substr(11);
    button.data =
        to_bytes(as_bytes(std::string(kPeriodPress) + period + (country.empty() ? "" : "/" + country)));
    post.markup->rows.push_back(ButtonRow{{std::move(button)}});
  }
  co_return one_post(std::move(post));
}

Task<Result<BotTurn>> TransparencyBot::open_entry(const BotVisitor& visitor,
                                                  const std::string& number) const {
  const auto language = language_of(visitor);
  auto find = [user = visitor.user, number](store::Tx& tx) { return own_record(tx, user, number); };
  CO_ASSIGN(const auto record, co_await parts_.environment.store.read(std::move(find)));
  if (record == 0 || parts_.ledger == nullptr) {
    BotPost none{say(language, "entry_none"), {}, {}};
    co_return one_post(std::move(none));
  }
  CO_ASSIGN(const auto own, co_await own_entry(*parts_.ledger, record));
  if (!own) {
    BotPost wait{say(language, "entry_waits"), {}, {}};
    co_return one_post(std::move(wait));
  }
  const auto address = parts_.url + "/ledger/proof/" + std::to_string(own->leaf);
  auto turn =
      one_post({say(language, "entry", {{"proof", address}, {"url", parts_.url + "/transparency"}}), {}, {}});
  turn.posts.push_back({own->opening, {}, {}});
  co_return turn;
}

Task<Result<BotTurn>> TransparencyBot::follow(const BotVisitor& visitor, bool on) const {
  auto body = [user = visitor.user, on](store::Tx& tx) -> Status {
    auto& table = store::transparency_of(tx);
    if (!on) return table.erase_follower(user);
    // From the next report on.
    HG_ASSIGN(const auto newest, table.list(true, 1));
    return table.put_follower({user, {}, newest.empty() ? 0 : newest[0].id});
  };
  CO_TRY(co_await parts_.environment.store.write(std::move(body)));
  BotPost post{say(language_of(visitor), on ? "following" : "not_following"), {}, {}};
  co_return one_post(std::move(post));
}

Task<Result<BotTurn>> TransparencyBot::on_message(BotVisitor visitor, BotMessage message) {
  const auto text = text_within(message.text);
  CO_ASSIGN(auto turn, co_await answer(visitor, text));
  // What is asked in between does not change whose numbers are shown.
  const bool ends = turn.state && turn.state->empty();
  if (ends && !text.starts_with("/start") && !country_kept(visitor).empty()) turn.state.reset();
  co_return turn;
}

Task<Result<BotTurn>> TransparencyBot::answer(const BotVisitor& visitor, std::string text) const {
  const auto language = language_of(visitor);
  std::string name, rest = text;
  if (text.starts_with('/')) {
    const auto end = std::min(text.find_first_of(" \n"), text.size());
    name = text.substr(1, end - 1);
    name = name.substr(0, name.find('@'));
    rest = text_within(text.substr(end));
  }
  if (name == "start") co_return co_await show(visitor, {}, std::nullopt);
  if (name == "periods") co_return co_await list_periods(visitor, country_kept(visitor), "which_period");
  if (name == "follow" || name == "unfollow") co_return co_await follow(visitor, name == "follow");
  if (name == "entry") co_return co_await open_entry(visitor, rest);
  if (name == "check") {
    BotPost post{say(language, "check", {{"url", parts_.url + "/transparency"}}), {}, {}};
    co_return one_post(std::move(post));
  }
  if (name == "help" || (!name.empty() && name != "country")) {
    BotPost post{say(language, "help"), {}, {}};
    co_return one_post(std::move(post));
  }
  if (name == "country" && rest.empty()) {
    BotPost post{say(language, "which_country"), {}, {}};
    auto turn = one_post(std::move(post));
    turn.state = to_bytes(as_bytes(kAskedCountry));
    co_return turn;
  }
  // A country's name, asked for or not, a time, or both.
  const auto both = place_and_time(rest);
  const auto country =
      both.place.empty() ? std::optional(country_kept(visitor)) : country_named(both.place, language);
  if (country && (both.time || !both.place.empty())) co_return co_await show(visitor, *country, both.time);
  const bool asked = as_text(visitor.state) == kAskedCountry || name == "country";
  BotPost post{asked ? parts_.texts.say(language, "country_unknown") : say(language, "help"), {}, {}};
  auto turn = one_post(std::move(post));
  if (asked) turn.state = to_bytes(as_bytes(kAskedCountry));
  co_return turn;
}

Task<Result<BotTurn>> TransparencyBot::on_callback(BotVisitor visitor, Bytes data) {
  const auto pressed = as_text(data);
  if (!pressed.starts_with(kPeriodPress)) co_return BotTurn{};
  constexpr std::size_t length = 21;  // of a period's text
  const auto rest = pressed.substr(kPeriodPress.size());
  const auto period = transparency::parse_period(rest.substr(0, length));
  if (!period) co_return BotTurn{};
  const std::string country(rest.size() > length + 1 ? rest.substr(length + 1) : std::string_view());
  if (!country.empty() && country_name(country, "en").empty()) co_return BotTurn{};
  co_return co_await show(visitor, country, *period);
}

// The country that is named or the reader's own, all together, and the tables whose titles have the text; of
// the newest report, or of the one of the time that is named.
Task<Result<std::vector<InlineResult>>> TransparencyBot::on_inline(BotVisitor visitor, std::string text) {
  const auto language = language_of(visitor);
  const auto both = place_and_time(text_within(text));
  const auto& wanted = both.place;
  CO_ASSIGN(const auto reading, co_await look(visitor.user, both.time));
  std::vector<InlineResult> offered;
  if (!reading.report) co_return offered;
  const auto& report = *reading.report;
  const auto named = country_named(wanted, language);
  const auto country = named ? *named : wanted.empty() ? reading.country : std::string();
  // Reports never change: what has this name stays what it is.
  const auto offer = [&](const std::string& what, std::string title, BotPost post) {
    const auto digest = crypto::sha256(as_bytes(report.name() + " " + language + " " + what));
    auto line = post.text.substr(0, post.text.find('\n'));
    offered.push_back(
        {to_hex(ByteView(digest).first(16)), std::move(title), std::move(line), std::move(post)});
  };
  if (!country.empty()) {
    offer("country " + country, say(language, "requests", {{"country", country_name(country, language)}}),
          figures(language, report, country));
  }
  if (wanted.empty()) offer("all", say(language, "all"), figures(language, report, {}));
  for (const auto& figure : report.figures) {
    if (named || figure.rows.empty() || !says(figure.title, wanted)) continue;
    auto said =
        figure.title + ", " + report.period.text().substr(0, 10) + " – " + report.period.text().substr(11);
    for (std::size_t i = 0; i < figure.rows.size() && i < kRowsShared; ++i) {
      said += "\n" + figure_line(figure, figure.rows[i]);
    }
    if (figure.rows.size() > kRowsShared) said += "\n…";
    said += "\n\n" + parts_.url + "/transparency/reports/" + report.name();
    offer("figure " + figure.id, figure.title, {std::move(said), {}, {}});
  }
  co_return offered;
}

Task<Status> TransparencyBot::tell_followers() const {
  for (;;) {
    auto body = [this, now = parts_.environment.clock.unix_seconds()](store::Tx& tx) -> Result<bool> {
      auto& table = store::transparency_of(tx);
      HG_ASSIGN(const auto newest, table.list(true, 1));
      if (newest.empty()) return false;
      HG_ASSIGN(const auto untold, table.untold(newest[0].id, letters_at_once));
      if (untold.empty()) return false;
      HG_ASSIGN(const auto row, table.find(newest[0].id));
      HG_ASSIGN(const auto report, transparency::parse_report(row->document));
      for (auto follower : untold) {
        HG_ASSIGN(const auto visitor, read_visitor(tx, transparency_user, follower.user, now));
        if (!visitor) {
          HG_TRY(table.erase_follower(follower.user));
          continue;
        }
        HG_ASSIGN(const auto account, tx.accounts().find(follower.user));
        std::string country;
        if (account) {
          HG_ASSIGN(const auto phone,
                    open_phone(parts_.environment, account->phone_sealed, account->phone_index));
          if (!phone.digits.empty()) country = region_of(phone);
        }
        const auto language = language_of(*visitor);
        auto post = figures(language, report, country);
        post.text = say(language, "letter") + "\n\n" + post.text;
        HG_TRY(tell_as_bot(tx, transparency_user, follower.user, now, post));
        follower.told = newest[0].id;
        HG_TRY(table.put_follower(follower));
      }
      return untold.size() == letters_at_once;
    };
    CO_ASSIGN(const bool more, co_await parts_.environment.store.write(std::move(body)));
    if (!more) co_return Status{};
  }
}

}  // namespace heliograph::services
