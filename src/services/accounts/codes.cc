#include "services/accounts/codes.h"

#include <algorithm>

#include "crypto/secret.h"

namespace heliograph::services {

namespace {

constexpr UnixSeconds code_day = 86400;

}  // namespace

std::string new_code(Random& random, std::size_t digits) {
  std::string code(digits, '0');
  for (auto& digit : code) digit = static_cast<char>('0' + random.below(10));
  return code;
}

Bytes code_digest(const Environment& environment, std::string_view purpose, std::string_view handle,
                  std::string_view code) {
  const auto text = std::string(purpose) + "/" + std::string(handle) + "/" + std::string(code);
  return to_bytes(environment.phone_index.tag(as_bytes(text)));
}

Status check_code_floods(const std::vector<store::SignInCode>& codes, const SignInLimits& limits,
                         UnixSeconds now) {
  std::int32_t in_window = 0;
  std::int32_t in_day = 0;
  std::int32_t wrong = 0;
  UnixSeconds oldest_in_window = now;
  for (const auto& code : codes) {
    if (code.sent_at + code_day <= now) continue;
    in_day += 1 + code.resends;
    wrong += code.attempts;
    if (code.sent_at + limits.window <= now) continue;
    in_window += 1 + code.resends;
    oldest_in_window = std::min(oldest_in_window, code.sent_at);
  }
  if (in_day >= limits.codes_per_day || wrong >= limits.wrong_codes_per_day) {
    return fail(Error::invalid("PHONE_NUMBER_FLOOD", "Too many codes for this number today."));
  }
  if (in_window >= limits.codes_per_window) {
    return fail(Error::flood(static_cast<std::int32_t>(oldest_in_window + limits.window - now)));
  }
  return {};
}

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
  HG_ASSIGN(const auto codes, tx.accounts().codes_of(row.phone_index));
  std::int32_t wrong = 0;
  for (const auto& other : codes) wrong += other.sent_at + code_day > now ? other.attempts : 0;
  if (wrong >= limits.wrong_codes_per_day) return fail(Error::invalid("PHONE_NUMBER_FLOOD"));
  if (crypto::equal_constant_time(row.code_digest, digest)) return true;
  if (++row.attempts >= limits.wrong_codes_max) row.expires_at = now;
  HG_TRY(tx.accounts().put_code(row));
  return false;
}

}  // namespace heliograph::services
