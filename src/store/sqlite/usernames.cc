#include "store/sqlite/usernames.h"

namespace heliograph::store::sqlite {

std::string fold_username(std::string_view username) {
  std::string folded(username);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return folded;
}

Status take_username(Session& session, Peer peer, std::string_view key) {
  HG_TRY(session.changing());
  if (!key.empty()) {
    HG_ASSIGN(const auto owner, owner_of_username(session, key));
    if (owner == peer) return {};
    if (owner) return fail(Error::invalid("USERNAME_OCCUPIED"));
  }
  HG_TRY(session.db.run("DELETE FROM usernames WHERE peer = ?", peer));
  if (key.empty()) return {};
  return session.db.run("INSERT INTO usernames (key, peer) VALUES (?, ?)", key, peer);
}

Result<std::optional<Peer>> owner_of_username(Session& session, std::string_view key) {
  return session.db.one(
      "SELECT peer FROM usernames WHERE key = ?", [](Row& row) { return row.get<Peer>(); }, key);
}

}  // namespace heliograph::store::sqlite
