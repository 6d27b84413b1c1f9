#include "services/legal/report_figures.h"

#include <algorithm>
#include <set>

#include "legal/requests/files.h"
#include "legal/requests/removal.h"
#include "services/legal/desk_key.h"
#include "store/transparency.h"
#include "transparency/figures.h"

namespace heliograph::services {

namespace {

using transparency::Figure;
using transparency::Tabulation;

constexpr std::size_t kRequestsAtOnce = 200;

// What has become of a request, from its row and its acts.
struct Answered {
  UnixSeconds at = 0;  // 0: not yet
  bool fulfilled = false, partly = false, refused = false, clarified = false, withdrawn = false;
  bool phone = false, addresses = false;  // that were disclosed
};

Result<Answered> answer_of(const store::LegalRequest& row, const std::vector<store::LegalAct>& acts,
                           const legal::RequestForm& form, const crypto::Sealer& sealer) {
  Answered out;
  for (const auto& act : acts) {
    if (act.what == "asked") out.clarified = true;
    if (act.what != "passed" || act.gate != static_cast<std::uint8_t>(legal::Gate::disclosed)) continue;
    out.at = act.at;
  }
  HG_ASSIGN(const auto held, legal::held_by(acts, sealer));
  out.phone = held.phone;
  out.addresses = held.addresses;
  if (row.state == legal::State::withdrawn) out.withdrawn = true;
  if (row.state == legal::State::refused) out.refused = true;
  if (row.outcome == "preserved" || row.outcome == legal::kRemoved) out.fulfilled = true;
  if (row.outcome == legal::kRestricted) out.partly = true;
  // What was answered and not collected came to nothing: the log says so, too.
  if (out.at != 0 && row.state != legal::State::expired && !out.withdrawn && !out.refused) {
    const bool all = (out.phone || !form.wants_phone) && (out.addresses || !form.wants_addresses);
    (all ? out.fulfilled : out.partly) = true;
  }
  if (row.state == legal::State::expired) out.phone = out.addresses = false;
  if (out.at == 0 && row.state != legal::State::withdrawn) out.at = row.closed_at;
  return out;
}

class LegalSheets {
 public:
  explicit LegalSheets(const crypto::Sealer& sealer) : sealer_(sealer) {}

  Status see(const store::LegalRequest& row, const std::vector<store::LegalAct>& acts) {
    HG_ASSIGN(const auto form, legal::open_form(row, sealer_));
    HG_ASSIGN(const auto answer, answer_of(row, acts, form, sealer_));
    const std::vector<std::string> what{std::string(legal::name(row.type)), row.country};
    requests_.count(what, 0);
    if (answer.fulfilled) requests_.count(what, 1);
    if (answer.partly) requests_.count(what, 2);
    if (answer.refused) requests_.count(what, 3);
    if (answer.clarified) requests_.count(what, 4);
    if (answer.withdrawn) requests_.count(what, 5);
    if (answer.at != 0) requests_.took(what, answer.at - row.received_at);
    if (answer.refused) refusals_.count({row.outcome}, 0);
    if (legal::discloses(row.type)) {
      see_data("phone_number", form.wants_phone, answer.phone);
      see_data("ip_addresses", form.wants_addresses, answer.addresses);
    }
    if (row.type == legal::Type::emergency) see_circumstance("emergency", answer);
    if (row.gag_until != 0 || form.gag_until != 0) see_circumstance("gag", answer);
    if (row.notified_at != 0) see_circumstance("person_told", answer);
    if (row.user) named_.insert(row.user);
    if (row.user && (answer.phone || answer.addresses)) disclosed_.insert(row.user);
    return {};
  }

  std::vector<Figure> figures(std::uint64_t threshold) const {
    std::vector<Figure> out;
    out.push_back(
        {"legal.requests",
         "Authorities' requests and what became of them",
         "Requests that came in in the period, by type and country; what has become of them until this was "
         "made. fulfilled: all categories of data asked for were disclosed, or what was to be preserved or "
         "removed was; partly: one category of two, or less than removal. clarified: the agency was asked a "
         "question. Hours until "
         "the answer, withdrawn ones left out.",
         {"type", "country"},
         {"received", "fulfilled", "partly", "refused", "clarified", "withdrawn", "hours_median", "hours_90"},
         requests_.rows(threshold, true)});
    out.push_back({"legal.refusals",
                   "Requests refused, by reason",
                   "Of the same requests, those that were refused.",
                   {"reason"},
                   {"refused"},
                   refusals_.rows(threshold, false)});
    out.push_back(
        {"legal.data",
         "Data asked for and disclosed",
         "Of the same requests, those that ask for data, by category; one that asks for both counts in each. "
         "Nothing else can be asked for.",
         {"data"},
         {"asked", "disclosed"},
         data_.rows(threshold, false)});
    out.push_back(
        {"legal.circumstances",
         "Emergencies, gag orders, notices",
         "Of the same requests: emergencies; those with an order not to tell the person for a time; those "
         "whose person has been told. One request may count in several.",
         {"circumstance"},
         {"received", "disclosed"},
         circumstances_.rows(threshold, false)});
    const auto told = [threshold](std::size_t count) {
      return count == 0 || count >= threshold ? std::optional(static_cast<std::int64_t>(count))
                                              : std::nullopt;
    };
    out.push_back(
        {"legal.accounts",
         "Accounts affected",
         "Different accounts that the same requests are about, as far as they were looked up, and different "
         "accounts of which data were disclosed. An account counts once, however many requests there are "
         "about it, of whichever country and type.",
         {},
         {"named", "disclosed"},
         {{{}, {told(named_.size()), told(disclosed_.size())}}}});
    return out;
  }

 private:
  void see_data(const char* category, bool asked, bool disclosed) {
    if (!asked) return;
    data_.count({category}, 0);
    if (disclosed) data_.count({category}, 1);
  }
  void see_circumstance(const char* which, const Answered& answer) {
    circumstances_.count({which}, 0);
    if (answer.phone || answer.addresses) circumstances_.count({which}, 1);
  }

  const crypto::Sealer& sealer_;
  Tabulation requests_{6}, refusals_{1}, data_{2}, circumstances_{2};
  std::set<UserId> named_, disclosed_;
};

}  // namespace

Task<Result<std::vector<Figure>>> legal_figures(store::Store& store, const crypto::SecretKey& secret,
                                                transparency::Period period, std::uint64_t threshold) {
  const crypto::Sealer sealer(legal_desk_key(secret));
  LegalSheets sheets(sealer);
  for (std::int64_t after = 0;;) {
    using Page = std::vector<std::pair<store::LegalRequest, std::vector<store::LegalAct>>>;
    auto body = [period, after](store::Tx& tx) -> Result<Page> {
      HG_ASSIGN(const auto rows,
                store::transparency_of(tx).legal_requests(period.from, period.to, after, kRequestsAtOnce));
      Page page;
      for (const auto& row : rows) {
        HG_ASSIGN(auto acts, store::legal_of(tx).acts(row.id));
        page.emplace_back(row, std::move(acts));
      }
      return page;
    };
    CO_ASSIGN(const auto page, co_await store.read(std::move(body)));
    for (const auto& [row, acts] : page) {
      after = row.id;
      CO_TRY(sheets.see(row, acts));
    }
    if (page.size() < kRequestsAtOnce) co_return sheets.figures(threshold);
  }
}

}  // namespace heliograph::services
