// Names that accounts and channels share, each taken once.
#pragma once

#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

// As names are compared. ASCII: usernames have nothing else.
std::string fold_username(std::string_view username);

// Gives `peer` this (folded) name in place of the one it had; empty: none. USERNAME_OCCUPIED.
Status take_username(Session& session, Peer peer, std::string_view key);
Result<std::optional<Peer>> owner_of_username(Session& session, std::string_view key);

}  // namespace heliograph::store::sqlite
