// What the generated tables know about the schema: layers, methods, names. All answers have static storage.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace heliograph::tl {

// Numbers that the codec needs beside the tables; also for src/mtproto.
inline constexpr std::uint32_t kBoolTrueId = 0x997275b5;
inline constexpr std::uint32_t kBoolFalseId = 0xbc799737;
inline constexpr std::uint32_t kVectorId = 0x1cb5c415;

// Ascending.
std::span<const std::int32_t> layers();
std::int32_t min_layer();
std::int32_t max_layer();
// The layer whose tables serve `layer`: the newest known one that is not above it, else the oldest.
std::int32_t serving_layer(std::int32_t layer);

// The name of the method or constructor with this id in some layer ("messages.sendMessage"); empty if none.
std::string_view name_of_id(std::uint32_t id);
bool is_method_id(std::uint32_t id);

struct Method {
  std::string_view name;
  std::uint16_t index;  // tl::fn::...::kIndex
  std::uint32_t id;
  std::vector<std::int32_t> layers;
};
// Every method form of every layer; a method whose id changed appears once an id.
std::vector<Method> methods();

}  // namespace heliograph::tl
