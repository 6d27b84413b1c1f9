// Finding what is public: posts, channels, people. Words are looked up in the index (search/searcher.h),
// where every query and every list of results passes the guard; what of it this caller may see is asked of
// the store in the moment of the search: bans, deletions and channels that have become private count at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/searcher.h"
#include "services/caller.h"
#include "services/chats/history.h"
#include "services/environment.h"
#include "services/limits.h"
#include "services/people/search.h"

namespace heliograph::services {

// Where a list goes on: the three fields that clients send back.
struct SearchOffset {
  std::int32_t rate = 0;
  Peer peer;
  std::int32_t message = 0;
};

struct FoundPosts {
  std::vector<store::Message> messages;
  std::optional<std::int32_t> next_rate;  // none: this was the last page
  std::int64_t total = 0;                 // about
};

// Over all that the caller's account is in (messages.searchGlobal).
struct GlobalSearch {
  enum class Where : std::uint8_t { anywhere, people, groups, broadcasts };
  std::string text;
  Search::Filter filter = Search::Filter::any;
  Where where = Where::anywhere;
  std::optional<std::int32_t> folder;  // 0, 1 (archive)
  UnixSeconds min_date = 0, max_date = 0;
  SearchOffset after;
  std::int32_t limit = 20;
};

// Thread-safe once attached.
class Discovery {
 public:
  static constexpr std::int32_t page_max = 100;
  // One search a second in the long run.
  static constexpr Rate search_rate{60, std::chrono::seconds(1)};
  static constexpr Rate similar_rate{20, std::chrono::seconds(3)};
  static constexpr std::size_t similar_max = 30;
  static constexpr std::size_t shared_min = 2;  // subscribers, so that no list tells what one person reads

  Discovery(const Environment& environment, Limits& limits, PeopleSearch& people)
      : environment_(environment), limits_(limits), people_(people) {}

  // Before the first search. Without it they are answered with unavailable SEARCH_UNAVAILABLE.
  void attach(const search::Searcher& searcher) { searcher_ = &searcher; }

  // Public posts with these words, best first. SEARCH_QUERY_EMPTY; flood.
  Task<Result<FoundPosts>> posts(Caller caller, std::string text, SearchOffset after,
                                 std::int32_t limit) const;
  // Those with this hashtag (without #), newest first. SEARCH_QUERY_EMPTY.
  Task<Result<FoundPosts>> tagged(Caller caller, std::string hashtag, SearchOffset after,
                                  std::int32_t limit) const;

  struct Found {
    std::vector<Peer> mine;     // contacts, people with a dialog, groups and channels that the caller is in
    std::vector<Peer> public_;  // others
  };
  // contacts.search: words of names and titles, the last one also as a beginning, or usernames. Public ones
  // from three characters on. SEARCH_QUERY_EMPTY.
  Task<Result<Found>> peers(Caller caller, std::string text, std::size_t limit) const;

  // What is said in the caller's own dialogs, newest first. Public channels are searched in the index, what
  // is private in the store. SEARCH_QUERY_EMPTY, FOLDER_ID_INVALID; flood.
  Task<Result<FoundPosts>> everywhere(Caller caller, GlobalSearch wanted) const;

  // Public broadcast channels that the subscribers of this one (0: of those the caller is in) also read,
  // those with the largest share in common first; none that the caller is in. CHANNEL_INVALID,
  // CHANNEL_PRIVATE; flood.
  Task<Result<std::vector<Peer>>> similar(Caller caller, Peer channel) const;

 private:
  Result<const search::Searcher*> searcher() const;
  Task<Result<FoundPosts>> find_posts(Caller caller, search::Query query) const;

  const Environment& environment_;
  Limits& limits_;
  PeopleSearch& people_;
  const search::Searcher* searcher_ = nullptr;
};

// Which of the hits the caller may see; the messages among them go to `loaded`, by key.
struct LoadedPosts {
  std::vector<std::pair<search::Key, store::Message>> messages;
};
search::Filter visible_to(const Environment& environment, UserId caller,
                          std::shared_ptr<LoadedPosts> loaded = nullptr);
// Those of the page, in its order.
std::vector<store::Message> take_messages(const search::ResultPage& page, LoadedPosts& loaded);

}  // namespace heliograph::services
