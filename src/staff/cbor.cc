#include "staff/cbor.h"

namespace heliograph::staff {

namespace {

constexpr int kDepthMax = 4;

enum Major : std::uint8_t { kUnsigned, kNegative, kByteString, kTextString, kArray, kMap, kTag, kSimple };

struct Head {
  Major major;
  std::uint64_t argument;
  std::size_t size;  // of the head itself
};

std::optional<Head> head_of(ByteView bytes) {
  if (bytes.empty()) return std::nullopt;
  const auto additional = bytes[0] & 31U;
  Head head{static_cast<Major>(bytes[0] >> 5), additional, 1};
  if (additional < 24) return head;
  if (additional > 27) return std::nullopt;  // reserved, or of no definite length
  const auto following = std::size_t{1} << (additional - 24);
  if (bytes.size() <= following) return std::nullopt;
  head.argument = 0;
  for (std::size_t i = 1; i <= following; ++i) head.argument = head.argument << 8 | bytes[i];
  head.size += following;
  return head;
}

std::optional<std::size_t> size_of_item(ByteView bytes, int depth) {
  const auto head = head_of(bytes);
  if (!head || depth > kDepthMax) return std::nullopt;
  const auto left = bytes.size() - head->size;
  std::uint64_t items = 0;
  switch (head->major) {
    case kUnsigned:
    case kNegative:
    case kSimple:
      return head->size;
    case kByteString:
    case kTextString:
      if (head->argument > left) return std::nullopt;
      return head->size + static_cast<std::size_t>(head->argument);
    case kArray:
      items = head->argument;
      break;
    case kMap:
      if (head->argument > left) return std::nullopt;  // before it is doubled
      items = head->argument * 2;
      break;
    case kTag:
      return std::nullopt;
  }
  if (items > left) return std::nullopt;  // each takes a byte at least
  std::size_t size = head->size;
  for (; items > 0; --items) {
    const auto item = size_of_item(bytes.subspan(size), depth + 1);
    if (!item) return std::nullopt;
    size += *item;
  }
  return size;
}

}  // namespace

std::optional<std::size_t> cbor_item_size(ByteView bytes) {
  return size_of_item(bytes, 0);
}

std::optional<ByteView> cbor_bytes_in(ByteView map, std::string_view key) {
  if (cbor_item_size(map) != map.size()) return std::nullopt;
  const auto head = head_of(map);
  if (head->major != kMap) return std::nullopt;
  auto rest = map.subspan(head->size);
  for (auto pairs = head->argument; pairs > 0; --pairs) {
    const auto name = head_of(rest);
    const auto name_size = *cbor_item_size(rest);
    const bool found =
        name->major == kTextString && as_text(rest.subspan(name->size, name_size - name->size)) == key;
    rest = rest.subspan(name_size);
    const auto value = head_of(rest);
    const auto value_size = *cbor_item_size(rest);
    if (found && value->major == kByteString) return rest.subspan(value->size, value_size - value->size);
    rest = rest.subspan(value_size);
  }
  return std::nullopt;
}

}  // namespace heliograph::staff
