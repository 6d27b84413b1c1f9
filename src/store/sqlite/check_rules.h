// What must hold between the tables of the ledger, of media, of invite links and of answers to messages. Each
// rule is a query for what breaks it, a sentence a row.
#pragma once

#include <span>

namespace heliograph::store::sqlite {

std::span<const char* const> check_rules();

}  // namespace heliograph::store::sqlite
