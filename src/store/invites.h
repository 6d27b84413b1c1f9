// Links that let people into groups and channels, who came through which, and who waits to be let in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format.
enum InviteFlag : std::uint32_t {
  invite_revoked = 1,
  invite_permanent = 2,  // the one link that its administrator always has
  invite_request = 4,    // an administrator lets in everybody who comes
};

struct Invite {
  std::int64_t id = 0;  // ascending in the order of making
  Peer chat;
  UserId admin;
  std::string hash;         // what the link says
  std::uint32_t flags = 0;  // InviteFlag
  std::string title;        // for administrators only
  UnixSeconds date = 0;
  UnixSeconds expires_at = 0;    // 0: never
  std::int32_t usage_limit = 0;  // 0: none
  std::int32_t usage = 0;        // who has come in through it
};

// Somebody who came through a link, or waits for an answer.
struct Importer {
  Peer chat;
  UserId user;
  std::int64_t link = 0;  // Invite::id; 0: the public name
  UnixSeconds date = 0;
  bool requested = false;  // waits; of one person one request a chat
  UserId approved_by;      // 0: nobody had to
};

struct InvitePage {
  UnixSeconds before_date = 0;  // 0: any
  std::int64_t before_id = 0;   // 0: any
  std::size_t limit = 100;
};

struct ImporterFilter {
  std::optional<std::int64_t> link{};  // none: whatever they came through
  bool requested = false;
  std::string query{};          // in their names
  UnixSeconds before_date = 0;  // 0: from the newest
  UserId before_user{};         // of that date
  std::size_t limit = 100;
};

struct InviteCount {
  UserId admin;
  std::int32_t links = 0, revoked = 0;
};

class Invites {
 public:
  virtual ~Invites() = default;

  // Gives it its id. invalid INVITE_HASH_OCCUPIED.
  virtual Result<std::int64_t> insert(const Invite& invite) = 0;
  virtual Result<std::optional<Invite>> find(std::string_view hash) = 0;
  virtual Result<std::optional<Invite>> find_by_id(std::int64_t id) = 0;
  virtual Status update(const Invite& invite) = 0;
  // With the record of who came through it.
  virtual Status erase(std::int64_t id) = 0;
  // An administrator's, newest first.
  virtual Result<std::vector<Invite>> of_admin(Peer chat, UserId admin, bool revoked,
                                               const InvitePage& page) = 0;
  virtual Result<std::optional<Invite>> permanent(Peer chat, UserId admin) = 0;
  virtual Result<std::vector<InviteCount>> count(Peer chat) = 0;
  // All links of a group, and who came through them, belong to another from now on.
  virtual Status move(Peer from, Peer to) = 0;

  // Insert or replace by chat, user, link.
  virtual Status put_importer(const Importer& importer) = 0;
  virtual Result<std::optional<Importer>> find_request(Peer chat, UserId user) = 0;
  virtual Status erase_request(Peer chat, UserId user) = 0;
  // Newest first.
  virtual Result<std::vector<Importer>> importers(Peer chat, const ImporterFilter& filter) = 0;
  // Page and query of the filter do not matter.
  virtual Result<std::size_t> count_importers(Peer chat, const ImporterFilter& filter) = 0;
};

}  // namespace heliograph::store
