// Every structure on every layer: what the writer writes, the reader reads back, and it is the same again.
#include <gtest/gtest.h>

#include "tl/decode.h"
#include "tl/encode.h"
#include "tl/random_fill_test.h"
#include "tl/schema.h"

namespace heliograph::tl {
namespace {

Result<Bytes> encode_object(const AnyBox& box, std::int32_t layer) {
  Bytes out;
  HG_TRY(detail::encode_structure(out, *box.structure(), box.object(), layer));
  return out;
}

TEST(Codec, EveryStructureSurvivesEveryLayer) {
  RandomFill fill(7);
  std::size_t good = 0;
  std::size_t refused = 0;
  for (std::size_t i = 0; i < kStructureCount; ++i) {
    const Structure& structure = *kStructures[i];
    for (int round = 0; round < 3; ++round) {
      const AnyBox value = fill.make(structure);
      for (const std::int32_t layer : layers()) {
        const auto first = encode_object(value, layer);
        if (!first) {
          EXPECT_EQ(first.error().code, "TL_NOT_EXPRESSIBLE");
          ++refused;
          continue;
        }
        Bytes second;
        if (structure.function) {
          const auto request = decode_request(*first);
          ASSERT_TRUE(request) << structure.name << " layer " << layer;
          EXPECT_EQ(request->name(), structure.name);
          ASSERT_TRUE(detail::encode_structure(second, structure, request->object().object(), layer));
        } else {
          const auto object = decode<AnyBox>(*first);
          ASSERT_TRUE(object) << structure.name << " layer " << layer << " " << to_hex(*first);
          auto again = encode_object(*object, layer);
          ASSERT_TRUE(again) << structure.name << " layer " << layer;
          second = std::move(*again);
        }
        ASSERT_EQ(*first, second) << structure.name << " layer " << layer;
        ++good;
      }
    }
  }
  EXPECT_GT(good, refused * 3);
  RecordProperty("good", static_cast<int>(good));
  RecordProperty("refused", static_cast<int>(refused));
}

TEST(Codec, ACopyEncodesTheSame) {
  RandomFill fill(11);
  for (std::size_t i = 0; i < kStructureCount; ++i) {
    const AnyBox value = fill.make(*kStructures[i]);
    const AnyBox twin = value.copy_any();
    const auto a = encode_object(value, max_layer());
    const auto b = encode_object(twin, max_layer());
    ASSERT_EQ(a.has_value(), b.has_value());
    if (a) {
      EXPECT_EQ(*a, *b) << kStructures[i]->name;
    }
  }
}

TEST(Codec, EveryCutOfARequestIsRefused) {
  RandomFill fill(3);
  for (std::size_t i = 0; i < kStructureCount; ++i) {
    const Structure& structure = *kStructures[i];
    if (!structure.function) continue;
    const AnyBox value = fill.make(structure, 2);
    const auto whole = encode_object(value, max_layer());
    if (!whole || whole->size() > 2000) continue;
    if (std::string_view(structure.name).starts_with("invokeWith") ||
        structure.name == std::string_view("initConnection") ||
        std::string_view(structure.name).starts_with("invokeAfter")) {
      continue;  // a wrapper takes whatever follows
    }
    for (std::size_t size = 0; size < whole->size(); ++size) {
      EXPECT_FALSE(decode_request(ByteView(*whole).first(size))) << structure.name << " cut at " << size;
    }
    Bytes longer = *whole;
    longer.resize(longer.size() + 4);
    EXPECT_FALSE(decode_request(longer)) << structure.name;
  }
}

}  // namespace
}  // namespace heliograph::tl
