// What a request says, read strictly: each field of its type and within its bounds, and none that is not
// known. Reading goes on after a fault; done() tells of the first.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "terms/category.h"

namespace heliograph::web {

using Json = nlohmann::json;

// invalid BODY_INVALID unless it is one JSON object, nested at most sixteen deep.
Result<Json> parse_body(std::string_view body);

class Fields {
 public:
  // Both outlive it. `path`: where the object is in the body, like "decision."; `at_fault` is told the field
  // that is wrong.
  Fields(const Json& object, std::string& at_fault, std::string path = {});

  // Lengths are in characters. The plain ones are needed; the others may be absent.
  std::string text(const char* key, std::size_t least, std::size_t most);
  std::optional<std::string> text_if(const char* key, std::size_t least, std::size_t most);
  std::int64_t number(const char* key, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> number_if(const char* key, std::int64_t least, std::int64_t most);
  bool flag(const char* key);
  std::optional<bool> flag_if(const char* key);
  std::optional<std::vector<std::string>> texts_if(const char* key, std::size_t count_most, std::size_t most);
  // A bit for each category.
  std::optional<std::uint32_t> categories_if(const char* key);
  // Null if it is absent or no object or list; needed unless said otherwise.
  const Json* object(const char* key, bool needed = true);
  const Json* list(const char* key, std::size_t least, std::size_t most);

  void refuse(const char* key, std::string_view must);
  // Fields that nobody asked for are passed over.
  void pass_over_others() { pass_over_ = true; }
  // invalid FIELD_INVALID, FIELD_UNKNOWN.
  Status done();

 private:
  const Json* find(const char* key, bool needed);

  const Json& object_;
  std::string& at_fault_;
  const std::string path_;
  std::set<std::string, std::less<>> read_;
  bool pass_over_ = false;
  std::optional<Error> error_;
};

Json category_names(std::uint32_t bits);
// Like "de" or "pt-BR".
bool is_language(const std::string& text);

}  // namespace heliograph::web
