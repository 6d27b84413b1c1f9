// Cases in figures. Triggers count what comes, waits and is appealed (schema_console.h).
#include "store/sqlite/console_tables.h"

namespace heliograph::store::sqlite {

Status SqliteCaseDays::decided(const CountedDecision& decision) {
  HG_TRY(session_.changing());
  const auto day = day_of(decision.at);
  const bool person = !decision.by_machine;
  const bool in_time = person && (decision.due_at == 0 || decision.at <= decision.due_at);
  HG_TRY(db_.run(
      "INSERT INTO case_days (day, category, decided, by_machine, in_time, proposed, followed) VALUES (?, ?, "
      "1, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET decided = decided + 1, by_machine = by_machine + "
      "excluded.by_machine, in_time = in_time + excluded.in_time, proposed = proposed + excluded.proposed, "
      "followed = followed + excluded.followed",
      day, decision.category, decision.by_machine, in_time, person && decision.proposed,
      person && decision.followed));
  if (person) {
    HG_TRY(
        db_.run("INSERT INTO case_waits (day, category, bucket, decided) VALUES (?, ?, ?, 1) ON CONFLICT "
                "DO UPDATE SET decided = decided + 1",
                day, decision.category, wait_bucket(decision.at - decision.opened_at)));
  }
  for (const auto& one : decision.bases) {
    HG_TRY(
        db_.run("INSERT INTO decision_bases (day, basis, name, decided, overturned) VALUES (?, ?, ?, 1, 0) "
                "ON CONFLICT DO UPDATE SET decided = decided + 1",
                day, one.basis, one.name));
  }
  return {};
}

Status SqliteCaseDays::overturned(UnixSeconds at, const std::vector<DecisionBasis>& bases) {
  HG_TRY(session_.changing());
  for (const auto& one : bases) {
    HG_TRY(
        db_.run("INSERT INTO decision_bases (day, basis, name, decided, overturned) VALUES (?, ?, ?, 0, 1) "
                "ON CONFLICT DO UPDATE SET overturned = overturned + 1",
                day_of(at), one.basis, one.name));
  }
  return {};
}

Result<std::vector<CaseDay>> SqliteCaseDays::days(Day from, Day to) {
  return db_.all(
      "SELECT day, category, opened, change, decided, by_machine, in_time, proposed, followed, appealed, "
      "upheld, refused FROM case_days WHERE day BETWEEN ? AND ? ORDER BY day, category",
      [](Row& row) {
        CaseDay day;
        row.read(day.day, day.category, day.opened, day.change, day.decided, day.by_machine, day.in_time,
                 day.proposed, day.followed, day.appealed, day.upheld, day.refused);
        return day;
      },
      from, to);
}

Result<std::vector<CaseWait>> SqliteCaseDays::waits(Day from, Day to) {
  return db_.all(
      "SELECT day, category, bucket, decided FROM case_waits WHERE day BETWEEN ? AND ? ORDER BY day, "
      "category, "
      "bucket",
      [](Row& row) {
        CaseWait wait;
        row.read(wait.day, wait.category, wait.bucket, wait.decided);
        return wait;
      },
      from, to);
}

Result<std::vector<BasisFigures>> SqliteCaseDays::bases(Day from, Day to, std::size_t limit) {
  return db_.all(
      "SELECT basis, name, sum(decided), sum(overturned) FROM decision_bases WHERE day BETWEEN ? AND ? GROUP "
      "BY basis, name ORDER BY 4 DESC, 3 DESC, name LIMIT ?",
      [](Row& row) {
        BasisFigures figures;
        row.read(figures.basis.basis, figures.basis.name, figures.decided, figures.overturned);
        return figures;
      },
      from, to, static_cast<std::int64_t>(limit));
}

Result<std::vector<WaitingFigures>> SqliteCaseDays::waiting(UnixSeconds now) {
  const auto hour = now / 3600;
  HG_ASSIGN(auto all, db_.all(
                          "SELECT queue, category, sum(open), sum(CASE WHEN due_hour > 0 AND due_hour < ? "
                          "THEN open ELSE 0 END) FROM case_waiting GROUP BY 1, 2",
                          [](Row& row) {
                            WaitingFigures figures;
                            row.read(figures.queue, figures.category, figures.open, figures.overdue);
                            return figures;
                          },
                          hour));
  // Of the hour that runs each is looked at.
  for (auto& figures : all) {
    HG_ASSIGN(const auto more,
              db_.number("SELECT count(*) FROM cases WHERE state = 1 AND queue = ?1 AND due_at >= ?2 AND "
                         "due_at < ?3 AND category = ?4",
                         0, figures.queue, hour * 3600, now, figures.category));
    figures.overdue += more;
  }
  return all;
}

Result<UnixSeconds> SqliteCaseDays::median_opened() {
  HG_ASSIGN(const auto open, db_.number("SELECT coalesce(sum(open), 0) FROM case_ages", 0));
  if (open == 0) return 0;
  std::int64_t before = 0;
  UnixSeconds median = 0;
  HG_TRY(db_.each("SELECT opened_hour, open FROM case_ages ORDER BY opened_hour", [&](Row& row) {
    std::int64_t hour = 0, count = 0;
    row.read(hour, count);
    median = hour * 3600;
    before += count;
    return 2 * before < open;
  }));
  return median;
}

}  // namespace heliograph::store::sqlite
