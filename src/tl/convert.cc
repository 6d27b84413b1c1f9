#include "tl/convert.h"

#include "tl/core_p.h"
#include "tl/core_t.h"

namespace heliograph::tl {

AnyBox text_box(std::string text) {
  return AnyBox(textWithEntities{.text = std::move(text)});
}

AnyBox user_box(std::int64_t user_id) {
  return AnyBox(peerUser{.user_id = user_id});
}

const std::string* text_of(const AnyBox& box) {
  const auto* text = box.get_if<textWithEntities>();
  return text == nullptr ? nullptr : &text->text;
}

std::optional<std::int64_t> user_of(const AnyBox& box) {
  const auto* user = box.get_if<peerUser>();
  return user == nullptr ? std::nullopt : std::optional(user->user_id);
}

}  // namespace heliograph::tl
