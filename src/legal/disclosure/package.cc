#include "legal/disclosure/package.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/text.h"

namespace heliograph::legal {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "heliograph-disclosure/1";
constexpr std::size_t kPackageBytesMax = 64 * 1024 * 1024;
constexpr std::size_t kOriginMax = 200;

Error package_invalid() {
  return Error::invalid("PACKAGE_INVALID", "This is not an answer to a request, or not this server's.");
}

bool is_origin(std::string_view text) {
  return text.size() <= kOriginMax && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

// Exactly these keys.
bool has_keys(const Json& object, std::initializer_list<const char*> needed,
              std::initializer_list<const char*> allowed) {
  if (!object.is_object()) return false;
  for (const auto* key : needed) {
    if (!object.contains(key)) return false;
  }
  return std::all_of(object.items().begin(), object.items().end(), [&](const auto& item) {
    const auto is = [&](const char* key) { return item.key() == key; };
    return std::ranges::any_of(needed, is) || std::ranges::any_of(allowed, is);
  });
}

std::optional<std::int64_t> number_in(const Json& object, const char* key, std::int64_t most) {
  const auto& value = object.at(key);
  if (!value.is_number_integer()) return std::nullopt;
  const auto number = value.get<std::int64_t>();
  return number >= 0 && number <= most ? std::optional(number) : std::nullopt;
}

std::optional<Sighting> sighting_in(const Json& object) {
  constexpr std::int64_t time_max = 253'402'300'799;
  if (!has_keys(object, {"ip", "first", "last"}, {"port"}) || !object["ip"].is_string()) return std::nullopt;
  const auto address = IpAddress::parse(object["ip"].get<std::string>());
  const auto first = number_in(object, "first", time_max);
  const auto last = number_in(object, "last", time_max);
  const auto port = object.contains("port") ? number_in(object, "port", 65535) : 0;
  if (!address || !first || !last || !port) return std::nullopt;
  return Sighting{*address, static_cast<std::uint16_t>(*port), *first, *last};
}

}  // namespace

Result<PhoneNumber> PhoneNumber::parse(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.size() < 5 || text.size() > 15 || text.front() == '0') {
    return fail(Error::invalid("PHONE_INVALID", "This is no phone number."));
  }
  PhoneNumber out;
  out.digits_ = text;
  return out;
}

std::string shown_origin(const Cover& cover) {
  return is_origin(cover.origin) ? cover.origin : "";
}

std::string to_json(const Disclosure& disclosure, const Cover& cover) {
  Json out{{"schema", kSchema},
           {"request", cover.request},
           {"made_at", cover.made_at},
           {"ledger", {{"origin", shown_origin(cover)}, {"entry", ledger::to_base64(cover.entry)}}}};
  if (disclosure.phone) out["phone_number"] = disclosure.phone->text();
  out["ip_addresses"] = Json::array();
  for (const auto& one : disclosure.addresses) {
    Json row{{"ip", one.address.text()}};
    if (one.port != 0) row["port"] = one.port;
    row["first"] = one.first;
    row["last"] = one.last;
    out["ip_addresses"].push_back(std::move(row));
  }
  return out.dump();
}

Result<ReadPackage> from_json(std::string_view text) {
  if (text.size() > kPackageBytesMax) return fail(package_invalid());
  const auto json = Json::parse(text, nullptr, false);
  if (!has_keys(json, {"schema", "request", "made_at", "ledger", "ip_addresses"}, {"phone_number"}) ||
      json["schema"] != kSchema || !has_keys(json["ledger"], {"origin", "entry"}, {}) ||
      !json["ledger"]["origin"].is_string() || !json["ledger"]["entry"].is_string() ||
      !json["ip_addresses"].is_array()) {
    return fail(package_invalid());
  }
  ReadPackage out;
  const auto request = number_in(json, "request", std::numeric_limits<std::int64_t>::max());
  const auto made_at = number_in(json, "made_at", std::numeric_limits<std::int64_t>::max());
  const auto entry = ledger::from_base64(json["ledger"]["entry"].get<std::string>());
  out.cover.origin = json["ledger"]["origin"].get<std::string>();
  if (!request || !made_at || !entry || !is_origin(out.cover.origin)) return fail(package_invalid());
  out.cover.request = *request;
  out.cover.made_at = *made_at;
  out.cover.entry = *entry;
  if (json.contains("phone_number")) {
    if (!json["phone_number"].is_string()) return fail(package_invalid());
    const auto phone = PhoneNumber::parse(json["phone_number"].get<std::string>());
    if (!phone) return fail(package_invalid());
    out.disclosure.phone = *phone;
  }
  for (const auto& row : json["ip_addresses"]) {
    const auto one = sighting_in(row);
    if (!one) return fail(package_invalid());
    out.disclosure.addresses.push_back(*one);
  }
  return out;
}

}  // namespace heliograph::legal
