// Finding what is public: posts, channels, people. Words are looked up in the index (search/searcher.h),
// where every query and every list of results passes the guard; what of it this caller may see is asked of
// the store in the moment of the search: bans, deletions and channels that have become private count at once.
//
// A query that the guard refuses is answered with help in the place of what is public: the help channel, or
// its post about that category of harm (services/discovery/search_help.h), which every client can show. What
// is said in one's own dialogs is one's own, and found all the same.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "search/searcher.h"
#include "services/caller.h"
#include "services/chats/history.h"
#include "services/discovery/search_help.h"
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

// What words find, for the staff: also where the guard would refuse them.
struct FoundUnguarded {
  struct Card {
    Peer peer;
    std::string kind;  // "channel", "supergroup", "account", "bot"
    std::string title, username;
    bool verified = false;
    std::int64_t members = 0;
    UnixSeconds created_at = 0;
    std::int32_t cases = 0;      // 100 at most
    std::int64_t open_case = 0;  // 0: none
  };
  struct Post {
    Peer place;
    MessageId message;
    std::string title, username;  // of the place
    std::string text;
    UnixSeconds date = 0;
  };
  std::vector<Card> peers;
  std::vector<Post> posts;
};

class SearchWatch;

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
  // The same. Without it a refused query finds nothing.
  void attach(SearchHelp help) { help_ = std::move(help); }

  // The same: counts what is searched for. It outlives this.
  void attach(SearchWatch& watch) { watch_ = &watch; }

  // For the next 15 minutes this account is shown what interstitial terms find. Kept in memory alone, for
  // 10,000 accounts at most: those who asked first are forgotten.
  static constexpr auto shown_for = std::chrono::minutes(15);
  static constexpr std::size_t shown_max = 10'000;
  void show_anyway(UserId user) const;

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

  // What the guard makes of the words, for this caller; they are not shown anything.
  Task<Result<search::Opinion>> judge(Caller caller, std::string text) const;
  // Whether search does not answer the words, for an answer that has no room for help. No words: it does.
  Task<Result<bool>> refuses(Caller caller, std::string text) const;
  // The caller has reported that the words are stopped without need: it is counted.
  Task<Status> note_overblock(Caller caller, std::string text) const;
  // The terms that queries are judged by; null: there are none, or there is no search.
  std::shared_ptr<const terms::QueryGuard> guard() const;
  // What the words find now, as somebody sees it who is in nothing. Nothing where there is no search, or no
  // word in the text.
  Task<Result<FoundUnguarded>> unguarded(std::string text, std::size_t limit) const;

 private:
  Result<const search::Searcher*> searcher() const;
  bool wants_shown(UserId user) const;
  // What the guard is told of the caller: country of the number, language of the client.
  Task<Result<search::Asker>> asker(Caller caller) const;
  Task<Result<FoundPosts>> find_posts(Caller caller, search::Query query) const;
  // The post that helps in the place of what was refused; none where there is no help.
  Task<Result<std::vector<store::Message>>> help_for(const search::Opinion& opinion,
                                                     const search::Asker& asker) const;

  const Environment& environment_;
  Limits& limits_;
  PeopleSearch& people_;
  const search::Searcher* searcher_ = nullptr;
  SearchHelp help_;
  SearchWatch* watch_ = nullptr;
  mutable std::mutex mutex_;
  mutable std::unordered_map<UserId, Monotonic> shown_until_;  // under mutex_
};

// What an open case of this severity is about goes last, as long as nobody has decided.
inline constexpr std::uint8_t severe_from = 60;
// A source is well known that is verified, or has been there for so long.
inline constexpr UnixSeconds long_standing = 180 * 86'400;

// Whether a case of that severity is open about it: an account, a channel, a message; of a message also as
// part of a campaign.
Result<bool> is_suspect(store::Tx& tx, const std::string& subject);

// Which of the hits the caller may see; the messages among them go to `loaded`, by key. What a severe open
// case is about goes last; with a wary query also what comes of sources that are not well known.
struct LoadedPosts {
  std::vector<std::pair<search::Key, store::Message>> messages;
};
search::Filter visible_to(const Environment& environment, UserId caller,
                          std::shared_ptr<LoadedPosts> loaded = nullptr);
// Those of the page, in its order.
std::vector<store::Message> take_messages(const search::ResultPage& page, LoadedPosts& loaded);

}  // namespace heliograph::services
