#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {

Contact read_contact(Row& row) {
  Contact contact;
  row.read(contact.owner, contact.user, contact.first_name, contact.last_name, contact.shares_phone,
           contact.knows_phone, contact.added_at);
  return contact;
}

}  // namespace

Status SqliteContacts::put(const Contact& contact) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO contacts (owner, user, first_name, last_name, shares_phone, "
      "knows_phone, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      contact.owner, contact.user, contact.first_name, contact.last_name, contact.shares_phone,
      contact.knows_phone, contact.added_at);
}

Status SqliteContacts::erase(UserId owner, UserId user) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM contacts WHERE owner = ? AND user = ?", owner, user);
}

Result<std::optional<Contact>> SqliteContacts::find(UserId owner, UserId user) {
  return db_.one(
      "SELECT owner, user, first_name, last_name, shares_phone, knows_phone, added_at FROM contacts "
      "WHERE owner = ? AND user = ?",
      read_contact, owner, user);
}

Result<std::vector<Contact>> SqliteContacts::of_owner(UserId owner) {
  return db_.all(
      "SELECT owner, user, first_name, last_name, shares_phone, knows_phone, added_at FROM contacts "
      "WHERE owner = ? ORDER BY user",
      read_contact, owner);
}

Result<std::size_t> SqliteContacts::count(UserId owner) {
  HG_ASSIGN(const auto count, db_.number("SELECT count(*) FROM contacts WHERE owner = ?", 0, owner));
  return static_cast<std::size_t>(count);
}

Result<std::vector<UserId>> SqliteContacts::owners_having(UserId user, std::size_t limit) {
  return db_.all(
      "SELECT owner FROM contacts WHERE user = ? ORDER BY owner LIMIT ?",
      [](Row& row) { return row.get<UserId>(); }, user, limit);
}

Status SqliteContacts::put_awaited(const AwaitedContact& contact) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO awaited_contacts (phone_index, owner, first_name, last_name) "
      "VALUES (?, ?, ?, ?)",
      contact.phone_index, contact.owner, contact.first_name, contact.last_name);
}

Result<std::vector<AwaitedContact>> SqliteContacts::awaiting(ByteView phone_index) {
  return db_.all(
      "SELECT phone_index, owner, first_name, last_name FROM awaited_contacts "
      "WHERE phone_index = ? ORDER BY owner",
      [](Row& row) {
        AwaitedContact contact;
        row.read(contact.phone_index, contact.owner, contact.first_name, contact.last_name);
        return contact;
      },
      phone_index);
}

Result<std::size_t> SqliteContacts::count_awaiting(ByteView phone_index, std::size_t limit) {
  HG_ASSIGN(const auto count,
            db_.number("SELECT count(*) FROM (SELECT 1 FROM awaited_contacts WHERE phone_index = ? LIMIT ?)",
                       0, phone_index, limit));
  return static_cast<std::size_t>(count);
}

Result<std::size_t> SqliteContacts::count_awaited(UserId owner) {
  HG_ASSIGN(const auto count, db_.number("SELECT count(*) FROM awaited_contacts WHERE owner = ?", 0, owner));
  return static_cast<std::size_t>(count);
}

Status SqliteContacts::erase_awaited(ByteView phone_index) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM awaited_contacts WHERE phone_index = ?", phone_index);
}

Status SqliteContacts::erase_awaited_of(UserId owner, ByteView phone_index) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM awaited_contacts WHERE phone_index = ? AND owner = ?", phone_index, owner);
}

Status SqliteContacts::erase_all(UserId owner) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM contacts WHERE owner = ?", owner));
  return db_.run("DELETE FROM awaited_contacts WHERE owner = ?", owner);
}

Status SqliteContacts::block(const Block& block) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO blocks (owner, user, at) VALUES (?, ?, ?)", block.owner, block.user,
                 block.at);
}

Status SqliteContacts::unblock(UserId owner, UserId user) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM blocks WHERE owner = ? AND user = ?", owner, user);
}

Result<bool> SqliteContacts::is_blocked(UserId owner, UserId user) {
  HG_ASSIGN(const auto found,
            db_.number("SELECT 1 FROM blocks WHERE owner = ? AND user = ?", 0, owner, user));
  return found != 0;
}

Result<std::vector<Block>> SqliteContacts::blocked(UserId owner, std::size_t offset, std::size_t limit) {
  return db_.all(
      "SELECT owner, user, at FROM blocks WHERE owner = ? ORDER BY at DESC, user LIMIT ? OFFSET ?",
      [](Row& row) {
        Block block;
        row.read(block.owner, block.user, block.at);
        return block;
      },
      owner, limit, offset);
}

Result<std::size_t> SqliteContacts::count_blocked(UserId owner) {
  HG_ASSIGN(const auto count, db_.number("SELECT count(*) FROM blocks WHERE owner = ?", 0, owner));
  return static_cast<std::size_t>(count);
}

}  // namespace heliograph::store::sqlite
