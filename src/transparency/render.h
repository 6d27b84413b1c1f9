// A report as people and spreadsheets read it.
#pragma once

#include "transparency/report.h"

namespace heliograph::transparency {

// With headings and tables; says what is proven and how to check it. `state`: a line at the top of what is
// not published ("This is a draft."); or empty.
std::string to_markdown(const Report& report, const std::string& state);

// RFC 4180, UTF-8: one line for each number, with the table that it is from. What is hidden is empty.
std::string to_csv(const Report& report);

// A field as RFC 4180 has it; one that a spreadsheet would take for a formula gets an apostrophe before it.
std::string csv_field(std::string_view text);
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace heliograph::transparency
