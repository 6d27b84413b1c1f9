// Any text with any marks: what is accepted is clean, its marks lie in it, and cleaning it again changes
// nothing. The first byte says how many marks follow, six bytes each.
#include "base/assert.h"
#include "services/chats/text.h"

namespace {

using namespace heliograph;

void check(const services::FormattedText& formatted) {
  HG_ASSERT(services::utf16_length(formatted.text) <= 4096);
  HG_ASSERT(formatted.entities.size() <= 100);
  for (const auto& entity : formatted.entities) {
    HG_ASSERT(entity.offset >= 0 && entity.length > 0);
    const auto begin = services::utf16_to_byte(formatted.text, static_cast<std::size_t>(entity.offset));
    const auto end =
        services::utf16_to_byte(formatted.text, static_cast<std::size_t>(entity.offset + entity.length));
    HG_ASSERT(begin != std::string::npos && end != std::string::npos && begin < end);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  ByteView bytes(data + 1, size - 1);
  std::vector<services::Entity> entities;
  for (int i = 0; i < data[0] % 16 && bytes.size() >= 6; ++i) {
    services::Entity entity;
    entity.kind = static_cast<services::EntityKind>(bytes[0] % 20);
    entity.offset = load_le<std::int16_t>(bytes.data() + 1);
    entity.length = load_le<std::int16_t>(bytes.data() + 3);
    entity.text.assign(bytes[5] % 8, 'x');
    if (bytes[5] >= 128) entity.text += ".org";
    entities.push_back(std::move(entity));
    bytes = bytes.subspan(6);
  }
  auto once = services::format_text(std::string(as_text(bytes)), std::move(entities));
  if (!once) return 0;
  check(*once);
  const auto twice = services::format_text(once->text, once->entities);
  HG_ASSERT(twice && twice->text == once->text);
  check(*twice);
  HG_ASSERT(twice->entities.size() <= 100 && twice->entities.size() >= once->entities.size());
  return 0;
}
