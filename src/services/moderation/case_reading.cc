// What belongs to one case beside itself: its reports, its history, its campaign's messages, what stands
// around it, and what it is like.
#include <algorithm>
#include <map>

#include "services/discovery/public.h"
#include "services/moderation/casework.h"
#include "services/moderation/judge.h"
#include "services/moderation/likeness.h"
#include "services/reports/evidence.h"

namespace heliograph::services {

namespace {

constexpr std::size_t kRowsAtOnce = 200;
constexpr std::size_t kReportsCounted = 20'000;
constexpr std::size_t kEventsRead = 100'000;
constexpr std::size_t kLinkedMost = 50;
constexpr std::int32_t kAround = 10;

Result<store::Case> known_case(store::Tx& tx, std::int64_t case_id) {
  HG_ASSIGN(auto one, tx.cases().find(case_id));
  if (!one) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
  return std::move(*one);
}

// The first kLinkedMost of them.
Result<std::vector<store::Case>> cases_numbered(store::Tx& tx, const std::vector<std::int64_t>& numbers) {
  std::vector<store::Case> cases;
  for (const auto number : numbers) {
    if (cases.size() == kLinkedMost) break;
    HG_ASSIGN(auto one, tx.cases().find(number));
    if (one) cases.push_back(std::move(*one));
  }
  return cases;
}

bool has_media(const store::Message& message) {
  using enum store::MessageKind;
  return message.kind != plain && message.kind != poll && message.kind != contact && message.kind != geo &&
         message.kind != chat_photo;
}

}  // namespace

Task<Result<CaseReports>> Casework::newest_reports(std::int64_t case_id, std::int64_t before,
                                                   std::size_t limit) const {
  auto body = [this, case_id, before, limit](store::Tx& tx) -> Result<CaseReports> {
    HG_TRY(known_case(tx, case_id));
    CaseReports page;
    std::vector<std::int64_t> ids;
    for (std::int64_t after = 0; ids.size() < kReportsCounted;) {
      HG_ASSIGN(const auto rows, tx.reports().of_case(case_id, after, kRowsAtOnce));
      for (const auto& report : rows) {
        ids.push_back(report.id);
        if (!report.country.empty()) ++page.countries[report.country];
      }
      if (rows.size() < kRowsAtOnce) break;
      after = rows.back().id;
    }
    page.total = static_cast<std::int64_t>(ids.size());
    for (auto id = ids.rbegin(); id != ids.rend() && page.reports.size() < limit; ++id) {
      if (before != 0 && *id >= before) continue;
      HG_ASSIGN(auto report, tx.reports().find(*id));
      if (!report) continue;
      ReportDetail detail;
      HG_ASSIGN(detail.file, safety::open_report(*report, environment_.sealer));
      if (report->reporter) {
        HG_ASSIGN(detail.record, tx.reports().record_of(report->reporter));
      }
      detail.report = std::move(*report);
      page.reports.push_back(std::move(detail));
    }
    return page;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::vector<HistoryEntry>>> Casework::history(std::int64_t case_id, std::int64_t before,
                                                          std::size_t limit) const {
  auto body = [this, case_id, before, limit](store::Tx& tx) -> Result<std::vector<HistoryEntry>> {
    HG_TRY(known_case(tx, case_id));
    HG_ASSIGN(auto events, tx.cases().history(case_id, kEventsRead));
    std::vector<HistoryEntry> entries;
    for (auto event = events.rbegin(); event != events.rend() && entries.size() < limit; ++event) {
      if (before != 0 && event->id >= before) continue;
      HG_ASSIGN(auto words, safety::open_words(*event, environment_.sealer));
      entries.push_back({std::move(*event), std::move(words)});
    }
    return entries;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<LinkedCases>> Casework::linked(std::int64_t case_id) const {
  auto body = [this, case_id](store::Tx& tx) -> Result<LinkedCases> {
    HG_ASSIGN(const auto one, known_case(tx, case_id));
    const auto others = [case_id](std::vector<store::Case> cases) {
      std::erase_if(cases, [case_id](const store::Case& other) { return other.id == case_id; });
      if (cases.size() > kLinkedMost) cases.resize(kLinkedMost);
      return cases;
    };
    LinkedCases linked;
    if (one.user) {
      HG_ASSIGN(auto author, tx.cases().of_user(one.user, kLinkedMost + 1));
      HG_ASSIGN(linked.author, views_in(tx, others(std::move(author))));
    }
    HG_ASSIGN(auto same, tx.cases().of_subject(one.subject, kLinkedMost + 1));
    std::erase_if(same, [](const store::Case& other) { return kind_of(other) != CaseKind::campaign; });
    HG_ASSIGN(linked.campaign, views_in(tx, others(std::move(same))));
    HG_ASSIGN(const auto file, safety::open_file(one, environment_.sealer));
    HG_ASSIGN(const auto alike, alike_cases(tx, one, file));
    HG_ASSIGN(auto by_media, cases_numbered(tx, alike.media));
    HG_ASSIGN(linked.media, views_in(tx, std::move(by_media)));
    HG_ASSIGN(auto by_text, cases_numbered(tx, alike.text));
    HG_ASSIGN(linked.similar, views_in(tx, std::move(by_text)));
    return linked;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<MemberPage>> Casework::members(std::int64_t case_id, std::size_t skip, std::size_t limit) const {
  auto body = [this, case_id, skip, limit](store::Tx& tx) -> Result<MemberPage> {
    HG_ASSIGN(const auto one, known_case(tx, case_id));
    HG_ASSIGN(const auto whole, safety::open_file(one, environment_.sealer));
    MemberPage page;
    page.total = whole.members;
    std::size_t seen = 0;
    for (std::string after;;) {
      HG_ASSIGN(auto rows, tx.cases().members(case_id, after, kRowsAtOnce));
      const bool last = rows.size() < kRowsAtOnce;
      if (!rows.empty()) after = rows.back().subject;
      for (auto& member : rows) {
        if (seen++ < skip) continue;
        if (page.members.size() == limit) return page;
        HG_ASSIGN(auto file, safety::open_member(member, environment_.sealer));
        HG_ASSIGN(auto title, label_of(tx, file.place));
        page.members.push_back({std::move(member), std::move(title), std::move(file.text)});
      }
      if (last) return page;
    }
  };
  co_return co_await environment_.store.read(std::move(body));
}

Result<ContextEntry> Casework::entry_in(store::Tx&, const store::Message& message) const {
  ContextEntry entry;
  entry.id = message.id;
  entry.date = message.date;
  HG_ASSIGN(entry.text, quoted_text(message));
  entry.media = has_media(message);
  entry.withheld = (message.flags & store::message_withheld) != 0;
  return entry;
}

Task<Result<std::vector<ContextEntry>>> Casework::context(std::int64_t case_id) const {
  auto body = [this, case_id](store::Tx& tx) -> Result<std::vector<ContextEntry>> {
    HG_ASSIGN(const auto one, known_case(tx, case_id));
    HG_ASSIGN(const auto file, safety::open_file(one, environment_.sealer));
    const auto hidden = [] {
      return fail(Error::not_found("SUBJECT_PRIVATE", "What was reported is all that there is to see."));
    };
    if (!file.message || !file.place.is_channel() || file.members > 0) return hidden();
    HG_ASSIGN(const auto chat, find_open_chat(tx, file.place));
    if (!chat) return hidden();
    store::HistoryRange range;
    range.offset_id = file.message;
    range.add_offset = -(kAround + 1);
    range.limit = 2 * kAround + 1;
    HG_ASSIGN(const auto page, tx.messages().history(BoxId::of(file.place.channel()), file.place, range));
    std::map<UserId, std::optional<PersonView>> people;
    std::vector<ContextEntry> around;
    for (auto message = page.messages.rbegin(); message != page.messages.rend(); ++message) {
      HG_ASSIGN(auto entry, entry_in(tx, *message));
      entry.subject = message->id == file.message;
      if (message->from && !people.contains(message->from)) {
        auto person = person_in(tx, message->from);
        people[message->from] = person ? std::optional(std::move(*person)) : std::nullopt;
      }
      if (message->from) entry.author = people[message->from];
      around.push_back(std::move(entry));
    }
    return around;
  };
  co_return co_await environment_.store.read(std::move(body));
}

}  // namespace heliograph::services
