// Box<T>: an owned value of the boxed TL type T, that is, one of T's constructors; or nothing.
//
//   tl::Box<tl::Peer> peer = tl::peerUser{.user_id = 7};
//   if (auto* user = peer.get_if<tl::peerUser>()) use(user->user_id);
//   switch (peer.index()) { case tl::peerChat::kIndex: ... }
//
// Move-only; copy() copies deeply. Boxes need only the tag of T (tl/types.h), so generated structs need no
// other struct to be complete. Not thread-safe, like any value.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>
#include <utility>

namespace heliograph::tl {

struct Structure;
extern const Structure* const kStructures[];

inline constexpr std::uint16_t kNoIndex = 0xffff;

// A constructor or method object of any type, or nothing.
class AnyBox {
 public:
  AnyBox() = default;
  AnyBox(AnyBox&& other) noexcept
      : structure_(std::exchange(other.structure_, nullptr)),
        object_(std::exchange(other.object_, nullptr)) {}
  AnyBox& operator=(AnyBox&& other) noexcept {
    std::swap(structure_, other.structure_);
    std::swap(object_, other.object_);
    return *this;
  }
  ~AnyBox() {
    if (object_ != nullptr) reset();
  }
  template <typename C>
    requires requires { C::kIndex; }
  explicit AnyBox(C value) : structure_(kStructures[C::kIndex]), object_(new C(std::move(value))) {}

  // Takes the object, which structure->create made.
  AnyBox(const Structure* structure, void* object) : structure_(structure), object_(object) {}

  explicit operator bool() const { return object_ != nullptr; }
  void reset();

  // kIndex of what is inside, kNoIndex if nothing.
  std::uint16_t index() const;
  // As in TL: "auth.sentCode"; empty if nothing.
  std::string_view name() const;
  template <typename C>
  bool is() const {
    return object_ != nullptr && structure_ == kStructures[C::kIndex];
  }
  // Nullptr if something else, or nothing, is inside. Valid until the box is changed or destroyed.
  template <typename C>
  C* get_if() {
    return is<C>() ? static_cast<C*>(object_) : nullptr;
  }
  template <typename C>
  const C* get_if() const {
    return is<C>() ? static_cast<const C*>(object_) : nullptr;
  }
  AnyBox copy_any() const;

  const Structure* structure() const { return structure_; }
  void* object() { return object_; }
  const void* object() const { return object_; }

 private:
  const Structure* structure_ = nullptr;
  void* object_ = nullptr;
};

template <typename T>
class Box : public AnyBox {
 public:
  Box() = default;
  template <typename C>
    requires std::same_as<typename C::Boxed, T>
  Box(C value) : AnyBox(std::move(value)) {}  // NOLINT(google-explicit-constructor): reads as the TL does
  // The caller knows that the inside is a T (decode_boxed checks it).
  static Box adopt(AnyBox&& any) {
    Box box;
    static_cast<AnyBox&>(box) = std::move(any);
    return box;
  }
  Box copy() const { return adopt(copy_any()); }
};

// A deep copy of any generated struct.
template <typename C>
C copy(const C& value);

namespace detail {
void copy_members(const Structure& structure, const void* from, void* to);
}

template <typename C>
C copy(const C& value) {
  C result;
  detail::copy_members(*kStructures[C::kIndex], &value, &result);
  return result;
}

}  // namespace heliograph::tl
