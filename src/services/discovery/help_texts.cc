#include "base/toml.h"

#include <algorithm>

#include "services/discovery/search_help.h"
#include "services/groups/create.h"

namespace heliograph::services {

namespace {

constexpr std::size_t help_bytes_max = 1 << 20;
constexpr std::size_t help_texts_max = 1'000;
constexpr std::size_t help_text_bytes_max = 3'500;  // a message has room for that in any alphabet

class HelpReader {
 public:
  explicit HelpReader(std::string_view file) : file_(file) {}

  Result<HelpTexts> read(const toml::table& root) {
    for (const auto& [key, node] : root) {
      if (key == "title") {
        out_.title = text(key.str(), node);
      } else if (key == "about") {
        out_.about = text(key.str(), node);
      } else if (key == "post" && node.is_array()) {
        for (const auto& one : *node.as_array()) post(one);
      } else {
        wrong(key.source().begin.line, "\"" + std::string(key.str()) + "\" is not known here");
      }
    }
    if (fault_.empty()) whole();
    if (!fault_.empty()) return fail(Error::invalid("HELP_INVALID", fault_));
    return std::move(out_);
  }

 private:
  void wrong(std::size_t line, const std::string& what) {
    if (fault_.empty()) fault_ = file_ + ":" + std::to_string(line) + ": " + what;
  }
  std::string text(std::string_view key, const toml::node& node) {
    const auto value = node.value<std::string>();
    if (!value || !node.is_string() || value->empty() || value->size() > help_text_bytes_max) {
      wrong(node.source().begin.line,
            std::string(key) + " must be a text of 1 to " + std::to_string(help_text_bytes_max) + " bytes");
      return {};
    }
    return *value;
  }
  static bool is_code(std::string_view code, char first, char last) {
    return code.size() == 2 && std::ranges::all_of(code, [=](char c) { return c >= first && c <= last; });
  }
  void countries(const toml::node& node, HelpText& post) {
    const auto* list = node.as_array();
    if (list == nullptr) return wrong(node.source().begin.line, "countries must be a list");
    for (const auto& one : *list) {
      const auto code = one.value<std::string>();
      if (!code || !is_code(*code, 'A', 'Z')) {
        return wrong(node.source().begin.line, "a country is two capital letters, like \"DE\"");
      }
      post.countries.push_back(*code);
    }
  }
  void post(const toml::node& node) {
    const auto* table = node.as_table();
    const auto line = node.source().begin.line;
    if (table == nullptr || out_.texts.size() >= help_texts_max) return wrong(line, "too many, or no table");
    HelpText post;
    for (const auto& [key, value] : *table) {
      if (key == "category") {
        post.category = terms::category_of(text(key.str(), value));
        if (!post.category) wrong(value.source().begin.line, "there is no such category of harm");
      } else if (key == "language") {
        post.language = text(key.str(), value);
      } else if (key == "countries") {
        countries(value, post);
      } else if (key == "text") {
        post.text = text(key.str(), value);
      } else if (key == "show") {
        post.show = text(key.str(), value);
      } else {
        wrong(key.source().begin.line, "\"" + std::string(key.str()) + "\" is not known here");
      }
    }
    if (!is_code(post.language, 'a', 'z')) wrong(line, "language must be two small letters, like \"en\"");
    if (post.text.empty()) wrong(line, "the post has no text");
    out_.texts.push_back(std::move(post));
  }
  void whole() {
    if (!clean_title(out_.title)) wrong(1, "title is missing or too long");
    if (!clean_chat_about(out_.about)) wrong(1, "about is too long");
    const auto general = [](const HelpText& one) {
      return !one.category && one.countries.empty() && one.language == "en";
    };
    if (std::ranges::none_of(out_.texts, general)) {
      wrong(1, "there must be an English post without category and countries");
    }
  }

  const std::string file_;
  HelpTexts out_;
  std::string fault_;
};

}  // namespace

Result<HelpTexts> parse_help_texts(std::string_view toml, std::string_view file_name) {
  const auto invalid = [&](const std::string& what) {
    return fail(Error::invalid("HELP_INVALID", std::string(file_name) + ": " + what));
  };
  if (toml.size() > help_bytes_max) return invalid("the file is larger than 1 MiB");
  try {
    return HelpReader(file_name).read(toml::parse(toml, file_name));
  } catch (const toml::parse_error& error) {
    return invalid(std::string(error.description()));
  } catch (const std::logic_error&) {
    return invalid("this is no TOML");
  }
}

}  // namespace heliograph::services
