// What a search is answered with that the guard refuses: a post of the built-in channel @searchhelp, which
// says what the law says and where there is help. The texts are a file (rules/search-help.toml); the channel
// and its posts are made, and kept as the file says, when the server starts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/guard.h"
#include "services/environment.h"

namespace heliograph::services {

struct HelpText {
  std::optional<terms::Category> category;  // none: for all that has no text of its own
  std::string language;                     // "en"
  std::vector<std::string> countries;       // of the searcher, "DE"; empty: any
  std::string text;
  std::string show;  // the words of the link that shows the results all the same; empty: there is none
};

struct HelpTexts {
  std::string title, about;  // of the channel
  std::vector<HelpText> texts;
};

// invalid HELP_INVALID, with file, line and reason. There is always a text without category and countries in
// English, so that everybody gets one.
Result<HelpTexts> parse_help_texts(std::string_view toml, std::string_view file_name);

struct SearchHelp {
  static constexpr std::string_view username = "searchhelp";
  // Where the link of a text leads: the bot calls Discovery::show_anyway().
  static constexpr std::string_view show_link = "tg://resolve?domain=searchreport&start=show";

  struct Post {
    HelpText about;    // without its texts
    MessageId closed;  // the text alone
    MessageId open;    // with the link; 0: there is none
  };
  Peer channel;  // none: there is no help
  std::vector<Post> posts;

  // The post about what was refused, for this asker: that of the category before the general one, in the
  // language of the client before English, for the country before any. 0: there is no help.
  MessageId find(const search::Opinion& opinion, const terms::Asker& asker) const;
};

// Makes the channel and its posts, or changes those that the file says otherwise. Once at start, after the
// service account. unavailable SEARCH_HELP_NAME_TAKEN: somebody else has the name.
Task<Result<SearchHelp>> ensure_search_help(const Environment& environment, HelpTexts texts);

}  // namespace heliograph::services
