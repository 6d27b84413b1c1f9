#include "tl/box.h"

#include "tl/slot.h"

namespace heliograph::tl {

static_assert(sizeof(AnyBox) == 2 * sizeof(void*));

namespace {

template <typename T>
T copy_value(const T& value) {
  if constexpr (std::same_as<T, AnyBox>) {
    return value.copy_any();
  } else {
    return value;
  }
}

template <typename T>
void copy_slot(const Member& member, const void* from, void* to) {
  if (member.vector) {
    const auto* source = peek<std::vector<T>>(from, member.optional);
    if (source == nullptr) return;
    auto& target = place<std::vector<T>>(to, member.optional);
    target.reserve(source->size());
    for (const auto& value : *source) target.push_back(copy_value<T>(value));
  } else if (const T* source = peek<T>(from, member.optional)) {
    place<T>(to, member.optional) = copy_value<T>(*source);
  }
}

}  // namespace

void AnyBox::reset() {
  if (object_ == nullptr) return;
  structure_->destroy(std::exchange(object_, nullptr));
  structure_ = nullptr;
}

std::uint16_t AnyBox::index() const {
  return structure_ == nullptr ? kNoIndex : structure_->index;
}

std::string_view AnyBox::name() const {
  return structure_ == nullptr ? "" : structure_->name;
}

AnyBox AnyBox::copy_any() const {
  if (object_ == nullptr) return {};
  AnyBox result(structure_, structure_->create());
  detail::copy_members(*structure_, object_, result.object());
  return result;
}

void detail::copy_members(const Structure& structure, const void* from, void* to) {
  for (std::size_t i = 0; i < structure.member_count; ++i) {
    const Member& member = structure.members[i];
    const auto* source = static_cast<const std::byte*>(from) + member.offset;
    auto* target = static_cast<std::byte*>(to) + member.offset;
    with_type(member.kind, [&]<typename T>() { copy_slot<T>(member, source, target); });
  }
}

}  // namespace heliograph::tl
