// What stands behind the question mark: filters, and where a page goes on. A cursor is a number and a mark of
// the filter that it was made with, so that it is good for that filter alone.
#pragma once

#include <utility>
#include <vector>

#include "store/case_days.h"
#include "web/console/door.h"

namespace heliograph::web {

class Query {
 public:
  explicit Query(Call& call) : call_(call) {}

  std::optional<std::string> text(const char* key, std::size_t most);
  // Every one of this key: a bit for each category of harm.
  std::optional<std::uint32_t> categories(const char* key);
  std::optional<std::int64_t> number(const char* key, std::int64_t least, std::int64_t most);
  // `from` and `to`, both included: 30 days up to today unless asked otherwise, 366 at most.
  std::pair<store::Day, store::Day> days();
  // 50 unless asked otherwise, 200 at most.
  std::size_t limit();
  // Of the last item of the page before; nullopt: the first page. After the filters have been read.
  std::optional<std::int64_t> cursor();
  // The same where a number alone does not say where the page goes on.
  std::optional<std::pair<std::int64_t, std::int64_t>> cursor_of_two();
  // For the page's last item.
  std::string next(std::int64_t last) const;
  std::string next(std::int64_t key, std::int64_t last) const;
  void refuse(const char* key, std::string_view must);
  // invalid FIELD_INVALID, CURSOR_INVALID.
  Status done();

 private:
  std::string mark() const;
  std::optional<std::vector<std::int64_t>> numbers(std::size_t count);

  Call& call_;
  std::string filter_;  // the filters that have been read
  std::optional<Error> error_;
};

}  // namespace heliograph::web
