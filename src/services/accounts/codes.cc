#include "services/accounts/codes.h"

#include <algorithm>

#include "crypto/secret.h"

namespace heliograph::services {

Result<store::SignInCode> usable_code(store::Tx& tx, AuthKeyId key, ByteView phone_index,
                                      std::string_view code_hash, UnixSeconds now) {
  HG_ASSIGN(auto row, tx.accounts().find_code(code_hash));
  if (!row || row->key != key || !std::ranges::equal(row->phone_index, phone_index) ||
      row->expires_at <= now) {
    return fail(Error::invalid("PHONE_CODE_EXPIRED", "Ask for a new code."));
  }
  return std::move(*row);
}

Result<bool> try_code(store::Tx& tx, store::SignInCode& row, ByteView digest, const SignInLimits& limits,
                      UnixSeconds now) {
  constexpr UnixSeconds day = 86400;
  HG_ASSIGN(const auto codes, tx.accounts().codes_of(row.phone_index));
  std::int32_t wrong = 0;
  for (const auto& other : codes) wrong += other.sent_at + day > now ? other.attempts : 0;
  if (wrong >= limits.wrong_codes_per_day) return fail(Error::invalid("PHONE_NUMBER_FLOOD"));
  if (crypto::equal_constant_time(row.code_digest, digest)) return true;
  if (++row.attempts >= limits.wrong_codes_max) row.expires_at = now;
  HG_TRY(tx.accounts().put_code(row));
  return false;
}

}  // namespace heliograph::services
