#include "app/notice_desk.h"

#include "services/own_entry.h"

namespace heliograph::app {

namespace {

std::string word_for(store::ReportState state) {
  switch (state) {
    case store::ReportState::waiting:
      return "waiting";
    case store::ReportState::upheld:
      return "upheld";
    case store::ReportState::rejected:
      return "rejected";
  }
  return {};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> NoticeDesk::options() const {
  std::vector<std::pair<std::string, std::string>> all;
  const auto& tree = notices_.options();
  for (const auto& option : tree.all()) {
    if (!option.category) continue;
    std::string text = option.text;
    if (const auto cut = option.path.find('/'); cut != std::string::npos) {
      text = tree.find(option.path.substr(0, cut))->text + ": " + text;
    }
    all.emplace_back(option.path, std::move(text));
  }
  return all;
}

Task<Result<web::NoticeReceipt>> NoticeDesk::file(web::Notice notice) {
  services::PublicNotice filed;
  filed.location = std::move(notice.location);
  filed.option = std::move(notice.option);
  filed.reason = std::move(notice.reason);
  filed.name = std::move(notice.name);
  filed.email = std::move(notice.email);
  filed.country = std::move(notice.country);
  filed.good_faith = notice.good_faith;
  filed.token = std::move(notice.token);
  filed.reference = std::move(notice.reference);
  filed.client = std::move(notice.client);
  CO_ASSIGN(auto receipt, co_await notices_.file(std::move(filed)));
  co_return web::NoticeReceipt{receipt.case_id, std::move(receipt.receipt), receipt.due_at};
}

Task<Result<web::NoticeState>> NoticeDesk::state(std::string receipt) {
  CO_ASSIGN(const auto outcome, co_await notices_.outcome(std::move(receipt)));
  web::NoticeState state{
      outcome.case_id, outcome.at, outcome.settled_at, outcome.due_at, word_for(outcome.state), {}, {}};
  if (outcome.record == 0) co_return state;
  CO_ASSIGN(auto entry, co_await services::own_entry(ledger_, outcome.record));
  if (!entry) co_return state;
  state.opening = std::move(entry->opening);
  state.proof = "/ledger/proof/" + std::to_string(entry->leaf);
  co_return state;
}

}  // namespace heliograph::app
