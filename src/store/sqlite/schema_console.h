// What the console counts and keeps: see store/case_days.h, store/case_prints.h, store/console.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kConsoleTables = R"sql(
-- How many wait, by the hour in which they are due (0: never) and in which they were opened.
CREATE TABLE case_waiting (
  queue INTEGER NOT NULL,
  category INTEGER NOT NULL,
  due_hour INTEGER NOT NULL,
  open INTEGER NOT NULL,
  PRIMARY KEY (queue, category, due_hour)
) STRICT, WITHOUT ROWID;
CREATE TABLE case_ages (
  opened_hour INTEGER PRIMARY KEY,
  open INTEGER NOT NULL
) STRICT;

CREATE TABLE case_days (
  day INTEGER NOT NULL,
  category INTEGER NOT NULL,
  opened INTEGER NOT NULL DEFAULT 0,
  change INTEGER NOT NULL DEFAULT 0,
  decided INTEGER NOT NULL DEFAULT 0,
  by_machine INTEGER NOT NULL DEFAULT 0,
  in_time INTEGER NOT NULL DEFAULT 0,
  proposed INTEGER NOT NULL DEFAULT 0,
  followed INTEGER NOT NULL DEFAULT 0,
  appealed INTEGER NOT NULL DEFAULT 0,
  upheld INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, category)
) STRICT, WITHOUT ROWID;
CREATE TABLE case_waits (
  day INTEGER NOT NULL,
  category INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  decided INTEGER NOT NULL,
  PRIMARY KEY (day, category, bucket)
) STRICT, WITHOUT ROWID;
CREATE TABLE decision_bases (
  day INTEGER NOT NULL,
  basis INTEGER NOT NULL,
  name TEXT NOT NULL,
  decided INTEGER NOT NULL,
  overturned INTEGER NOT NULL,
  PRIMARY KEY (day, basis, name)
) STRICT, WITHOUT ROWID;

-- What there is already. Who decided is in sealed files: it is not counted, nor how long it took.
INSERT INTO case_waiting SELECT queue, category, due_at / 3600, count(*) FROM cases WHERE state = 1 GROUP BY 1, 2, 3;
INSERT INTO case_ages SELECT opened_at / 3600, count(*) FROM cases WHERE state = 1 GROUP BY 1;
INSERT INTO case_days (day, category, opened, change, decided)
  SELECT day, category, sum(opened), sum(change), sum(decided) FROM (
    SELECT opened_at / 86400 AS day, category, 1 AS opened, 1 AS change, 0 AS decided FROM cases UNION ALL
    SELECT decided_at / 86400, category, 0, -1, state IN (2, 3) FROM cases WHERE state != 1
  ) GROUP BY 1, 2;
INSERT INTO case_days (day, category, appealed, upheld, refused)
  SELECT day, category, sum(appealed), sum(upheld), sum(refused) FROM (
    SELECT a.at / 86400 AS day, c.category AS category, 1 AS appealed, 0 AS upheld, 0 AS refused
      FROM appeals a JOIN cases c ON c.id = a.case_id UNION ALL
    SELECT a.decided_at / 86400, c.category, 0, a.state = 2, a.state = 3
      FROM appeals a JOIN cases c ON c.id = a.case_id WHERE a.state != 1
  ) WHERE true GROUP BY 1, 2
  ON CONFLICT DO UPDATE SET appealed = excluded.appealed, upheld = excluded.upheld, refused = excluded.refused;

CREATE TRIGGER cases_come AFTER INSERT ON cases BEGIN
  INSERT INTO case_days (day, category, opened, change)
    VALUES (NEW.opened_at / 86400, NEW.category, 1, NEW.state = 1)
    ON CONFLICT DO UPDATE SET opened = opened + 1, change = change + excluded.change;
  INSERT INTO case_waiting SELECT NEW.queue, NEW.category, NEW.due_at / 3600, 1 WHERE NEW.state = 1
    ON CONFLICT DO UPDATE SET open = open + 1;
  INSERT INTO case_ages SELECT NEW.opened_at / 3600, 1 WHERE NEW.state = 1
    ON CONFLICT DO UPDATE SET open = open + 1;
END;
CREATE TRIGGER cases_move AFTER UPDATE ON cases
  WHEN (OLD.state = 1 OR NEW.state = 1) AND ((OLD.state = 1) != (NEW.state = 1) OR OLD.queue != NEW.queue OR
    OLD.category != NEW.category OR OLD.due_at / 3600 != NEW.due_at / 3600) BEGIN
  UPDATE case_waiting SET open = open - 1 WHERE OLD.state = 1 AND queue = OLD.queue AND
    category = OLD.category AND due_hour = OLD.due_at / 3600;
  DELETE FROM case_waiting WHERE open = 0 AND queue = OLD.queue AND category = OLD.category AND
    due_hour = OLD.due_at / 3600;
  INSERT INTO case_waiting SELECT NEW.queue, NEW.category, NEW.due_at / 3600, 1 WHERE NEW.state = 1
    ON CONFLICT DO UPDATE SET open = open + 1;
END;
CREATE TRIGGER cases_close AFTER UPDATE OF state ON cases WHEN OLD.state = 1 AND NEW.state != 1 BEGIN
  UPDATE case_ages SET open = open - 1 WHERE opened_hour = OLD.opened_at / 3600;
  DELETE FROM case_ages WHERE open = 0 AND opened_hour = OLD.opened_at / 3600;
  INSERT INTO case_days (day, category, change) VALUES (NEW.decided_at / 86400, NEW.category, -1)
    ON CONFLICT DO UPDATE SET change = change - 1;
END;
CREATE TRIGGER cases_open_again AFTER UPDATE OF state ON cases WHEN OLD.state != 1 AND NEW.state = 1 BEGIN
  INSERT INTO case_ages VALUES (NEW.opened_at / 3600, 1) ON CONFLICT DO UPDATE SET open = open + 1;
  INSERT INTO case_days (day, category, change) VALUES (OLD.decided_at / 86400, NEW.category, 1)
    ON CONFLICT DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER appeals_come AFTER INSERT ON appeals BEGIN
  INSERT INTO case_days (day, category, appealed)
    SELECT NEW.at / 86400, category, 1 FROM cases WHERE id = NEW.case_id
    ON CONFLICT DO UPDATE SET appealed = appealed + 1;
END;
CREATE TRIGGER appeals_end AFTER UPDATE OF state ON appeals WHEN OLD.state = 1 AND NEW.state != 1 BEGIN
  INSERT INTO case_days (day, category, upheld, refused)
    SELECT NEW.decided_at / 86400, category, NEW.state = 2, NEW.state = 3 FROM cases WHERE id = NEW.case_id
    ON CONFLICT DO UPDATE SET upheld = upheld + excluded.upheld, refused = refused + excluded.refused;
END;

-- Those that somebody looks at.
CREATE INDEX cases_held ON cases (assignee) WHERE state = 1 AND assignee != 0;
DROP INDEX cases_decided;
CREATE INDEX cases_decided ON cases (decided_at, id) WHERE state IN (2, 3);
CREATE INDEX evidence_media_case ON evidence_media (case_id, media);
CREATE INDEX accounts_name ON accounts (name_key);

CREATE TABLE case_prints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  print BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX case_prints_case ON case_prints (case_id, kind, print);
CREATE TABLE case_print_bands (
  kind INTEGER NOT NULL,
  band INTEGER NOT NULL,
  print INTEGER NOT NULL,
  PRIMARY KEY (kind, band, print)
) STRICT, WITHOUT ROWID;

CREATE TABLE reason_templates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  effect INTEGER NOT NULL,
  clause TEXT NOT NULL,
  days INTEGER NOT NULL,
  countries TEXT NOT NULL,                -- words
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  categories INTEGER NOT NULL,
  subjects INTEGER NOT NULL,
  place INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by INTEGER NOT NULL
) STRICT;

CREATE TABLE quality_samples (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL UNIQUE,
  category INTEGER NOT NULL,
  first INTEGER NOT NULL,
  first_effect INTEGER NOT NULL,
  first_clause TEXT NOT NULL,
  drawn_at INTEGER NOT NULL,
  second INTEGER NOT NULL,
  held_until INTEGER NOT NULL,
  answered_at INTEGER NOT NULL,
  second_effect INTEGER NOT NULL,
  second_clause TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX quality_samples_waiting ON quality_samples (id) WHERE answered_at = 0;
CREATE INDEX quality_samples_answered ON quality_samples (answered_at) WHERE answered_at != 0;

CREATE TABLE staff_exposures (
  staff INTEGER PRIMARY KEY,
  since INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  day INTEGER NOT NULL,
  today INTEGER NOT NULL
) STRICT;
)sql";

inline constexpr const char* kTranslationTables = R"sql(
CREATE TABLE case_translations (
  case_id INTEGER NOT NULL,
  language TEXT NOT NULL,
  digest BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (case_id, language)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace heliograph::store::sqlite
