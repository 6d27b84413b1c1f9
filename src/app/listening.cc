#include "app/listening.h"

#include <fstream>
#include <nlohmann/json.hpp>

namespace heliograph::app {

Listening::Listening(const std::filesystem::path& data) : file_(data / "listening.json") {
  forget();
}

Listening::~Listening() {
  forget();
}

void Listening::forget() const {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

std::optional<net::Endpoint> Listening::http_of(const std::filesystem::path& data) {
  std::ifstream in(data / "listening.json");
  const auto facts = nlohmann::json::parse(in, nullptr, false);
  if (!facts.is_object() || !facts.contains("http") || !facts["http"].is_string()) return std::nullopt;
  auto parsed = net::Endpoint::parse(facts["http"].get<std::string>());
  if (!parsed) return std::nullopt;
  return std::move(*parsed);
}

Status Listening::announce(const net::Endpoint& mtproto, const net::Endpoint& http) const {
  auto fresh = file_;
  fresh += ".new";
  std::ofstream out(fresh, std::ios::trunc);
  out << nlohmann::json{{"mtproto", mtproto.text()}, {"http", http.text()}} << '\n';
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(fresh, file_, error);
  if (!out || error)
    return fail(Error::unavailable("FILE_UNWRITABLE", "Cannot write " + file_.string() + "."));
  return {};
}

}  // namespace heliograph::app
