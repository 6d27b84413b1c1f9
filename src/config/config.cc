#include "base/toml.h"

#include "config/config.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "config/keys.h"

namespace heliograph::config {

namespace {

constexpr std::size_t file_limit = 1024 * 1024;
constexpr std::size_t complaints_limit = 20;

class Reader {
 public:
  explicit Reader(std::string_view name) : name_(name) {}

  void table(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string dotted = prefix + std::string(key.str());
      if (const auto* inner = node.as_table(); inner != nullptr && is_section(dotted)) {
        this->table(*inner, dotted + ".");
      } else {
        value(dotted, node, key.source().begin.line);
      }
    }
  }

  void complain(toml::source_index line, const std::string& what) {
    if (++complaints_ > complaints_limit) return;
    if (!message_.empty()) message_ += '\n';
    message_ += name_ + ":" + std::to_string(line) + ": " + what;
  }

  bool complained() const { return complaints_ > 0; }

  // What only the whole can tell.
  void check_together() {
    const bool webhook = config_.code_delivery == CodeDelivery::webhook;
    const bool smtp = config_.code_delivery == CodeDelivery::smtp;
    if (webhook && config_.webhook_url.empty()) missing("codes.webhook_url", "webhook");
    if (smtp && config_.smtp_url.empty()) missing("codes.smtp_url", "smtp");
    if (smtp && config_.smtp_from.empty()) missing("codes.smtp_from", "smtp");
    if (smtp && config_.smtp_to.find("{phone}") == std::string::npos) missing("codes.smtp_to", "smtp");
  }

  Result<Config> result() && {
    if (!message_.empty()) return fail(Error::invalid("CONFIG_INVALID", std::move(message_)));
    return std::move(config_);
  }

 private:
  static bool is_section(const std::string& dotted) {
    return std::ranges::any_of(config_keys(),
                               [&](const ConfigKey& k) { return k.name.starts_with(dotted + "."); });
  }

  void value(const std::string& dotted, const toml::node& node, toml::source_index line) {
    const auto known = config_keys();
    const auto key = std::ranges::find(known, dotted, &ConfigKey::name);
    if (key == known.end()) {
      std::vector<std::string_view> names;
      for (const auto& k : known) names.push_back(k.name);
      const auto meant = nearest(dotted, names);
      return complain(line, "unknown key \"" + printable(dotted) + "\"" +
                                (meant.empty() ? "" : "; did you mean \"" + std::string(meant) + "\"?"));
    }
    const auto converted = convert(node);
    if (!converted || !key->set(config_, *converted)) {
      complain(line, dotted + " must be " + std::string(key->allowed));
    }
  }

  static std::optional<ConfigValue> convert(const toml::node& node) {
    if (const auto* text = node.as_string()) return ConfigValue(text->get());
    if (const auto* number = node.as_integer()) return ConfigValue(number->get());
    if (const auto* array = node.as_array()) {
      std::vector<std::string> list;
      for (const auto& item : *array) {
        if (!item.is_string()) return std::nullopt;
        list.push_back(item.as_string()->get());
      }
      return ConfigValue(std::move(list));
    }
    return std::nullopt;
  }

  static std::string printable(std::string text) {
    if (text.size() > 100) text.resize(100);
    for (char& c : text) {
      if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = '?';
    }
    return text;
  }

  void missing(std::string_view key, std::string_view delivery) {
    const auto known = config_keys();
    const auto at = std::ranges::find(known, key, &ConfigKey::name);
    if (!message_.empty()) message_ += '\n';
    message_ += name_ + ": codes.delivery = \"" + std::string(delivery) + "\" needs " + std::string(key) +
                ", " + std::string(at->allowed);
  }

  const std::string name_;
  Config config_;
  std::string message_;
  std::size_t complaints_ = 0;
};

// toml++ 3.3 runs into undefined behaviour on characters beyond ASCII in unexpected places, so it gets none:
// lines that are comments are left out, and elsewhere such characters are written as escapes (which our keys
// hardly need). The line numbers stay as they are.
std::string only_ascii(std::string_view text, Reader& reader) {
  std::string out;
  for (toml::source_index line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto content = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto first = content.find_first_not_of(" \t");
    if (first != content.npos && content[first] != '#') {
      if (std::ranges::any_of(content, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
        reader.complain(line, R"(write characters other than ASCII as \u escapes, like "caf\u00e9")");
      } else if (content.find(R"(""")") != content.npos || content.find("'''") != content.npos) {
        reader.complain(line, "write the text on one line");
      }
      out += content;
    }
    out += '\n';
  }
  return out;
}

}  // namespace

Result<Config> parse_config(std::string_view text, std::string_view name) {
  Reader reader(name);
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::string plain = only_ascii(text, reader);
  if (reader.complained()) return std::move(reader).result();
  try {
    reader.table(toml::parse(plain), "");
  } catch (const toml::parse_error& error) {
    reader.complain(error.source().begin.line, std::string(error.description()));
    return std::move(reader).result();
  } catch (const std::logic_error&) {
    return fail(Error::invalid("CONFIG_INVALID", std::string(name) + ": this is not well-formed TOML"));
  }
  reader.check_together();
  return std::move(reader).result();
}

Result<Config> load_config(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return fail(Error::invalid("CONFIG_UNREADABLE", "Cannot read the configuration file " + path.string()));
  std::string text(file_limit + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad())
    return fail(Error::invalid("CONFIG_UNREADABLE", "Cannot read the configuration file " + path.string()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > file_limit) {
    return fail(Error::invalid("CONFIG_INVALID", path.string() + ": a configuration file has at most 1 MiB"));
  }
  return parse_config(text, path.string());
}

std::string config_reference() {
  std::ostringstream out;
  out << "# Configuration\n\n"
         "`heliograph serve --config FILE` reads one TOML file. Every key is optional. A wrong value or an "
         "unknown\n"
         "key stops the start with a message that names the file, the line, the key and what is allowed.\n"
         "Options on the command line win over the file. This page is made from the table in\n"
         "`src/config/keys.cc` (`heliograph config-reference`); a test keeps the two together.\n";
  std::string_view section = "-";
  for (const auto& key : config_keys()) {
    const auto dot = key.name.find('.');
    const auto in = dot == key.name.npos ? std::string_view() : key.name.substr(0, dot);
    if (in != section) {
      section = in;
      out << "\n## " << (in.empty() ? "Top level" : "[" + std::string(in) + "]") << "\n";
    }
    out << "\n**`" << (in.empty() ? key.name : key.name.substr(dot + 1)) << "`** (default: ";
    const bool literal = key.default_value.find(' ') == key.default_value.npos && key.default_value != "none";
    out << (literal ? "`" : "") << key.default_value << (literal ? "`" : "") << "; " << key.allowed << ")\\\n"
        << key.about << "\n";
  }
  return out.str();
}

}  // namespace heliograph::config
