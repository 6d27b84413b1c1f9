#include "base/toml.h"

#include "legal/requests/rules.h"

#include <algorithm>

#include "base/assert.h"
#include "base/complaints.h"
#include "safety/policy/policy.h"

namespace heliograph::legal {

namespace {

constexpr std::size_t kRulesBytesMax = 256 * 1024;

template <typename Names>
bool among(const Names& names, std::string_view text) {
  return std::ranges::find(names, text) != names.end();
}

class RulesReader {
 public:
  explicit RulesReader(std::string_view file) : file_(file), complaints_(file) {}

  Result<Jurisdiction> read(const toml::table& root) {
    out_.name = std::string(file_.substr(0, file_.rfind('.')));
    for (const auto& [key, node] : root) {
      const auto line = key.source().begin.line;
      if (key == "title") {
        out_.title = text(key.str(), node, line);
      } else if (key == "version") {
        out_.version = text(key.str(), node, line);
      } else if (key == "countries") {
        out_.countries = texts(key.str(), node, line);
        for (const auto& code : out_.countries) {
          if (!safety::is_country(code)) complain(line, key.str(), "holds \"" + code + "\", no country");
        }
      } else if (key == "type") {
        types(node, line);
      } else {
        complain(line, key.str(), "is not known; there are title, version, countries and [type.NAME]");
      }
    }
    if (out_.title.empty()) complain(1, "title", "is missing");
    if (out_.version.empty()) complain(1, "version", "is missing");
    if (complaints_.count() > 0) return fail(Error::invalid("JURISDICTION_INVALID", complaints_.text()));
    return std::move(out_);
  }

 private:
  void complain(std::uint32_t line, std::string_view key, std::string_view what) {
    complaints_.add(line, std::string(key) + " " + std::string(what));
  }

  std::string text(std::string_view key, const toml::node& node, std::uint32_t line) {
    const auto value = node.value_exact<std::string>();
    if (!value || value->empty()) complain(line, key, "must be a text in quotes");
    return value.value_or("");
  }

  std::vector<std::string> texts(std::string_view key, const toml::node& node, std::uint32_t line) {
    std::vector<std::string> out;
    const auto* list = node.as_array();
    if (list == nullptr) {
      complain(line, key, "must be a list of texts");
      return out;
    }
    for (const auto& one : *list) out.push_back(text(key, one, line));
    return out;
  }

  template <typename Names>
  std::vector<std::string> words(std::string_view key, const toml::node& node, std::uint32_t line,
                                 const Names& names) {
    auto out = texts(key, node, line);
    for (const auto& one : out) {
      if (!among(names, one)) complain(line, key, "holds \"" + one + "\", which is not known");
    }
    return out;
  }

  std::int32_t number(std::string_view key, const toml::node& node, std::uint32_t line, std::int32_t most) {
    const auto value = node.value_exact<std::int64_t>();
    if (value && *value >= 0 && *value <= most) return static_cast<std::int32_t>(*value);
    complain(line, key, "must be a whole number from 0 to " + std::to_string(most));
    return 0;
  }

  void types(const toml::node& node, std::uint32_t line) {
    const auto* table = node.as_table();
    if (table == nullptr) return complain(line, "type", "must be written as [type.NAME]");
    for (const auto& [key, one] : *table) {
      const auto at = key.source().begin.line;
      const auto type = type_of(key.str());
      const auto* rules = one.as_table();
      if (!type || rules == nullptr) {
        complain(at, key.str(), "is no type of request");
        continue;
      }
      out_.types[*type] = type_rules(*type, *rules, at);
    }
  }

  TypeRules type_rules(Type type, const toml::table& table, std::uint32_t begins) {
    TypeRules out;
    for (const auto& [key, node] : table) {
      const auto line = key.source().begin.line;
      const auto word = key.str();
      if (word == "cites") {
        out.cites = text(word, node, line);
      } else if (word == "issuers") {
        out.issuers = words(word, node, line, kIssuers);
      } else if (word == "validators") {
        out.validators = words(word, node, line, kIssuers);
      } else if (word == "fields") {
        out.fields = words(word, node, line, kFormFields);
      } else if (word == "answer_hours") {
        out.answer_hours = number(word, node, line, 24 * 365);
      } else if (word == "period_days_most") {
        out.period_days_most = number(word, node, line, 366);
      } else if (word == "hold_days") {
        out.hold_days = number(word, node, line, 366);
      } else if (word == "hold_extension_days") {
        out.hold_extension_days = number(word, node, line, 366);
      } else if (word == "confirm_hours") {
        out.confirm_hours = number(word, node, line, 24 * 30);
      } else if (word == "gag_days_most") {
        out.gag_days_most = number(word, node, line, 3660);
      } else if (word == "gate") {
        gates(out, node, line);
      } else {
        complain(line, word, "is not known in a type of request");
      }
    }
    if (out.cites.empty()) complain(begins, "cites", "is missing in this type");
    if (const auto floor = check_floor(type, out); !floor) {
      complain(begins, name(type), floor.error().message);
    }
    return out;
  }

  void gates(TypeRules& rules, const toml::node& node, std::uint32_t line) {
    const auto* table = node.as_table();
    if (table == nullptr) return complain(line, "gate", "must be written as [type.NAME.gate.GATE]");
    for (const auto& [key, one] : *table) {
      const auto at = key.source().begin.line;
      const auto gate = gate_of(key.str());
      const auto* fields = one.as_table();
      if (!gate || *gate > Gate::approved || fields == nullptr) {
        complain(at, key.str(), "is no gate that a person passes");
        continue;
      }
      auto& out = rules.gates[*gate];
      for (const auto& [field, value] : *fields) {
        const auto place = field.source().begin.line;
        if (field == "cites") {
          out.cites = text(field.str(), value, place);
        } else if (field == "needs") {
          out.needs = texts(field.str(), value, place);
          for (const auto& need : out.needs) {
            const auto* item = evidence_item(need);
            if (item == nullptr || item->gate != *gate) {
              complain(place, field.str(), "holds \"" + need + "\", which this gate cannot need");
            }
          }
        } else {
          complain(place, field.str(), "is not known in a gate; there are cites and needs");
        }
      }
      if (out.cites.empty()) complain(at, key.str(), "cites nothing");
    }
  }

  const std::string_view file_;
  Jurisdiction out_;
  Complaints complaints_;
};

}  // namespace

bool TypeRules::may_issue(std::string_view issuer, std::string_view validator) const {
  return among(issuers, issuer) || (!validator.empty() && among(validators, validator));
}

const TypeRules* Jurisdiction::find(Type type) const {
  const auto found = types.find(type);
  return found == types.end() ? nullptr : &found->second;
}

Status check_floor(Type type, const TypeRules& rules) {
  const auto low = [](std::string what) {
    return fail(Error::invalid("JURISDICTION_INVALID", std::move(what)));
  };
  const auto needs = [&](Gate gate, std::string_view item) {
    const auto found = rules.gates.find(gate);
    return found != rules.gates.end() && among(found->second.needs, item);
  };
  struct Least {
    Gate gate;
    std::string_view item;
  };
  constexpr Least always[] = {{Gate::authentic, "signature"},
                              {Gate::valid, "order_read"},
                              {Gate::valid, "issuer_competent"},
                              {Gate::valid, "legal_basis_checked"},
                              {Gate::valid, "scope"}};
  constexpr Least of_data[] = {{Gate::suspect, "suspicion"},       {Gate::suspect, "breach"},
                               {Gate::suspect, "clause"},          {Gate::suspect, "analysis"},
                               {Gate::approved, "second_opinion"}, {Gate::approved, "no_conflict"}};
  for (const auto& least : always) {
    if (!needs(least.gate, least.item)) {
      return low("must need " + std::string(least.item) + " at the gate " + std::string(name(least.gate)));
    }
  }
  if (rules.issuers.empty() && rules.validators.empty()) return low("says of nobody that they may issue it");
  if (rules.answer_hours == 0) return low("must say answer_hours");
  for (const auto field : {"case_number", "legal_basis", "issuer_name", "issued_at"}) {
    if (!among(rules.fields, field)) return low("must ask for the field " + std::string(field));
  }
  if (type == Type::emergency) {
    for (const auto item : {"call_back", "number_source"}) {
      if (!needs(Gate::authentic, item))
        return low("must need " + std::string(item) + ": nobody waits for paper");
    }
    if (!needs(Gate::valid, "threat")) return low("must need threat at the gate valid");
    if (rules.confirm_hours == 0 || rules.confirm_hours > 48)
      return low("must say confirm_hours, at most 48");
  }
  if (type == Type::preservation && rules.hold_days == 0) return low("must say hold_days");
  if (!discloses(type)) return {};
  for (const auto& least : of_data) {
    if (!needs(least.gate, least.item)) {
      return low("must need " + std::string(least.item) + " at the gate " + std::string(name(least.gate)));
    }
  }
  for (const auto field : {"offence", "suspicion"}) {
    if (!among(rules.fields, field)) return low("must ask for the field " + std::string(field));
  }
  if (rules.period_days_most == 0) return low("must say period_days_most");
  return {};
}

Result<Jurisdiction> read_jurisdiction(const JurisdictionFile& file) {
  const auto invalid = [&](const std::string& what) {
    return fail(Error::invalid("JURISDICTION_INVALID", std::string(file.name) + what));
  };
  if (file.text.size() > kRulesBytesMax) return invalid(": is larger than 256 KiB");
  if (!toml_can_read(file.text))
    return invalid(": holds characters from U+FB26 to U+FEFE, which cannot be read");
  try {
    const auto table = toml::parse(file.text, file.name);
    return RulesReader(file.name).read(table);
  } catch (const toml::parse_error& error) {
    return invalid(":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
  } catch (const std::exception& error) {
    return invalid(": is no TOML: " + std::string(error.what()));
  }
}

Result<std::shared_ptr<const Jurisdictions>> Jurisdictions::read(std::span<const JurisdictionFile> files) {
  auto out = std::make_shared<Jurisdictions>();
  bool fallback = false;
  for (const auto& file : files) {
    HG_ASSIGN(auto one, read_jurisdiction(file));
    fallback = fallback || one.countries.empty();
    for (const auto& other : out->all_) {
      const bool same = std::ranges::any_of(
          one.countries, [&](const auto& country) { return among(other.countries, country); });
      if (same || other.name == one.name || (one.countries.empty() && other.countries.empty())) {
        return fail(Error::invalid("JURISDICTION_INVALID",
                                   one.name + " and " + other.name + " are about the same countries."));
      }
    }
    out->all_.push_back(std::move(one));
  }
  if (!fallback) {
    return fail(Error::invalid("JURISDICTION_INVALID",
                               "One file must name no countries: it is for all that no other names."));
  }
  return std::shared_ptr<const Jurisdictions>(std::move(out));
}

std::shared_ptr<const Jurisdictions> Jurisdictions::built_in() {
  static const auto all = [] {
    auto read = Jurisdictions::read(built_in_jurisdictions());
    HG_ASSERT(read.has_value());
    return std::move(*read);
  }();
  return all;
}

const Jurisdiction& Jurisdictions::of_country(std::string_view country) const {
  const Jurisdiction* fallback = nullptr;
  for (const auto& one : all_) {
    if (among(one.countries, country)) return one;
    if (one.countries.empty()) fallback = &one;
  }
  return *fallback;
}

const Jurisdiction* Jurisdictions::find(std::string_view name) const {
  const auto found = std::ranges::find(all_, name, &Jurisdiction::name);
  return found == all_.end() ? nullptr : &*found;
}

}  // namespace heliograph::legal
