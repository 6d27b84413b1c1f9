#include "app/flagger_command.h"

#include <algorithm>
#include <ostream>

#include "base/day.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "staff/members.h"
#include "store/sqlite/beside.h"
#include "store/sqlite/report_table.h"

namespace heliograph::app {

namespace {

constexpr std::size_t flagger_name_max = 100;

Status list_flaggers(store::Reports& reports, std::ostream& out) {
  HG_ASSIGN(const auto all, reports.flaggers());
  for (const auto& one : all) {
    out << one.name << '\t' << (one.authority ? "authority" : "flagger") << '\t' << "since "
        << day_text(one.added_at) << (one.disabled_at != 0 ? "\tdisabled" : "") << '\n';
  }
  return {};
}

}  // namespace

Status flagger_command(const config::Config& config, const FlaggerOptions& options, std::ostream& out) {
  using Action = FlaggerOptions::Action;
  crypto::SystemRandom random;
  const auto token = staff::make_token(random);
  const auto now = SystemClock().unix_seconds();
  if (options.action == Action::add && (options.name.empty() || options.name.size() > flagger_name_max)) {
    return fail(Error::invalid("CLI_INVALID", "A name has 1 to 100 bytes."));
  }
  HG_TRY(store::sqlite::change_beside(config.data_dir, [&](store::sqlite::Session& session) -> Status {
    store::sqlite::SqliteReports reports(session);
    if (options.action == Action::list) return list_flaggers(reports, out);
    if (options.action == Action::add) {
      return reports.put_flagger(
          {options.name, options.authority, to_bytes(crypto::sha256(as_bytes(token))), now, 0});
    }
    HG_ASSIGN(auto all, reports.flaggers());
    const auto found = std::ranges::find(all, options.name, &store::Flagger::name);
    if (found == all.end()) {
      return fail(Error::invalid("CLI_INVALID", "There is no flagger \"" + options.name + "\"."));
    }
    found->disabled_at = now;
    return reports.put_flagger(*found);
  }));
  if (options.action == Action::add) out << token << '\n';
  return {};
}

}  // namespace heliograph::app
