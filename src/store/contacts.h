// Who has whom in the address book, and who blocks whom.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

struct Contact {
  UserId owner;
  UserId user;
  std::string first_name;  // as the owner calls them
  std::string last_name;
  bool shares_phone = false;  // the owner lets this user see their number, whatever the privacy rules say
  bool knows_phone = false;   // added by number: the owner sees it, whatever the user's privacy rules say
  UnixSeconds added_at = 0;
};

// A number in someone's address book that has no account yet: they are told when it joins.
struct AwaitedContact {
  UserId owner;
  Bytes phone_index;
  std::string first_name;
  std::string last_name;
};

struct Block {
  UserId owner;
  UserId user;
  UnixSeconds at = 0;
};

class Contacts {
 public:
  virtual ~Contacts() = default;
  virtual Status put(const Contact& contact) = 0;
  virtual Status erase(UserId owner, UserId user) = 0;
  virtual Result<std::optional<Contact>> find(UserId owner, UserId user) = 0;
  virtual Result<std::vector<Contact>> of_owner(UserId owner) = 0;
  virtual Result<std::size_t> count(UserId owner) = 0;
  // Owners who have `user` as a contact, at most `limit`.
  virtual Result<std::vector<UserId>> owners_having(UserId user, std::size_t limit) = 0;

  virtual Status put_awaited(const AwaitedContact& contact) = 0;
  virtual Result<std::vector<AwaitedContact>> awaiting(ByteView phone_index) = 0;
  // How many wait for the number, counted no further than `limit`.
  virtual Result<std::size_t> count_awaiting(ByteView phone_index, std::size_t limit) = 0;
  // How many numbers the owner waits for.
  virtual Result<std::size_t> count_awaited(UserId owner) = 0;
  virtual Status erase_awaited(ByteView phone_index) = 0;
  virtual Status erase_awaited_of(UserId owner, ByteView phone_index) = 0;
  virtual Status erase_all(UserId owner) = 0;  // contacts and awaited contacts of the owner

  virtual Status block(const Block& block) = 0;
  virtual Status unblock(UserId owner, UserId user) = 0;
  virtual Result<bool> is_blocked(UserId owner, UserId user) = 0;
  // Newest first.
  virtual Result<std::vector<Block>> blocked(UserId owner, std::size_t offset, std::size_t limit) = 0;
  virtual Result<std::size_t> count_blocked(UserId owner) = 0;
};

}  // namespace heliograph::store
