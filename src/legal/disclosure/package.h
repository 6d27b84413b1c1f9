// What an authority can get: a phone number, and addresses with times. These types have nothing else, what is
// written comes from them alone, and each of them can hold nothing but what it is called.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "legal/journal/row.h"

namespace heliograph::legal {

// E.164: 5 to 15 digits.
class PhoneNumber {
 public:
  // Digits, with or without a plus before them. invalid PHONE_INVALID.
  static Result<PhoneNumber> parse(std::string_view text);
  std::string text() const { return "+" + digits_; }
  bool operator==(const PhoneNumber&) const = default;

 private:
  std::string digits_;
};

struct Disclosure {
  std::optional<PhoneNumber> phone;
  std::vector<Sighting> addresses;

  bool empty() const { return !phone && addresses.empty(); }
  bool operator==(const Disclosure&) const = default;
};

// What the answer is to: nothing about the person.
struct Cover {
  std::int64_t request = 0;
  UnixSeconds made_at = 0;
  std::string origin;  // of the ledger
  Bytes entry;         // by which the disclosure is recorded there

  bool operator==(const Cover&) const = default;
};

// The log's name as answers show it; empty where it could be read as something else.
std::string shown_origin(const Cover& cover);

// JSON as docs/legal.md has its schema. The same value has one text.
std::string to_json(const Disclosure& disclosure, const Cover& cover);
// For who checks or shows it. invalid PACKAGE_INVALID: not exactly that schema.
struct ReadPackage {
  Disclosure disclosure;
  Cover cover;
};
Result<ReadPackage> from_json(std::string_view text);

}  // namespace heliograph::legal
