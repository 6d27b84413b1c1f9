// What each jurisdiction's law asks of each type of request: who may issue it, what it must say, what each
// gate needs, how long there is. Read from TOML (rules/jurisdictions); each gate names the article that it
// implements. Whatever a file says, the floor stays: see check_floor(). Immutable once read; safe on any
// thread.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "legal/requests/vocabulary.h"

namespace heliograph::legal {

struct GateRules {
  std::string cites;
  std::vector<std::string> needs;  // of kEvidence
};

struct TypeRules {
  std::string cites;
  std::vector<std::string> issuers;      // of kIssuers, who may issue it alone
  std::vector<std::string> validators;   // who make what others issue valid; empty: nobody does
  std::vector<std::string> fields;       // of kFormFields, that must be filled in
  std::map<Gate, GateRules> gates;       // authentic to approved
  std::int64_t answer_hours = 0;         // to answer in
  std::int32_t period_days_most = 0;     // of addresses
  std::int32_t hold_days = 0;            // rows are kept from destruction for so long
  std::int32_t hold_extension_days = 0;  // once more; 0: not
  std::int32_t confirm_hours = 0;        // emergencies: a court confirms within; 0: not asked
  std::int32_t gag_days_most = 0;        // longer ones are cut to it

  bool may_issue(std::string_view issuer, std::string_view validator) const;
};

struct Jurisdiction {
  std::string name;  // "eu": as the file is called
  std::string title;
  std::string version;
  std::vector<std::string> countries;  // ISO 3166; empty: all that no other file names
  std::map<Type, TypeRules> types;

  const TypeRules* find(Type type) const;
};

// What no file can lower. invalid JURISDICTION_INVALID in words.
Status check_floor(Type type, const TypeRules& rules);

struct JurisdictionFile {
  std::string_view name;  // "eu.toml"
  std::string_view text;
};

class Jurisdictions {
 public:
  // invalid JURISDICTION_INVALID, with file, line and what is wrong.
  static Result<std::shared_ptr<const Jurisdictions>> read(std::span<const JurisdictionFile> files);
  // Those that the program carries.
  static std::shared_ptr<const Jurisdictions> built_in();

  // Of a country; there is always one, if only the one without a treaty.
  const Jurisdiction& of_country(std::string_view country) const;
  const Jurisdiction* find(std::string_view name) const;
  const std::vector<Jurisdiction>& all() const { return all_; }

 private:
  std::vector<Jurisdiction> all_;
};

// One file by itself.
Result<Jurisdiction> read_jurisdiction(const JurisdictionFile& file);

std::span<const JurisdictionFile> built_in_jurisdictions();

}  // namespace heliograph::legal
