// What pages with forms for people without an account share: no script, nothing of anybody else's, nothing
// kept by browsers or proxies.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "net/http.h"

namespace heliograph::web {

// `body` is HTML; `title` is not.
net::HttpResponse form_page(std::string_view title, const std::string& body, int status = 200);
// A line to fill in, with its label; `hint` below it may be empty.
std::string form_field(std::string_view name, std::string_view label, std::string_view hint,
                       std::string_view value, bool required, std::string_view type = "text");
std::string form_hidden(std::string_view name, std::string_view value);
// What is wrong with what was sent; empty for none.
std::string form_complaint(std::string_view complaint);

// application/x-www-form-urlencoded; of a name that comes twice the last value. None: a bad escape.
std::optional<std::map<std::string, std::string>> read_form(std::string_view body);

}  // namespace heliograph::web
