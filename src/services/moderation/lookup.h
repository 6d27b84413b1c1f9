// Looking up members and chats, for the staff. What is said in private is in none of it, nor are phone
// numbers or addresses: a number finds its account and is not shown. Each read has a reason, which the caller
// records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/discovery/discovery.h"
#include "services/moderation/casework.h"

namespace heliograph::services {

struct MemberLookup {
  PersonView person;
  std::string about;
  std::vector<CaseView> cases;    // the newest 50
  std::vector<PlaceView> places;  // public channels and groups that they own or manage
  // As a reporter: the last 100 settled ones, and whether they are heard.
  store::ReportRecord record;
  std::int64_t reports = 0;
  UnixSeconds paused_until = 0;
  std::int64_t open_case = 0;  // about the account; 0: none
};

struct PlaceLookup {
  PlaceView place;
  std::string about;
  std::optional<PersonView> owner;
  std::vector<CaseView> cases;
  std::vector<ContextEntry> posts;  // of a public one the latest 20, newest first
};

// Thread-safe.
class Lookup {
 public:
  static constexpr std::size_t found_most = 20;

  Lookup(const Environment& environment, const Casework& casework, const Discovery& discovery)
      : environment_(environment), casework_(casework), discovery_(discovery) {}

  // By username, id, phone number (whole, with its plus) or the beginning of the name. Deleted accounts are
  // found by their id alone.
  Task<Result<std::vector<PersonView>>> members(std::string query) const;
  // not_found MEMBER_UNKNOWN.
  Task<Result<MemberLookup>> member(UserId user) const;
  // By username, id ("9", "channel/9", "group/4"), invite link or the beginning of the title; by their titles
  // those that search may show. Private ones only where a case is about them.
  Task<Result<std::vector<PlaceView>>> chats(std::string query) const;
  // A channel or supergroup. not_found CHAT_UNKNOWN: also a private one that no case is about.
  Task<Result<PlaceLookup>> chat(Peer peer) const;

 private:
  Result<std::vector<UserId>> accounts_for(store::Tx& tx, const std::string& query) const;

  const Environment& environment_;
  const Casework& casework_;
  const Discovery& discovery_;
};

}  // namespace heliograph::services
