// A query in Xapian's terms.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "search/guard.h"
#include "search/xapian/plan.h"
#include "search/xapian/stems.h"

namespace heliograph::search {

class Translator {
 public:
  // `db` and `stems` must outlive it.
  Translator(const Xapian::Database& db, Stems& stems, Subject subject)
      : db_(db), stems_(stems), subject_(subject) {}

  Plan plan(const std::vector<Clause>& clauses, UnixSeconds now);
  // The words alone; their weights add up to the score's first part.
  Xapian::Query words(const std::vector<Clause>& clauses, const Plan& plan);
  // The filters; empty when there are none.
  Xapian::Query filters(const Query& query) const;
  // What the sequence of a hit must hold, beside its words: phrases, and CJK of three characters or more.
  static std::vector<std::string> sequences(const std::vector<Clause>& clauses);

 private:
  struct Form {
    std::string term;
    double factor = 1;
    std::string language;  // only in posts of this one; empty: in any
  };
  std::vector<Form> forms(const std::string& word);
  std::vector<std::string> endings(const std::string& beginning, bool& all);
  Xapian::Query best_of(const std::vector<Form>& forms, double rarity) const;
  Xapian::Query clause(const Clause& clause, const Plan::Part& part);
  // The terms that all must be there for characters or words next to each other.
  std::vector<std::string> terms_in_a_row(const Clause& clause) const;
  std::string prefixed(const std::string& word) const {
    return subject_ == Subject::peers ? "U" + word : word;
  }

  const Xapian::Database& db_;
  Stems& stems_;
  const Subject subject_;
};

}  // namespace heliograph::search
