#include "web/public/transparency.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "base/day.h"
#include "base/executor.h"
#include "crypto/random.h"

namespace heliograph::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Shelf final : public ReportShelf {
 public:
  Task<Result<std::vector<store::PublicReport>>> list() override { co_return reports; }
  Task<Result<store::PublicReport>> find(transparency::Period period, std::int32_t version) override {
    for (const auto& each : reports) {
      if (each.from == period.from && each.version == version) co_return each;
    }
    co_return fail(Error::not_found("PUBLIC_REPORT_UNKNOWN"));
  }
  Task<Result<std::vector<transparency::AnnexFile>>> annex(transparency::Period, std::int32_t) override {
    co_return std::vector<transparency::AnnexFile>{{"4_notices.csv", "a,b\r\n"}};
  }
  Task<Result<std::vector<transparency::Missing>>> missing() override { co_return late; }
  Task<Result<std::vector<Totals>>> totals() override { co_return all_totals; }
  std::vector<std::pair<std::string, std::string>> jurisdictions() const override {
    return {{"eu.toml", "title = \"EU\"\n"}};
  }
  std::string rules() const override { return "# Rules\n"; }
  std::string policy() const override { return "version = \"1\"\n"; }
  std::string rules_version() const override { return "31"; }
  std::string policy_version() const override { return "2026-09 <b>"; }

  std::vector<store::PublicReport> reports;
  std::vector<transparency::Missing> late;
  std::vector<Totals> all_totals;
};

class SomeLog final : public ledger::PublicLog {
 public:
  const ledger::VerifierKey& key() const override { return key_; }
  std::string checkpoint() const override { return note; }
  Task<Result<Bytes>> tile(ledger::TileId) const override {
    co_return fail(Error::not_found("LEDGER_TILE_MISSING"));
  }
  Task<Result<std::string>> proof(std::uint64_t) const override {
    co_return fail(Error::not_found("LEDGER_RANGE"));
  }
  std::string note;

 private:
  ledger::VerifierKey key_{"example.org/ledger", ledger::KeyKind::log, {}};
};

class TransparencyPageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::array<std::uint8_t, 32> seed{};
    const ledger::NoteSigner signer("example.org/ledger", crypto::Ed25519Key(crypto::SecretKey(seed)));
    const ledger::Checkpoint tree{"example.org/ledger", 40, {}};
    log.note = ledger::Note{tree.text(), {signer.sign(tree.text())}}.encode();
    transparency::Report report;
    report.period = transparency::parse_period("2026-07-01", "2026-10-01").value();
    report.checkpoint = log.note;
    report.words = "<b>A quiet</b> summer.\n\nNothing else.";
    for (const auto book : ledger::kBooks) {
      transparency::ProvenTally tally;
      tally.claim = {report.name(), tree, book, 0, 40, {{"content/fraud/ban/person", 7}}, {"a", "b"}, 3, 4};
      tally.proof.hidden.emplace();
      report.tallies.push_back(tally);
    }
    report.figures = {{"x",
                       "Reports <received>",
                       "Where from",
                       {"source"},
                       {"received"},
                       {{{"member"}, {12}}, {{"form"}, {std::nullopt}}}}};
    store::PublicReport row;
    row.from = report.period.from;
    row.to = report.period.to;
    row.document = transparency::to_json(report);
    row.note = "the note";
    row.published_at = report.period.to + 86'400;
    shelf.reports.push_back(row);
    add_transparency_routes(router, shelf, log);
  }
  net::HttpResponse get(const std::string& path) {
    net::HttpRequest request;
    request.method = "GET";
    request.path = path;
    std::optional<net::HttpResponse> out;
    ManualExecutor executor;
    executor.post(
        [&] { spawn(router.handle(request), [&](net::HttpResponse answer) { out = std::move(answer); }); });
    executor.run();
    return std::move(*out);
  }
  const std::string where = "/transparency/reports/2026-07-01/2026-10-01/1";
  Shelf shelf;
  SomeLog log;
  net::HttpRouter router;
};

TEST_F(TransparencyPageTest, ShowsTheNewestReportToPeople) {
  const auto page = get("/transparency");
  EXPECT_THAT(page.body, HasSubstr("The rules</a>, version 31<"));
  EXPECT_THAT(page.body, HasSubstr("and when</a>, version 2026-09 &lt;b&gt;<"));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("content/fraud/ban/person</th><td>7</td>"));
  EXPECT_THAT(page.body, HasSubstr("3 in 2 other kinds of acts, each at most 4 times"));
  EXPECT_THAT(page.body, HasSubstr("1 July to 30 September 2026"));
  EXPECT_THAT(page.body, HasSubstr("&lt;b&gt;A quiet&lt;/b&gt; summer.</p>\n<p>Nothing else."));
  EXPECT_THAT(page.body, HasSubstr("Reports &lt;received&gt;"));
  EXPECT_THAT(page.body, HasSubstr("not told"));
  EXPECT_THAT(page.body, Not(HasSubstr("<b>")));
  EXPECT_THAT(page.body, HasSubstr("<code>40</code>"));
}

TEST_F(TransparencyPageTest, SaysThatNoLegalRequestWasReceived) {
  const std::string none = "No legal request was received in this period.";
  EXPECT_THAT(get(where).body, Not(HasSubstr(none)));
  auto report = transparency::parse_report(shelf.reports[0].document).value();
  for (auto& tally : report.tallies) {
    if (tally.claim.book != ledger::Book::legal) continue;
    tally.claim.shown.clear();
    tally.claim.hidden_sum = 0;
  }
  shelf.reports[0].document = transparency::to_json(report);
  for (const auto& path : {where, std::string("/transparency")}) {
    EXPECT_THAT(get(path).body, HasSubstr("legal book</h2>\n<p>" + none + "</p>\n<p>0 in 2 kinds of acts"));
  }
}

TEST_F(TransparencyPageTest, SaysWhatIsLateAndThatThereIsNothingYet) {
  shelf.reports.clear();
  const auto period = transparency::parse_period("2026-04-01", "2026-07-01").value();
  shelf.late.push_back({period, parse_day("2026-08-30").value()});
  const auto page = get("/transparency");
  EXPECT_THAT(page.body, HasSubstr("No report has been published yet."));
  EXPECT_THAT(page.body, HasSubstr("1 April to 30 June 2026 ought to have been published by 2026-08-30"));
  const auto json = nlohmann::json::parse(get("/api/public/transparency").body);
  EXPECT_EQ(json["late"][0]["due"], "2026-08-30");
}

TEST_F(TransparencyPageTest, GivesEveryForm) {
  EXPECT_EQ(get(where + ".json").body, shelf.reports[0].document);
  EXPECT_EQ(get(where + ".note").body, "the note");
  EXPECT_THAT(get(where + ".md").body, HasSubstr("# Transparency report"));
  EXPECT_THAT(get(where + ".csv").body, HasSubstr("log.content,content/fraud/ban/person,acts,7\r\n"));
  EXPECT_EQ(get(where + "/annex/4_notices.csv").body, "a,b\r\n");
  EXPECT_THAT(get(where).body, HasSubstr("4_notices.csv"));
  EXPECT_THAT(get("/transparency/proof").body, HasSubstr("How a transparency report is proven"));
  EXPECT_EQ(get("/transparency/rules").body, "# Rules\n");
  const auto json = nlohmann::json::parse(get("/api/public/transparency").body);
  EXPECT_EQ(json["reports"][0]["document"], where + ".json");
}

TEST_F(TransparencyPageTest, KnowsNoOthers) {
  for (const auto* path :
       {"/transparency/reports/2026-07-01/2026-10-01/2", "/transparency/reports/2026-07-01/2026-10-01/01",
        "/transparency/reports/2026-07-01/2026-10-01/1.xml", "/transparency/reports/2026-07-01/2026-10-01/x",
        "/transparency/reports/2026-10-01/2026-07-01/1", "/transparency/reports/a/b/1",
        "/transparency/reports/2026-07-01/2026-10-01/1/annex/5_x.csv"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

}  // namespace
}  // namespace heliograph::web
