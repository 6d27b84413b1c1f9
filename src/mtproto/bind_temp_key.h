// The proof in auth.bindTempAuthKey that whoever holds a temporary key also holds the permanent one: a
// message encrypted with the permanent key, in MTProto 1.0's way
// (core.telegram.org/method/auth.bindTempAuthKey).
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "mtproto/auth_key.h"

namespace heliograph::mtproto {

// bind_auth_key_inner
struct KeyBinding {
  std::int64_t nonce = 0;
  AuthKeyId temporary_key_id;
  AuthKeyId permanent_key_id;
  SessionId session_id;  // that auth.bindTempAuthKey was sent in
  std::int32_t expires_at = 0;
  bool operator==(const KeyBinding&) const = default;
};

struct OpenedKeyBinding {
  std::int64_t msg_id = 0;
  KeyBinding binding;
};
// Decrypts `encrypted_message` with the permanent key that the request names. ENCRYPTED_MESSAGE_INVALID if it
// was not made with that. What it says is for the caller to compare with the request and the session it came
// in.
Result<OpenedKeyBinding> open_key_binding(const AuthKey& permanent_key, ByteView encrypted_message);

// The client's side.
Bytes seal_key_binding(const AuthKey& permanent_key, const KeyBinding& binding, std::int64_t msg_id,
                       Random& random);

}  // namespace heliograph::mtproto
