#include "store/sqlite/search_counts.h"

namespace heliograph::store::sqlite {

Status SqliteSearchCounts::add(const SearchAsked& asked) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT INTO search_days (words, day, asked) VALUES (?, ?, ?) ON CONFLICT (words, day) DO UPDATE SET "
      "asked = asked + excluded.asked",
      asked.words, asked.day, asked.asked);
}

Status SqliteSearchCounts::add(const SearchLed& led) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT INTO search_leads (words, subject, day, shown) VALUES (?, ?, ?, ?) ON CONFLICT (words, "
      "subject, "
      "day) DO UPDATE SET shown = shown + excluded.shown",
      led.words, led.subject, led.day, led.shown);
}

Status SqliteSearchCounts::add(const TermMet& met) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT INTO term_days (term, day, asked, evaded, shown_anyway, overblocked) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (term, day) DO UPDATE SET asked = asked + excluded.asked, evaded = evaded + "
      "excluded.evaded, shown_anyway = shown_anyway + excluded.shown_anyway, overblocked = overblocked + "
      "excluded.overblocked",
      met.term, met.day, met.asked, met.evaded, met.shown_anyway, met.overblocked);
}

Result<std::int64_t> SqliteSearchCounts::asked(std::string_view words, Day from) {
  return db_.number("SELECT coalesce(sum(asked), 0) FROM search_days WHERE words = ? AND day >= ?", 0, words,
                    from);
}

Result<std::vector<SearchAsked>> SqliteSearchCounts::most_asked(Day from, std::int64_t least,
                                                                std::size_t limit) {
  return db_.all(
      "SELECT words, max(day), sum(asked) AS many FROM search_days WHERE day >= ? GROUP BY words HAVING many "
      ">= ? ORDER BY many DESC, words LIMIT ?",
      [](Row& row) {
        SearchAsked one;
        row.read(one.words, one.day, one.asked);
        return one;
      },
      from, least, static_cast<std::int64_t>(limit));
}

Result<std::vector<SearchLed>> SqliteSearchCounts::led_to(std::string_view words, Day from,
                                                          std::size_t limit) {
  return db_.all(
      "SELECT words, subject, max(day), sum(shown) AS many FROM search_leads WHERE words = ? AND day >= ? "
      "GROUP BY subject ORDER BY many DESC, subject LIMIT ?",
      [](Row& row) {
        SearchLed one;
        row.read(one.words, one.subject, one.day, one.shown);
        return one;
      },
      words, from, static_cast<std::int64_t>(limit));
}

Result<std::vector<TermMet>> SqliteSearchCounts::met(std::string_view term, Day from) {
  return db_.all(
      "SELECT term, day, asked, evaded, shown_anyway, overblocked FROM term_days WHERE term = ? AND day >= ? "
      "ORDER BY day",
      [](Row& row) {
        TermMet one;
        row.read(one.term, one.day, one.asked, one.evaded, one.shown_anyway, one.overblocked);
        return one;
      },
      term, from);
}

Status SqliteSearchCounts::drop_before(Day day) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM search_days WHERE day < ?", day));
  HG_TRY(db_.run("DELETE FROM search_leads WHERE day < ?", day));
  return db_.run("DELETE FROM term_days WHERE day < ?", day);
}

}  // namespace heliograph::store::sqlite
