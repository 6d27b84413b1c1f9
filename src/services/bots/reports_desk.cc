#include "services/bots/reports_desk.h"

#include <algorithm>

namespace heliograph::services {

namespace {

ReportStatus status_of(const ReportView& view) {
  ReportStatus status;
  status.case_id = view.case_id;
  status.term = view.subject;
  status.category = view.category;
  if (view.state == store::ReportState::upheld) status.stage = ReportStage::acted;
  if (view.state == store::ReportState::rejected) status.stage = ReportStage::not_acted;
  return status;
}

}  // namespace

Task<Result<FiledReport>> ReportsDesk::file(Caller reporter, NewReport report) {
  ReportWords words;
  words.category = report.category;
  words.comment = report.comment;
  words.country = report.country;
  words.language = report.language;
  words.source = store::ReportSource::search_bot;  // which says the case's number itself
  const auto place = report.subject.where.peer;
  safety::Filed filed;
  switch (report.subject.kind) {
    case ReportSubject::Kind::place: {
      CO_ASSIGN(filed, co_await reports_.peer(reporter, place, std::move(words)));
      break;
    }
    case ReportSubject::Kind::message: {
      std::vector<MessageId> ids{report.subject.where.message};
      CO_ASSIGN(filed, co_await reports_.messages(reporter, place, std::move(ids), std::move(words)));
      break;
    }
    case ReportSubject::Kind::term: {
      TermReport term;
      term.text = std::move(report.subject.term);
      term.category = report.category;
      term.country = std::move(report.country);
      term.language = std::move(report.language);
      term.comment = std::move(report.comment);
      term.overblock = report.overblock;
      for (const auto& example : report.examples) {
        if (std::ranges::find(term.found, example.peer) == term.found.end())
          term.found.push_back(example.peer);
      }
      CO_ASSIGN(filed, co_await reports_.term(reporter, std::move(term)));
      break;
    }
  }
  co_return FiledReport{filed.case_id, filed.again};
}

Task<Result<ReportStatus>> ReportsDesk::status(Caller reporter, std::int64_t case_id) {
  CO_ASSIGN(const auto view, co_await reports_.status(reporter, case_id));
  co_return status_of(view);
}

Task<Result<ReportPage>> ReportsDesk::mine(Caller reporter, std::int32_t page) {
  const auto skipped = static_cast<std::size_t>(std::max(page, 0)) * page_size;
  // One more says whether there are others.
  CO_ASSIGN(const auto views, co_await reports_.mine(reporter, 0, skipped + page_size + 1));
  ReportPage found;
  found.more = views.size() > skipped + page_size;
  for (auto i = skipped; i < std::min(views.size(), skipped + page_size); ++i) {
    found.reports.push_back(status_of(views[i]));
  }
  co_return found;
}

Task<Status> ReportsDesk::appeal(Caller affected, std::int64_t case_id, std::string text) {
  CO_TRY(co_await reports_.appeal(affected, case_id, std::move(text)));
  co_return Status();
}

}  // namespace heliograph::services
