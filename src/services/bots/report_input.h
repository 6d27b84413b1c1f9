// What strangers' clients hand to @searchreport in a form of its own: the parameter of a link, and what its
// buttons say. Both come back over the network and can be anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace heliograph::services {

// t.me/searchreport?start=...
struct ReportStart {
  enum class Kind : std::uint8_t {
    nothing,  // it means nothing
    term,     // base64url of the words that were searched for
    show,     // "show": show what a search held back
    appeal,   // "appeal_12": against the decision in case 12
  };
  Kind kind = Kind::nothing;
  std::string term;
  std::int64_t case_id = 0;
};
ReportStart parse_report_start(std::string_view parameter);
// The parameter that names this term; empty if it does not fit in one.
std::string report_start_for(std::string_view term);
std::string appeal_start_for(std::int64_t case_id);
// Opens the bot with it, in a client.
std::string appeal_link_for(std::int64_t case_id);

// A button: which question it answers, in which conversation, and how.
struct ReportPress {
  enum class Kind : char {
    category = 'c',  // value: the category's number
    country = 'l',   // value: 0 none in particular, 1 that of the phone number, 2 another
    skip = 's',      // the comment
    send = 'y',
    cancel = 'x',
    page = 'p',      // of the list of reports; value: which
    language = 'g',  // text: its two letters
  };
  Kind kind = Kind::cancel;
  std::int64_t talk = 0;  // 0: of none
  std::int32_t value = 0;
  std::string text;
  bool operator==(const ReportPress&) const = default;
};
Bytes button_data(const ReportPress& press);
// None: no button of this bot says that.
std::optional<ReportPress> parse_press(ByteView data);

// A positive number, alone or with what people write before it ("12", "#12", "№ 12"). None: there is none.
std::optional<std::int64_t> parse_case_number(std::string_view text);

}  // namespace heliograph::services
