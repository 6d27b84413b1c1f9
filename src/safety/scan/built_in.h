// The files that the program carries: rules/terms/*.terms, rules/known.links, rules/policy.toml,
// rules/terms-of-service.md, rules/report-options.toml, rules/search-help.toml, models/first-stage.model,
// models/second-stage.head.
// What an operator configures takes their place.
#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace heliograph::safety {

std::span<const std::pair<std::string_view, std::string_view>> built_in_terms();  // file name, contents
std::string_view built_in_links();
std::string_view built_in_policy();
std::string_view built_in_rules();
std::string_view built_in_model();
std::string_view built_in_second_stage();  // models/second-stage.head
std::string_view built_in_report_options();
std::string_view built_in_search_help();
std::string_view built_in_ordinary_words();  // rules/terms/ordinary.words
std::string_view built_in_benign_queries();  // models/search/benign.txt

}  // namespace heliograph::safety
