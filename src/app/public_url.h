// The address at which people open the web pages.
#pragma once

#include <string>

#include "config/config.h"

namespace heliograph::app {

// Without a path, as browsers name an origin: "https://chat.example.org", "http://localhost:8080".
// `http_port`: where HTTP is taken.
std::string public_url(const config::Config& config, std::uint16_t http_port);
// Its host alone.
std::string host_of_url(const std::string& url);

}  // namespace heliograph::app
