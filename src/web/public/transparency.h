// What this server says of itself, for everybody:
//   GET /transparency                          the newest report, history, the log's state, how to check
//   GET /transparency/reports/<from>/<to>/<version>          one report
//   GET .../<version>.json, .note, .md, .csv   its document, the signature of that, other forms
//   GET .../<version>/annex/<file>             the files of Implementing Regulation (EU) 2024/2835
//   GET /transparency/proof                    how reports are proven (docs/transparency-proof.md)
//   GET /transparency/rules, /transparency/policy            what public content is judged by
//   GET /transparency/guidelines               what moderators go by
//   GET /transparency/jurisdictions/<file>     by what authorities' requests are judged
//   GET /transparency/verify.js                checks in the browser, where it has been built
//   GET /api/public/transparency               the list of reports, for programs
//
// Published reports never change: they may be kept for ever. Pages of other sites may read all of it.
#pragma once

#include "ledger/public_log.h"
#include "net/http.h"
#include "transparency/annex.h"
#include "transparency/desk.h"

namespace heliograph::web {

// What stands behind; implemented by app. Thread-safe.
class ReportShelf {
 public:
  virtual ~ReportShelf() = default;
  // Published ones, newest first, without documents.
  virtual Task<Result<std::vector<store::PublicReport>>> list() = 0;
  // not_found PUBLIC_REPORT_UNKNOWN: no such version has been published.
  virtual Task<Result<store::PublicReport>> find(transparency::Period period, std::int32_t version) = 0;
  // The same; some milliseconds of computing.
  virtual Task<Result<std::vector<transparency::AnnexFile>>> annex(transparency::Period period,
                                                                   std::int32_t version) = 0;
  // What ought to be out and is not.
  virtual Task<Result<std::vector<transparency::Missing>>> missing() = 0;
  // How many acts each published report counts, newest version of each period, newest first.
  struct Totals {
    transparency::Period period;
    std::int32_t version = 1;
    std::uint64_t content = 0, legal = 0, search = 0;
  };
  virtual Task<Result<std::vector<Totals>>> totals() = 0;
  virtual std::string rules() const = 0;  // Markdown
  // What the rules and the policy in force call themselves.
  virtual std::string rules_version() const = 0;
  virtual std::string policy_version() const = 0;
  // Rules of jurisdictions: names of files, and their texts in TOML.
  virtual std::vector<std::pair<std::string, std::string>> jurisdictions() const = 0;
  virtual std::string policy() const = 0;  // TOML
};

// All outlive the router.
void add_transparency_routes(net::HttpRouter& router, ReportShelf& shelf, const ledger::PublicLog& log);

// Carried by the program: web/dist/transparency/verify.js (empty where the pages have not been built), and
// docs/transparency-proof.md.
std::string_view carried_verifier();
std::string_view carried_proof();
// rules/moderator-guidelines.md.
std::string_view carried_guidelines();

}  // namespace heliograph::web
