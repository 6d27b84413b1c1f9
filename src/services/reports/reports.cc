#include "services/reports/reports.h"

#include <algorithm>
#include <set>

#include "services/accounts/phone.h"
#include "services/chats/append.h"
#include "services/discovery/guarded_terms.h"
#include "services/moderation/moderation.h"
#include "services/reports/evidence.h"

namespace heliograph::services {

namespace {

constexpr std::int32_t spam_messages_max = 10;

// Where the reporter's number is from; empty: it is not known.
Result<std::string> country_of(const Environment& environment, store::Tx& tx, UserId user) {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->phone_sealed.empty()) return std::string();
  HG_ASSIGN(const auto phone, open_phone(environment, account->phone_sealed, account->phone_index));
  return region_of(phone);
}

void say(safety::Reported& reported, const ReportWords& words) {
  reported.category = words.category;
  reported.option = words.option;
  reported.comment = words.comment;
  reported.country = words.country;
  reported.language = words.language;
  reported.source = words.source;
}

Error how_many() {
  return Error::invalid("MESSAGE_IDS_EMPTY", "Name 1 to 100 messages.");
}

// Administrators who may take away what others write speak for the chat.
Status must_clean(const Place& place) {
  if (place.chat && place.standing().has(admin_delete_messages)) return {};
  return fail(
      Error::forbidden("CHAT_ADMIN_REQUIRED", "Only administrators who may delete messages can do this."));
}

Error cannot_report() {
  return Error::invalid("PEER_ID_INVALID", "You cannot report yourself or the service.");
}

}  // namespace

Reports::Reports(const Environment& environment)
    : environment_(environment),
      intake_({environment.clock, environment.random, environment.sealer, route_by(environment)}),
      options_(safety::ReportOptions::built_in()) {}

Result<safety::Filed> Reports::file(store::Tx& tx, Caller caller, safety::Reported reported) const {
  reported.reporter = caller.user;
  if (reported.country.empty()) {
    HG_ASSIGN(reported.country, country_of(environment_, tx, caller.user));
  }
  const bool answers = reported.source == store::ReportSource::member;  // the bot says it itself
  HG_ASSIGN(const auto filed, intake_.file(tx, std::move(reported)));
  if (answers && !filed.again) {
    HG_TRY(send_notice(tx, environment_.clock.unix_seconds(), caller.user,
                       "Thank you for your report: it is case " + std::to_string(filed.case_id) +
                           ". A moderator will look at it, and you will hear here what comes of it."));
  }
  return filed;
}

Result<safety::Filed> Reports::file_messages(store::Tx& tx, Caller caller, const Place& place,
                                             const std::vector<MessageId>& ids, const ReportWords& words,
                                             UserId author) const {
  std::vector<safety::Reported> all;
  for (const auto id : std::set(ids.begin(), ids.end())) {
    HG_ASSIGN(const auto message, tx.messages().find(place.box, id));
    const bool there = message && message->peer == place.peer && id > place.hidden_up_to() &&
                       message->from != caller.user && message->from != service_user &&
                       (message->flags & store::message_service) == 0;
    if (!there) {
      return fail(Error::invalid("MESSAGE_ID_INVALID", "Only what somebody else wrote can be reported."));
    }
    if (author && message->from != author) {
      return fail(Error::invalid("PARTICIPANT_ID_INVALID", "The participant did not write all of these."));
    }
    HG_ASSIGN(auto reported, reported_message(tx, place, *message));
    say(reported, words);
    // What one person said in private is one report.
    if (!all.empty() && !place.peer.is_channel() && all.back().subject == reported.subject) {
      all.back().evidence.push_back(std::move(reported.evidence.front()));
    } else {
      all.push_back(std::move(reported));
    }
  }
  std::optional<safety::Filed> first;
  for (auto& reported : all) {
    HG_ASSIGN(const auto filed, file(tx, caller, std::move(reported)));
    if (!first) first = filed;
  }
  return *first;
}

Task<Result<safety::Filed>> Reports::messages(Caller caller, Peer place, std::vector<MessageId> ids,
                                              ReportWords words) {
  if (ids.empty() || ids.size() > messages_max) co_return fail(how_many());
  const auto now = environment_.clock.unix_seconds();
  auto body = [this, caller, place, ids = std::move(ids), words = std::move(words),
               now](store::Tx& tx) -> Result<safety::Filed> {
    HG_ASSIGN(const auto opened, open_place(tx, caller.user, place, now));
    return file_messages(tx, caller, opened, ids, words, UserId{});
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<safety::Filed>> Reports::spam_by(Caller caller, Peer chat, UserId participant,
                                             std::vector<MessageId> ids) {
  if (ids.empty() || ids.size() > messages_max) co_return fail(how_many());
  const auto now = environment_.clock.unix_seconds();
  auto body = [this, caller, chat, participant, ids = std::move(ids),
               now](store::Tx& tx) -> Result<safety::Filed> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, chat, now));
    HG_TRY(must_clean(place));
    return file_messages(tx, caller, place, ids, {.category = terms::Category::spam, .option = "spam"},
                         participant);
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<std::int64_t>> Reports::false_positive(Caller caller, Peer chat, MessageId message) {
  const auto* desk = desk_of(environment_);
  if (desk == nullptr) {
    co_return fail(Error::invalid("MESSAGE_ID_INVALID", "Nothing is judged on this server."));
  }
  const auto now = environment_.clock.unix_seconds();
  auto body = [caller, chat, message, now, desk](store::Tx& tx) -> Result<std::int64_t> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, chat, now));
    HG_TRY(must_clean(place));
    HG_ASSIGN(const auto cases, tx.cases().of_subject(ledger::Subject::of(chat, message).text, 1));
    if (cases.empty() || cases.front().effect == 0) {
      return fail(Error::invalid("MESSAGE_ID_INVALID", "Nothing was done about this message."));
    }
    return desk->appeal_for_chat(tx, caller.user, cases.front().id);
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<safety::Filed>> Reports::reaction(Caller caller, Peer place, MessageId message, UserId who) {
  const auto now = environment_.clock.unix_seconds();
  auto body = [this, caller, place, message, who, now](store::Tx& tx) -> Result<safety::Filed> {
    HG_ASSIGN(const auto opened, open_place(tx, caller.user, place, now));
    HG_ASSIGN(const auto there, tx.messages().find(opened.box, message));
    if (!there || there->peer != place || message <= opened.hidden_up_to()) {
      return fail(Error::invalid("MESSAGE_ID_INVALID", "The message is not there."));
    }
    HG_ASSIGN(const auto given, tx.reactions().of_user(there->link, who));
    if (given.empty() || who == caller.user) {
      return fail(Error::invalid("REACTION_INVALID", "Nobody but you, or not this person, has reacted."));
    }
    HG_ASSIGN(auto reported, reported_message(tx, opened, *there));
    reported.subject = ledger::Subject::of(who);
    reported.author = who;
    reported.place = Peer::of(who);
    reported.message = MessageId{};
    reported.text.clear();
    for (const auto& one : given) reported.text += "reacted with " + one.reaction + " to a message\n";
    say(reported, {.category = terms::Category::harassment, .option = "reaction"});
    return file(tx, caller, std::move(reported));
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<safety::Filed>> Reports::spam(Caller caller, Peer peer) {
  const ReportWords words{.category = terms::Category::spam, .option = "spam"};
  if (!peer.is_user()) co_return co_await this->peer(caller, peer, words);
  if (peer == Peer::of(caller.user) || peer == Peer::of(service_user)) co_return fail(cannot_report());
  const auto now = environment_.clock.unix_seconds();
  auto body = [this, caller, peer, words, now](store::Tx& tx) -> Result<safety::Filed> {
    HG_ASSIGN(const auto place, open_place(tx, caller.user, peer, now));
    HG_ASSIGN(auto reported, reported_peer(tx, peer, now));
    store::SearchFilter theirs;
    theirs.from = peer.user();
    store::HistoryRange newest;
    newest.limit = spam_messages_max;
    HG_ASSIGN(const auto page, tx.messages().search(place.box, peer, theirs, newest));
    for (const auto& message : page.messages) {
      HG_ASSIGN(auto said, reported_message(tx, place, message));
      reported.evidence.push_back(std::move(said.evidence.front()));
    }
    say(reported, words);
    return file(tx, caller, std::move(reported));
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<safety::Filed>> Reports::photo(Caller caller, Peer peer, std::int64_t photo, ReportWords words) {
  if (!peer || peer == Peer::of(caller.user) || peer == Peer::of(service_user))
    co_return fail(cannot_report());
  const auto now = environment_.clock.unix_seconds();
  auto body = [this, caller, peer, photo, words = std::move(words),
               now](store::Tx& tx) -> Result<safety::Filed> {
    if (!peer.is_user()) HG_TRY(open_place(tx, caller.user, peer, now));
    HG_ASSIGN(auto reported, reported_peer(tx, peer, now));
    HG_TRY(add_photo(tx, photo, reported));
    say(reported, words);
    return file(tx, caller, std::move(reported));
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<safety::Filed>> Reports::peer(Caller caller, Peer peer, ReportWords words) {
  if (!peer || peer == Peer::of(caller.user) || peer == Peer::of(service_user)) {
    co_return fail(cannot_report());
  }
  const auto now = environment_.clock.unix_seconds();
  auto body = [this, caller, peer, words = std::move(words), now](store::Tx& tx) -> Result<safety::Filed> {
    if (!peer.is_user()) HG_TRY(open_place(tx, caller.user, peer, now));
    HG_ASSIGN(auto reported, reported_peer(tx, peer, now));
    say(reported, words);
    return file(tx, caller, std::move(reported));
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<safety::Filed>> Reports::term(Caller caller, TermReport report) {
  if (report.text.size() > term_max) {
    co_return fail(Error::invalid("SEARCH_QUERY_TOO_LONG", "Send the term alone: 128 bytes at most."));
  }
  safety::Reported reported;
  reported.subject = safety::term_subject(report.text);
  if (reported.subject.text.empty()) {
    co_return fail(Error::invalid("SEARCH_QUERY_EMPTY", "There is no word in it that one could search for."));
  }
  reported.text = report.text;
  reported.source = report.source;
  reported.category = report.category;
  reported.option = report.overblock ? std::string(safety::overblock) : "term";
  reported.country = std::move(report.country);
  reported.language = std::move(report.language);
  reported.comment = std::move(report.comment);
  const auto now = environment_.clock.unix_seconds();
  auto body = [this, caller, reported = std::move(reported), found = std::move(report.found),
               now](store::Tx& tx) -> Result<safety::Filed> {
    auto with_results = reported;
    for (const auto peer : found) {
      auto seen = reported_peer(tx, peer, now);
      if (!seen) continue;  // gone in between
      with_results.reach += seen->reach;
      with_results.evidence.push_back(std::move(seen->evidence.front()));
    }
    HG_ASSIGN(const auto filed, file(tx, caller, std::move(with_results)));
    if (reported.option == safety::overblock) return filed;
    HG_TRY(propose_reported(tx, environment_, reported.text, reported.category, filed.case_id));
    return filed;
  };
  co_return co_await environment_.store.write(std::move(body));
}

Result<ReportView> Reports::view_of(store::Tx& tx, const store::Report& report) const {
  ReportView view;
  view.report_id = report.id;
  view.case_id = report.case_id;
  view.at = report.at;
  view.settled_at = report.settled_at;
  view.state = report.state;
  view.category = static_cast<terms::Category>(report.category);
  HG_ASSIGN(const auto one, tx.cases().find(report.case_id));
  if (one) view.subject = safety::term_of(*one);
  view.term = !view.subject.empty();
  return view;
}

Task<Result<std::vector<ReportView>>> Reports::mine(Caller caller, std::int64_t before,
                                                    std::size_t limit) const {
  auto body = [this, caller, before, limit](store::Tx& tx) -> Result<std::vector<ReportView>> {
    HG_ASSIGN(const auto reports,
              tx.reports().of_reporter(caller.user, before, std::clamp<std::size_t>(limit, 1, 100)));
    std::vector<ReportView> views;
    for (const auto& report : reports) {
      HG_ASSIGN(auto view, view_of(tx, report));
      views.push_back(std::move(view));
    }
    return views;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<ReportView>> Reports::status(Caller caller, std::int64_t case_id) const {
  auto body = [this, caller, case_id](store::Tx& tx) -> Result<ReportView> {
    HG_ASSIGN(const auto report, tx.reports().newest(case_id, caller.user));
    if (!report) return fail(Error::not_found("CASE_UNKNOWN", "You have no report of this number."));
    return view_of(tx, *report);
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::int64_t>> Reports::appeal(Caller caller, std::int64_t case_id, std::string text) {
  const auto* desk = desk_of(environment_);
  if (desk == nullptr) {
    co_return fail(Error::not_found("CASE_UNKNOWN", "There are no cases on this server."));
  }
  auto body = [caller, case_id, text = std::move(text), desk](store::Tx& tx) {
    return desk->appeal(tx, caller.user, case_id, text, "bot");
  };
  co_return co_await environment_.store.write(std::move(body));
}

}  // namespace heliograph::services
