// The worked example of core.telegram.org/mtproto/samples-auth_key as a test vector: a key exchange recorded
// between a client and Telegram's own server. Nobody here made these bytes, so a mistake shared by our server
// and our test client shows here.
#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/aes.h"
#include "crypto/dh.h"
#include "crypto/pq.h"
#include "mtproto/handshake_crypto.h"
#include "mtproto/wire.h"

namespace heliograph::mtproto {
namespace {

template <std::size_t size>
std::array<std::uint8_t, size> fixed(std::string_view hex) {
  const auto bytes = from_hex(hex);
  EXPECT_EQ(bytes.size(), size);
  std::array<std::uint8_t, size> out{};
  std::copy_n(bytes.begin(), std::min(size, bytes.size()), out.begin());
  return out;
}

const auto nonce = fixed<16>("51a1143fc7a3666be4be54d6890a02dc");
const auto server_nonce = fixed<16>("63248f6748214eab8a2f4cc876e11974");
const auto new_nonce = fixed<32>("bf8cb5bd9c5b4fe7cf24d64d281f89311576d53c0da65a83267e57315414c9a6");

constexpr const char* g_a =
    "8539db1e497692ee8bd112463f5f26699039792151be8b575aa56d8914edbaa242c2a8096ffab06211b36291fc4994cb0fdfd373"
    "89df88"
    "86f2c6b634c0d01b1c8ebd3e9be1f49b4a8bd33c3952ef1cec5e9425cd9c2136ca482a521f9acc86bea7d8e224f3d6d78a7f7349"
    "61eed8"
    "63ea52ec399c58ae94b733e4cb0afc728926fb2f457d4ab89576d8067489e323df8702dec6efa2eaf1d85548748d2dfa62925920"
    "563076"
    "f143d8ae852bcae61553371beda580febd952ac7c7c1afbb3f15934ce815716c6c362f9382be91dc6f964e97c1a308d63fc1e4df"
    "b2b839"
    "5a3e7b9a996c2dd3086488eb281301beec1ecedd00296d76ac7ef7b786ea82f0fa7896db";
constexpr const char* b =
    "96e8d3d298d05aa574b92495f566d0c71c2ca5e1a1fcb18ceff2408cc57f9e5d5ebd18f3dafb5fa3da41f6a73adb14cf36642882"
    "d403a3"
    "9fd640b9a3b4dead433db0ffa55262ebc89a44324e6f3bedea1eb9ca19e465e1135b73497b8567ed842dfcc8f02eb2a8e4c8f923"
    "826cdf"
    "98d717fbf6f6d55313779163d40e3b18289a7bbcd9cc2b2280b888dcc36117e342d352be67944cc9c723d928339877e7cb47917a"
    "582ab8"
    "dab59a9bffbec88a21eccaf93baef9afb4ee3fb69fff55a1d7efae03328c585e39750506d7c795e5737afc3ff6ca79c7c205269a"
    "8bcb3f"
    "03d74df36ce727e8e3d52663f208ae31b786ec852f1ba4c36efee2f8528ad1945e2c7ecf";
constexpr const char* g_b =
    "2ee7b6cc1343b2d39a1aab034551c9912e5dee8047c6c62ffbd42b5e1894cfcb79efef794135a9faa3f32c88d5d6d19f75289a53"
    "62984ac02a53a4e49e78c07e78c35ff505bc707f7f64e9aaa4bfbd0dbb11e3cace330048c629db154463731a2833e11130328ede"
    "8c1230b246d1d999a0336cac5b32be5780253de10baa6513a5a079f2b9d6a59db7799e97915f556c89407617be822c7f65532c8e"
    "37792442edd83793940f5606bc1994b4964ed3458c9ad513977f217699d32368315c7bb07d99c9ee77de069e62e4a4dfdb16f4f9"
    "11aa1aef7373a2f49185501be684a777772bfc4bd99e38fa51014a3e059543bdcf213977fe913e8a3d881c2eb5523b04";
constexpr const char* auth_key =
    "8e1081a1b5ca1b399a9a9d7e08bb9a9182ab634f8c03f2a49f944e2f944a9c71edba61a32a70d3dadeb33752ae515b16b2d8e750"
    "39c40e"
    "be18136775c3727372a8df486606d671fd63842df0a44acc31e68b7b1ec6a731a1dc5c748f0cb46ac00fde363f0520b51d9b59ea"
    "e519ea"
    "511a8e8591fc7010df0b07cdbab04013dd85172cb54555dc5c982ea0a5dcf4411e798d338b823161fd8c93100b7a426186b4c16f"
    "911352"
    "1081c8d2075872f4a0cf238034843dc01f2c26828721a2e2ffd93a9b0142b8df6355c43d9aef5b448f1cc0d84e0e72a7ff494d4c"
    "c3b165"
    "0050ddec5dc321ada68e420f45098280ceab58a1cbfaa60fff3218e56b4741143ac5a6f0";

TEST(DocumentedExample, PqIsFactored) {
  const auto pq = number_from(from_hex("2e9cdb98c80cda4b"));
  EXPECT_EQ(number_bytes(crypto::factor_pq(*pq)), from_hex("6a794259"));
  EXPECT_EQ(number_bytes(*pq / crypto::factor_pq(*pq)), from_hex("7012c543"));
}

TEST(DocumentedExample, ResPqIsWritten) {
  WireWriter writer;
  writer.u32(handshake_ids::res_pq).raw(nonce).raw(server_nonce).bytes(from_hex("2e9cdb98c80cda4b"));
  writer.longs({-3414540481677951611, 847625836280919973, -4344800451088585951});
  EXPECT_EQ(to_hex(writer.take()),
            "6324160551a1143fc7a3666be4be54d6890a02dc63248f6748214eab8a2f4cc876e11974082e9cdb98c80cda4b000000"
            "15c4b51c0300000085fd64de851d9dd0a5b7f709355fc30b216be86c022bb4c3");
}

TEST(DocumentedExample, InnerDataIsReadAndWritten) {
  const auto data = from_hex(
      "955ff5a9082e9cdb98c80cda4b000000046a794259000000047012c54300000051a1143fc7a3666be4be54d6890a02dc"
      "63248f6748214eab8a2f4cc876e11974bf8cb5bd9c5b4fe7cf24d64d281f89311576d53c0da65a83267e57315414c9a6020000"
      "00");
  const auto read = PqInner::read(data);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size, data.size());
  EXPECT_EQ(read->inner.p, 0x6a794259u);
  EXPECT_EQ(read->inner.q, 0x7012c543u);
  EXPECT_EQ(read->inner.new_nonce, new_nonce);
  EXPECT_EQ(read->inner.dc, 2);
  EXPECT_FALSE(read->inner.expires_in);
  EXPECT_EQ(read->inner.write(), data);
}

TEST(DocumentedExample, TemporaryAesKey) {
  const auto aes = temporary_aes(new_nonce, server_nonce);
  EXPECT_EQ(to_hex(aes.key), "16f548177058e8d39c41cbad4d419446beb12eb9b8f5ad28ea824b8015f17d81");
  EXPECT_EQ(to_hex(aes.iv), "c4d14166c1378e35c698460047dbb6075441be9984611c28837357ebbf8cb5bd");
}

TEST(DocumentedExample, TheServersAnswerIsDecrypted) {
  const auto sealed = from_hex(
      "c334d313064174f443ce90e13c835faea6ae9677089a0781cc8c17adc8ff5b5072934c1dfb1f2b9222197de806186e6612e0cf"
      "a259"
      "3809b4b91b49f006ffbbd9eaaade1eedca046f500a77bb538e3c2f02a4a6814df0bc77993e493b7f2c98344f674455a90a5410"
      "7074"
      "0f4b811fff4b80b161737e0e867ff20d03be6b52ba66f7319d03b621732e1c880202eaf61df31de831e7ac97b0ffdbffffa701"
      "9d39"
      "9553f37b645913238443f4c560a59a5ba6aa6bfaeb159fd2291fcda49a23e8009196b8062dd424f45d3b43538c68b2c070a845"
      "c260"
      "052dd3c266659fa6c0c6a8ff36fbff8dab36e06beb5e18afe38027fda45e65884a503402840e21c1869101f4c613e9eda61c2e"
      "b0aa"
      "987046f8069c2c002ee48a95844dd62e0e4b612257391b014d3b043d7c193f936352f9d799cc4017ca544896bb09b3b5b8b70c"
      "2c5e"
      "48295a82cf13bcf5fb0ba52991ec5c25188ab783cbced3573babb255e82741eaf4941609aeff960a4f2b41f92e78595141ebc7"
      "3677"
      "e09104b8690d3e3c30fca78bb0f97b4336e925bcb0c85a805458ee7b8dad7599388c338394fb317c0c6bd5ec2cd564177ec059"
      "e970"
      "5efaf2048ed0b014ea89c60ee48cc547fe51ce4d0f13dea2abea9f2425b3fa2987d960edef619b67921b2e92219c81f709c292"
      "4414"
      "932257d5f3eeb12d0aaf2b29511988dacc966792d7e26f04ef5f78cc18f8a9c620668fd76a668ac6e6d43474bfb5cfc927c15b"
      "5d1f"
      "d531f50b7edffcd50f6f04a0884566cc858d05a2b846d69a8799d36022112accca567d6b5efe799ac93de439a7d16ce61c16b0"
      "2f89"
      "ad9acbd045111bc5f1");
  const auto opened = OpenedInner::open(temporary_aes(new_nonce, server_nonce), sealed);
  ASSERT_TRUE(opened);
  WireReader reader(opened->data());
  EXPECT_EQ(reader.u32(), handshake_ids::server_dh_inner_data);
  EXPECT_TRUE(std::ranges::equal(reader.raw(16), nonce));
  EXPECT_TRUE(std::ranges::equal(reader.raw(16), server_nonce));
  EXPECT_EQ(reader.i32(), crypto::dh_generator);
  EXPECT_TRUE(std::ranges::equal(reader.bytes(), crypto::dh_prime())) << "the group is ours";
  EXPECT_EQ(to_hex(reader.bytes()), g_a);
  EXPECT_EQ(reader.i32(), 0x6a467061);
  EXPECT_FALSE(reader.failed());
  EXPECT_TRUE(opened->hash_matches(opened->data().size() - reader.rest().size()));
  EXPECT_FALSE(opened->hash_matches(opened->data().size() - reader.rest().size() - 4));
}

// The client's request, whose padding the example gives too, comes out byte for byte.
TEST(DocumentedExample, TheClientsAnswerIsEncrypted) {
  WireWriter writer;
  writer.u32(handshake_ids::client_dh_inner_data).raw(nonce).raw(server_nonce).i64(0).bytes(from_hex(g_b));
  struct Padding final : Random {
    void fill(MutableByteView out) override {
      const auto padding = from_hex("a813b31f76cd0d537283454a");
      ASSERT_EQ(out.size(), padding.size());
      std::copy(padding.begin(), padding.end(), out.begin());
    }
  } padding;
  const auto sealed = seal_inner(temporary_aes(new_nonce, server_nonce), writer.take(), padding);
  EXPECT_EQ(to_hex(sealed),
            "136ca7e1f58c243372404792d3519f815aa6ec5e0324b2b11d89197ce5ffcdc2e53c5444a399e9c2111c143d1dfda349"
            "32fc5f29"
            "0ef51e28be6ad31f68fb6ce9a8273ead64262d78a5e132e5789e2620cd9c6e4c0a259e8b154fb07ba4725e9f883d2fa8"
            "ec59caa7"
            "f683586cc35c3231b2023675c2759cb4194f6bbbc46ea47827cf2b07242357b6fc300ef086af41d98e06c4de2fcc41cd"
            "9216af01"
            "d30a0dba421d928d1d7386eca1d18ca6772466169173425c272a22d78d9e55bea4db25eb9bd32d31115563ae2bfcd037"
            "4ceaef3e"
            "42661f9059228bfca3df79f2e77c4aa5cbcf03963783ce0d6257399f7a4dd644bf1e57f19a9df46172eced9610c4f6a5"
            "a57fa4d0"
            "8173732b1ba95b992b8b633a474a9d8fd18bdc673077178c5c20506fd226399c1f87d022c5c395428d92b8e4e39218ea"
            "68d3d6e0"
            "10bbffe839f8d124c5c458bcdf8fe5f25190f97c0c46c206");
}

TEST(DocumentedExample, TheKeyAndWhatFollowsFromIt) {
  const auto secret = from_hex(b);
  EXPECT_EQ(to_hex(crypto::dh_power_of_generator(secret)), g_b);
  const AuthKey key(crypto::dh_power(*crypto::dh_number(from_hex(g_a)), secret));
  EXPECT_EQ(to_hex(key.bytes()), auth_key);
  std::uint8_t wire[8];
  store_le(wire, key.id().value);
  EXPECT_EQ(to_hex(wire), "1107fdad56df3016");
  store_le(wire, key.aux_hash());
  EXPECT_EQ(to_hex(wire), "0314f29bc8b246fc");
  store_le(wire, first_server_salt(new_nonce, server_nonce));
  EXPECT_EQ(to_hex(wire), "dca83adad47a014c");
  EXPECT_EQ(to_hex(new_nonce_hash(new_nonce, 1, key)), "aa404b58df404d8f363772b14ce5a56f");
}

}  // namespace
}  // namespace heliograph::mtproto
