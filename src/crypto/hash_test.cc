#include "crypto/hash.h"

#include <gtest/gtest.h>

namespace heliograph::crypto {
namespace {

// FIPS 180-2, appendices A to C.
TEST(Hash, KnownAnswers) {
  EXPECT_EQ(to_hex(sha1(as_bytes("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(to_hex(sha256(as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha512(as_bytes("abc"))),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST(Hash, PartsAreHashedAsIfJoined) {
  EXPECT_EQ(sha1({as_bytes("a"), as_bytes(""), as_bytes("bc")}), sha1(as_bytes("abc")));
  EXPECT_EQ(sha256({as_bytes("ab"), as_bytes("c")}), sha256(as_bytes("abc")));
  Sha256 pieces;
  pieces.update(as_bytes("a"));
  pieces.update(as_bytes("bc"));
  EXPECT_EQ(pieces.finish(), sha256(as_bytes("abc")));
}

// RFC 4231, test cases 2 and 6 (a key longer than the block).
TEST(Hmac, KnownAnswers) {
  EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), {as_bytes("what do ya want "), as_bytes("for nothing?")})),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const Bytes long_key(131, 0xaa);
  EXPECT_EQ(
      to_hex(hmac_sha512(long_key, {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")})),
      "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
      "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}

TEST(Pbkdf2, KnownAnswer) {
  EXPECT_EQ(to_hex(pbkdf2_hmac_sha512(as_bytes("password"), as_bytes("salt"), 2)),
            "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c"
            "f76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e");
}

}  // namespace
}  // namespace heliograph::crypto
