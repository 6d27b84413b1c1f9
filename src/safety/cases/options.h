// The tree of options that leads a reporter from plain words to a category (rules/report-options.toml).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/category.h"

namespace heliograph::safety {

enum class CommentWish : std::uint8_t { none, optional, required };

struct ReportOption {
  std::string path;                         // "goods/drugs"
  std::string text;                         // what clients show
  std::string title;                        // of the question that follows; empty: none does
  std::optional<terms::Category> category;  // of those that nothing follows
  CommentWish comment = CommentWish::optional;
};

class ReportOptions {
 public:
  // invalid REPORT_OPTIONS_INVALID: "file:line: what is wrong", all complaints at once. Every path has its
  // parent before it; whatever has options under it asks a title, everything else names a category.
  static Result<std::shared_ptr<const ReportOptions>> parse(std::string_view toml,
                                                            std::string_view file_name);
  // The one that is built in.
  static std::shared_ptr<const ReportOptions> built_in();

  const std::string& version() const { return version_; }
  const std::string& title() const { return title_; }
  const std::vector<ReportOption>& all() const { return options_; }
  // Null: there is none.
  const ReportOption* find(std::string_view path) const;
  // Those right under it; of the empty path the first ones.
  std::vector<const ReportOption*> under(std::string_view path) const;

 private:
  std::string version_, title_;
  std::vector<ReportOption> options_;
};

}  // namespace heliograph::safety
