#include "app/report_maker.h"

#include "app/at_once.h"
#include "services/legal/report_figures.h"
#include "transparency/reporter.h"

namespace heliograph::app {

Result<transparency::Report> make_report(const config::Config& config, LedgerReader& reader,
                                         const transparency::Period& period, const std::string& reason) {
  const crypto::Sealer sealer(reader.secret().derive("seal"));
  transparency::ReporterParts parts{reader.store(), reader.ledger(), sealer, reader.clock(), reader.random()};
  const auto more = [&reader](transparency::Period of, std::uint64_t threshold) {
    return services::legal_figures(reader.store(), reader.secret(), of, threshold);
  };
  parts.more = more;
  const transparency::Reporter reporter(parts);
  const transparency::ReportOrder order{period, static_cast<std::uint64_t>(config.transparency_threshold),
                                        reason};
  return at_once(reporter.make(order));
}

Result<transparency::Publication> prepare_report(LedgerReader& reader, std::int64_t id) {
  HG_ASSIGN(auto publication, at_once(transparency::prepare(reader.store(), reader.ledger(), id)));
  HG_ASSIGN(const auto report, transparency::parse_report(publication.row.document));
  const ledger::CellProver prover(
      {reader.store(), reader.ledger(), reader.random(), reader.secret().derive("ledger")});
  HG_TRY(at_once(transparency::check_cells(reader.ledger(), prover, report, reader.random())));
  return publication;
}

}  // namespace heliograph::app
