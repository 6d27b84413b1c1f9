#include "base/codec.h"

#include <gtest/gtest.h>

namespace heliograph {
namespace {

struct Inner {
  std::string name;
  std::int32_t n = 0;
  void fields(auto& codec) { codec(name, n); }
  bool operator==(const Inner&) const = default;
};

struct Old {
  std::int64_t id = 0;
  std::vector<Inner> list;
  void fields(auto& codec) { codec(id, list); }
};

struct New {
  std::int64_t id = 0;
  std::vector<Inner> list;
  std::optional<UserId> who;
  Peer peer;
  bool flag = true;
  void fields(auto& codec) { codec(id, list, who, peer, flag); }
};

TEST(Codec, RoundTrips) {
  const New value{-5, {{"a", 1}, {"", INT32_MIN}}, UserId{7}, Peer{PeerKind::chat, 9}, false};
  const auto back = decode<New>(encode(value)).value();
  EXPECT_EQ(back.id, -5);
  EXPECT_EQ(back.list, value.list);
  EXPECT_EQ(back.who, UserId{7});
  EXPECT_EQ(back.peer, value.peer);
  EXPECT_FALSE(back.flag);
}

TEST(Codec, ShorterStoredValuesLeaveNewFieldsAtTheirDefaults) {
  const auto back = decode<New>(encode(Old{3, {{"x", 2}}})).value();
  EXPECT_EQ(back.id, 3);
  EXPECT_TRUE(back.flag);
  const auto forward = decode<Old>(encode(New{4, {}, {}, {}, true})).value();
  EXPECT_EQ(forward.id, 4);
}

TEST(Codec, EveryCutOfAValueIsEitherRefusedOrShorter) {
  const auto bytes = encode(New{1 << 20, {{"name", 1}}, UserId{7}, Peer{PeerKind::user, 9}, true});
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    const auto result = decode<New>(ByteView(bytes).first(cut));
    if (!result) {
      EXPECT_EQ(result.error().code, "CODEC_CORRUPT");
    }
  }
}

TEST(Codec, AClaimedCountLargerThanTheInputIsRefused) {
  EXPECT_FALSE(decode<Old>(Bytes{0x02, 0xff, 0xff, 0xff, 0xff, 0x0f}));
}

}  // namespace
}  // namespace heliograph
