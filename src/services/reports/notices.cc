#include "services/reports/notices.h"

#include <algorithm>
#include <charconv>

#include "crypto/hash.h"
#include "services/discovery/public.h"
#include "services/moderation/moderation.h"
#include "services/people/username.h"
#include "services/reports/evidence.h"

namespace heliograph::services {

namespace {

constexpr std::size_t kReceiptBytes = 16;

Bytes digest_of_secret(std::string_view secret) {
  return to_bytes(crypto::sha256(as_bytes(secret)));
}

std::optional<MessageId> number_in(std::string_view text) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return MessageId{number};
}

std::string_view query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto cut = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, cut);
    query.remove_prefix(std::min(cut + 1, query.size()));
    if (pair.starts_with(name) && pair.size() > name.size() && pair[name.size()] == '=') {
      return pair.substr(name.size() + 1);
    }
  }
  return {};
}

std::optional<NoticeLocation> location_of(std::string_view username, std::string_view post) {
  NoticeLocation location{std::string(username), {}};
  if (!valid_username(username)) return std::nullopt;
  if (post.empty()) return location;
  const auto number = number_in(post);
  if (!number) return std::nullopt;
  location.message = *number;
  return location;
}

}  // namespace

std::optional<NoticeLocation> parse_location(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '/'))
    text.remove_suffix(1);
  if (text.starts_with('@')) return location_of(text.substr(1), {});
  if (text.starts_with("tg://resolve?")) {
    const auto query = text.substr(13);
    return location_of(query_value(query, "domain"), query_value(query, "post"));
  }
  const auto scheme = text.find("://");
  if (scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find_first_of("?#"));
  const auto host = text.find('/');
  if (host == std::string_view::npos)
    return scheme == std::string_view::npos ? location_of(text, {}) : std::nullopt;
  auto path = text.substr(host + 1);
  if (path.starts_with("s/")) path.remove_prefix(2);  // the preview of a channel
  const auto cut = path.find('/');
  if (cut == std::string_view::npos) return location_of(path, {});
  // Of a topic's message the last number counts: name/TOPIC/MESSAGE.
  return location_of(path.substr(0, cut), path.substr(path.rfind('/') + 1));
}

Result<safety::Reported> reported_at(store::Tx& tx, const NoticeLocation& location, UnixSeconds now) {
  const auto nothing = [] {
    return fail(
        Error::invalid("NOTICE_LOCATION_UNKNOWN",
                       "There is nothing public at this place. Copy the link from the message or channel."));
  };
  HG_ASSIGN(const auto holder, tx.chats().resolve(location.username));
  if (!holder) return nothing();
  if (!location.message) return reported_peer(tx, *holder, now);
  if (!holder->is_channel()) return nothing();
  // As anybody sees it: user 0 is in nothing.
  auto place = open_place(tx, UserId{}, *holder, now);
  if (!place) return nothing();
  HG_ASSIGN(const auto message, tx.messages().find(place->box, location.message));
  if (!message || (message->flags & store::message_service) != 0) return nothing();
  return reported_message(tx, *place, *message);
}

Notices::Notices(const Environment& environment, Limits& limits)
    : environment_(environment),
      limits_(limits),
      intake_({environment.clock, environment.random, environment.sealer, route_by(environment)}),
      options_(safety::ReportOptions::built_in()) {}

Task<Result<NoticeFiled>> Notices::file(PublicNotice notice) {
  const auto invalid = [](std::string_view code, std::string what) {
    return fail(Error::invalid(code, std::move(what)));
  };
  const auto location = parse_location(notice.location);
  if (!location) {
    co_return invalid("NOTICE_LOCATION_INVALID", "Give a link to the message or channel, or its @name.");
  }
  const auto* option = options_->find(notice.option);
  if (option == nullptr || !option->category) {
    co_return invalid("NOTICE_OPTION_INVALID", "Choose what is wrong with it.");
  }
  if (notice.reason.find_first_not_of(" \t\r\n") == std::string::npos) {
    co_return invalid("NOTICE_REASON_MISSING", "Say why it is against the law or the rules.");
  }
  if (!notice.country.empty() && !safety::is_country(notice.country)) {
    co_return invalid("NOTICE_COUNTRY_INVALID",
                      "Give the country as two capital letters, or leave it empty.");
  }
  const bool anonymous = *option->category == terms::Category::csae;
  if (notice.token.empty()) {
    if (!anonymous && (notice.name.empty() || notice.email.find('@') == std::string::npos)) {
      co_return invalid("NOTICE_CONTACT_MISSING", "Give your name and e-mail address.");
    }
    if (!notice.good_faith) {
      co_return invalid("NOTICE_GOOD_FAITH_MISSING",
                        "Confirm that you believe in good faith that what you say is accurate and complete.");
    }
    CO_TRY(limits_.take("notice", notice.client, address_rate));
  } else {
    CO_TRY(limits_.take("flagger", to_hex(digest_of_secret(notice.token)), flagger_rate));
  }

  Bytes secret(kReceiptBytes);
  environment_.random.fill(secret);
  const auto receipt = to_hex(secret);
  const auto now = environment_.clock.unix_seconds();
  auto body = [this, notice = std::move(notice), location = *location, category = *option->category, receipt,
               now](store::Tx& tx) -> Result<NoticeFiled> {
    auto source = store::ReportSource::form;
    std::string flagger;
    if (!notice.token.empty()) {
      HG_ASSIGN(const auto known, tx.reports().find_flagger(digest_of_secret(notice.token)));
      if (!known || known->disabled_at != 0) {
        return fail(Error::forbidden("FLAGGER_UNKNOWN", "The token is not known. Ask the operator for one."));
      }
      source = known->authority ? store::ReportSource::authority : store::ReportSource::flagger;
      flagger = known->name;
    }
    HG_ASSIGN(auto reported, reported_at(tx, location, now));
    reported.source = source;
    reported.flagger = flagger;
    reported.receipt = digest_of_secret(receipt);
    reported.category = category;
    reported.option = notice.option;
    reported.country = notice.country;
    reported.comment = notice.reason;
    if (!notice.reference.empty()) reported.comment += "\nReference: " + notice.reference;
    reported.name = notice.name;
    reported.contact = notice.email;
    HG_ASSIGN(const auto filed, intake_.file(tx, std::move(reported)));
    HG_ASSIGN(const auto one, tx.cases().find(filed.case_id));
    return NoticeFiled{filed.case_id, receipt, one->due_at};
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<NoticeOutcome>> Notices::outcome(std::string receipt) const {
  auto body = [receipt = std::move(receipt)](store::Tx& tx) -> Result<NoticeOutcome> {
    HG_ASSIGN(const auto report, tx.reports().find_receipt(digest_of_secret(receipt)));
    if (!report) return fail(Error::not_found("RECEIPT_UNKNOWN", "There is no report with this receipt."));
    HG_ASSIGN(const auto one, tx.cases().find(report->case_id));
    NoticeOutcome outcome{report->case_id, report->state, report->at, report->settled_at};
    if (one) outcome.due_at = one->due_at;
    if (one && report->settled_at != 0) outcome.record = one->record;
    return outcome;
  };
  co_return co_await environment_.store.read(std::move(body));
}

}  // namespace heliograph::services
