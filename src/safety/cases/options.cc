#include "base/toml.h"

#include "safety/cases/options.h"

#include <algorithm>

#include "safety/scan/built_in.h"

namespace heliograph::safety {

namespace {

constexpr std::size_t kOptionsBytesMost = 256 * 1024;
constexpr std::size_t kPathMost = 64;  // it travels in every request

std::string_view parent_of(std::string_view path) {
  const auto cut = path.rfind('/');
  return cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

bool path_fits(std::string_view path) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '/'; };
  return !path.empty() && path.size() <= kPathMost && path.front() != '/' && path.back() != '/' &&
         path.find("//") == std::string_view::npos && std::ranges::all_of(path, fits);
}

// All complaints of a file, a line each.
class OptionComplaints {
 public:
  explicit OptionComplaints(std::string_view file) : file_(file) {}
  void add(std::uint32_t line, const std::string& what) {
    if (!all_.empty()) all_ += '\n';
    all_ += std::string(file_) + ":" + std::to_string(line) + ": " + what;
  }
  const std::string& all() const { return all_; }

 private:
  std::string_view file_;
  std::string all_;
};

std::string text_in(const toml::table& table, std::string_view key) {
  return table[key].value_exact<std::string>().value_or("");
}

ReportOption option_in(const toml::table& table, OptionComplaints& complaints) {
  const auto line = table.source().begin.line;
  ReportOption option;
  option.path = text_in(table, "path");
  option.text = text_in(table, "text");
  option.title = text_in(table, "title");
  if (!path_fits(option.path)) {
    complaints.add(line, "path must be small letters and _, with / between, 64 bytes at most");
  }
  if (option.text.empty()) complaints.add(line, "text is missing");
  if (const auto category = text_in(table, "category"); !category.empty()) {
    option.category = terms::category_of(category);
    if (!option.category) complaints.add(line, "category \"" + category + "\" is not known");
  }
  const auto comment = text_in(table, "comment");
  if (comment == "none") {
    option.comment = CommentWish::none;
  } else if (comment == "required") {
    option.comment = CommentWish::required;
  } else if (!comment.empty() && comment != "optional") {
    complaints.add(line, "comment must be \"optional\", \"required\" or \"none\"");
  }
  for (const auto& [key, node] : table) {
    if (key != "path" && key != "text" && key != "title" && key != "category" && key != "comment") {
      complaints.add(key.source().begin.line, std::string(key.str()) + " is not known");
    }
  }
  return option;
}

}  // namespace

Result<std::shared_ptr<const ReportOptions>> ReportOptions::parse(std::string_view toml,
                                                                  std::string_view file_name) {
  const auto invalid = [&](const std::string& what) {
    return fail(Error::invalid("REPORT_OPTIONS_INVALID", what));
  };
  const std::string file(file_name);
  if (toml.size() > kOptionsBytesMost) return invalid(file + ": is larger than 256 KiB");
  auto tree = std::make_shared<ReportOptions>();
  OptionComplaints complaints(file_name);
  try {
    const auto root = toml::parse(toml, file_name);
    tree->version_ = text_in(root, "version");
    tree->title_ = text_in(root, "title");
    if (tree->version_.empty()) complaints.add(1, "version is missing");
    if (tree->title_.empty()) complaints.add(1, "title is missing");
    if (const auto* list = root["option"].as_array()) {
      for (const auto& node : *list) {
        const auto* table = node.as_table();
        if (table == nullptr) return invalid(file + ": option must be written as [[option]]");
        auto option = option_in(*table, complaints);
        const auto line = table->source().begin.line;
        const auto parent = parent_of(option.path);
        if (tree->find(option.path) != nullptr)
          complaints.add(line, "path \"" + option.path + "\" is there twice");
        if (!parent.empty() && tree->find(parent) == nullptr) {
          complaints.add(line, "nothing above has the path \"" + std::string(parent) + "\"");
        }
        tree->options_.push_back(std::move(option));
      }
    }
  } catch (const toml::parse_error& error) {
    return invalid(file + ":" + std::to_string(error.source().begin.line) + ": " +
                   std::string(error.description()));
  } catch (const std::exception& error) {
    return invalid(file + ": is no TOML: " + error.what());
  }
  for (const auto& option : tree->options_) {
    const bool leads_on = !tree->under(option.path).empty();
    if (leads_on == option.title.empty() || leads_on == option.category.has_value()) {
      complaints.add(1, "\"" + option.path + "\" must have a title and options under it, or a category");
    }
  }
  if (tree->options_.empty()) complaints.add(1, "there is no [[option]]");
  if (!complaints.all().empty()) return invalid(complaints.all());
  return std::shared_ptr<const ReportOptions>(std::move(tree));
}

std::shared_ptr<const ReportOptions> ReportOptions::built_in() {
  // What is shipped is read by a test.
  static const auto tree = parse(built_in_report_options(), "rules/report-options.toml").value();
  return tree;
}

const ReportOption* ReportOptions::find(std::string_view path) const {
  const auto found = std::ranges::find(options_, path, &ReportOption::path);
  return found == options_.end() ? nullptr : &*found;
}

std::vector<const ReportOption*> ReportOptions::under(std::string_view path) const {
  std::vector<const ReportOption*> all;
  for (const auto& option : options_) {
    if (parent_of(option.path) == path) all.push_back(&option);
  }
  return all;
}

}  // namespace heliograph::safety
