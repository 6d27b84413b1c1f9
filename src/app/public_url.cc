#include "app/public_url.h"

namespace heliograph::app {

namespace {

bool this_machine(const std::string& host) {
  return host.starts_with("127.") || host == "::1" || host == "0.0.0.0" || host == "::";
}

}  // namespace

std::string public_url(const config::Config& config, std::uint16_t http_port) {
  if (!config.public_url.empty()) return config.public_url;
  auto host = config.public_host.empty() ? config.listen_http.host : config.public_host;
  // Browsers make no passkeys for an address that is a number.
  if (this_machine(host)) host = "localhost";
  const auto address = net::Endpoint{host, http_port}.text();
  return "http://" + (http_port == 80 ? address.substr(0, address.rfind(':')) : address);
}

std::string host_of_url(const std::string& url) {
  const auto begin = url.find("://") + 3;
  const auto end = url[begin] == '[' ? url.find(']', begin) + 1 : url.find(':', begin);
  return url.substr(begin, end == url.npos ? url.npos : end - begin);
}

}  // namespace heliograph::app
