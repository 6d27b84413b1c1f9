// Basic groups, supergroups and broadcast channels, who is in them, and which names are taken.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format: do not renumber.
enum class ChatKind : std::uint8_t { basic_group = 1, supergroup = 2, broadcast = 3 };

// Part of the stored format.
enum ChatFlag : std::uint32_t {
  chat_deleted = 1,  // by its owner, or deactivated because it was migrated
  chat_verified = 2,
  chat_signatures = 4,          // broadcast: posts name their author
  chat_signature_profiles = 8,  // and link to them
  chat_no_forwards = 16,
  chat_forum = 32,
  chat_join_to_send = 64,     // discussion group: only members write
  chat_join_request = 128,    // joining by the public name takes an approval
  chat_hidden_history = 256,  // new members do not see what was written before they came
  chat_hidden_members = 512,
  chat_anti_spam = 1024,
  chat_call_not_empty = 2048,
  chat_geo = 4096,
  chat_delisted = 8192,  // for breaking the rules: search does not show it
  chat_forum_tabs = 16384,
  chat_closed = 32768,  // for breaking the rules: nobody reads or writes; all is kept
};

struct Chat {
  Peer peer;  // PeerKind::chat for a basic group, PeerKind::channel for the others
  ChatKind kind = ChatKind::basic_group;
  UserId creator;
  std::uint32_t flags = 0;  // ChatFlag
  std::string title;
  std::string about;
  std::string closed_why;            // chat_closed: what people are told
  std::string barred_in;             // countries whose people may not read, as "DE FR"; empty: none
  std::string barred_why;            // what those are told
  std::string username;              // as its owner spells it; empty: private
  std::uint32_t default_banned = 0;  // what nobody but administrators may do (services/groups/rights.h)
  std::int32_t slow_mode = 0;        // seconds between two messages of one member
  std::int32_t ttl_period = 0;       // seconds; new messages vanish after so long
  Peer linked;                       // broadcast: its discussion group; supergroup: the channel it discusses
  Peer migrated;                     // basic group: what it became; supergroup: what it was
  MessageId migrated_max_id;         // supergroup: the basic group's last message in its creator's box
  std::int64_t photo = 0;            // id of the photo; 0: none
  std::int32_t members = 0;          // who are in it
  std::int32_t admins = 0;           // of these, creator and administrators
  std::int32_t restricted = 0;       // in it or not, with a restriction that is no ban
  std::int32_t banned = 0;
  std::int32_t version = 0;  // moves with every change of members and of what they are
  UnixSeconds created_at = 0;
  Bytes details;  // what only services/groups understands
};

// Part of the stored format: do not renumber.
enum class MemberStatus : std::uint8_t {
  creator = 1,
  admin = 2,
  member = 3,
  restricted = 4,       // in it, and may do less than others
  restricted_left = 5,  // not in it; the restriction holds when they come back
  banned = 6,
  left = 7,  // kept for the date
};
constexpr bool is_in(MemberStatus status) {
  return status <= MemberStatus::restricted;
}

struct Member {
  Peer chat;
  UserId user;
  MemberStatus status = MemberStatus::member;
  std::uint32_t admin_rights = 0;  // creator, admin (services/groups/rights.h)
  std::uint32_t banned = 0;        // restricted, banned: what they may not do
  UnixSeconds until = 0;           // restricted, banned: 0 for ever
  std::string rank;                // an administrator's title
  UserId by;                       // who promoted, restricted or banned them
  UserId inviter;                  // 0: came by themselves
  UnixSeconds date = 0;            // when they came, were promoted, restricted, banned
  UnixSeconds joined_at = 0;
  MessageId history_from;    // they see what comes after this message; 0: everything
  std::int64_t link = 0;     // the invite link they came through; 0: none
  UnixSeconds wrote_at = 0;  // slow mode: when they last wrote
};

// A channel that a supergroup does not want: see services/groups/banned_channels.h.
struct ChannelBan {
  Peer chat;
  Peer channel;
  UserId by;
  UnixSeconds date = 0;
};

class Chats {
 public:
  virtual ~Chats() = default;

  // Gives the chat its id (peer.id is 0) of the kind that peer.kind says. USERNAME_OCCUPIED.
  virtual Result<Peer> insert(const Chat& chat) = 0;
  virtual Result<std::optional<Chat>> find(Peer peer) = 0;
  // In the order asked for; those that do not exist are left out.
  virtual Result<std::vector<Chat>> find_many(const std::vector<Peer>& peers) = 0;
  // Replaces the whole row; not_found CHAT_ID_INVALID, USERNAME_OCCUPIED. The counters of members are kept
  // by put_member and not taken from here.
  virtual Status update(const Chat& chat) = 0;
  // Whose name this is: an account, a channel or a supergroup. Case-insensitive.
  virtual Result<std::optional<Peer>> resolve(std::string_view username) = 0;
  // Who has a username: people first, then channels, each ascending; those after `after` in that order.
  virtual Result<std::vector<Peer>> named(Peer after, std::size_t limit) = 0;
  // Ids of all chats that are not deleted, ascending by (kind, id), after `after`.
  virtual Result<std::vector<Peer>> list(Peer after, std::size_t limit) = 0;

  virtual Result<std::optional<Member>> find_member(Peer chat, UserId user) = 0;
  // Insert or replace; keeps the chat's counters true.
  virtual Status put_member(const Member& member) = 0;
  // Changes nothing that others see.
  virtual Status set_wrote_at(Peer chat, UserId user, UnixSeconds at) = 0;
  virtual Status erase_member(Peer chat, UserId user) = 0;
  // Those with one of these statuses, creator first, then administrators, then the latest first; at most
  // `limit` from `offset` on.
  virtual Result<std::vector<Member>> members(Peer chat, const std::vector<MemberStatus>& statuses,
                                              std::size_t offset, std::size_t limit) = 0;
  // The same, of those whose name or username begins with or contains `query`.
  virtual Result<std::vector<Member>> search_members(Peer chat, const std::vector<MemberStatus>& statuses,
                                                     std::string_view query, std::size_t offset,
                                                     std::size_t limit) = 0;
  virtual Result<std::size_t> count_members(Peer chat, const std::vector<MemberStatus>& statuses) = 0;
  // What the account is in, at most `limit`.
  virtual Result<std::vector<Peer>> chats_of(UserId user, std::size_t limit) = 0;
  // Supergroups and channels that the account has left and that are not deleted, by id.
  virtual Result<std::vector<Peer>> left(UserId user, std::size_t offset, std::size_t limit) = 0;
  virtual Result<std::size_t> count_left(UserId user) = 0;
  // What both are in.
  virtual Result<std::vector<Peer>> common(UserId a, UserId b, Peer after, std::size_t limit) = 0;
  // Public channels and supergroups that the account owns or administers.
  virtual Result<std::vector<Peer>> administered(UserId user, std::size_t limit) = 0;
  // Restrictions and bans that have run out at `now`.
  virtual Result<std::vector<Member>> expired(UnixSeconds now, std::size_t limit) = 0;

  // Insert or replace.
  virtual Status put_channel_ban(const ChannelBan& ban) = 0;
  virtual Status erase_channel_ban(Peer chat, Peer channel) = 0;
  virtual Result<std::optional<ChannelBan>> find_channel_ban(Peer chat, Peer channel) = 0;
  // The latest first; at most `limit` from `offset` on.
  virtual Result<std::vector<ChannelBan>> channel_bans(Peer chat, std::size_t offset, std::size_t limit) = 0;
  virtual Result<std::size_t> count_channel_bans(Peer chat) = 0;
  // Whether one of the channels that the account owns is banned there.
  virtual Result<bool> has_banned_channel(Peer chat, UserId owner) = 0;
};

}  // namespace heliograph::store
