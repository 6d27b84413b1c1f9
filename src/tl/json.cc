#include "tl/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tl/slot.h"

namespace heliograph::tl {

namespace {

// How many bytes the character at the beginning takes; 0: it is none.
std::size_t utf8_size(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const auto first = byte(0);
  const std::size_t size = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (size == 0 || first > 0xf4 || size > text.size()) return 0;
  for (std::size_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xc0) != 0x80) return 0;
  }
  // Written with more bytes than needed, halves of surrogate pairs, beyond Unicode.
  if ((first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f) ||
      (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f)) {
    return 0;
  }
  return size;
}

void append_hex(std::string& out, ByteView bytes) {
  out += '"';
  out += to_hex(bytes);
  out += '"';
}

class JsonWriter {
 public:
  JsonWriter(std::string& out, const JsonOptions& options) : out_(out), options_(options) {}

  void structure(const Structure& structure, const void* object) {
    out_ += "{\"_\": ";
    append_json_text(out_, structure.name);
    for (std::uint16_t i = 0; i < structure.member_count; ++i) {
      const Member& member = structure.members[i];
      if (std::ranges::find(options_.without, std::string_view(member.name)) != options_.without.end()) {
        continue;
      }
      const auto before = out_.size();
      out_ += ", ";
      append_json_text(out_, member.name);
      out_ += ": ";
      if (!field(member, static_cast<const std::byte*>(object) + member.offset)) out_.resize(before);
    }
    out_ += '}';
  }

  template <typename T>
  void value(const T& value) {
    if constexpr (std::same_as<T, std::string>) {
      append_json_text(out_, value);
    } else if constexpr (std::same_as<T, Bytes> || std::same_as<T, Int128> || std::same_as<T, Int256>) {
      append_hex(out_, value);
    } else if constexpr (std::same_as<T, AnyBox>) {
      if (value) {
        structure(*value.structure(), value.object());
      } else {
        out_ += "null";
      }
    } else if constexpr (std::same_as<T, bool>) {
      out_ += value ? "true" : "false";
    } else if constexpr (std::same_as<T, double>) {
      out_ += std::isfinite(value) ? fmt::format("{}", value) : "null";
    } else {
      out_ += std::to_string(value);
    }
  }

  template <typename T>
  void values(const std::vector<T>& all) {
    out_ += '[';
    bool first = true;
    for (const auto& one : all) {
      if (!first) out_ += ", ";
      first = false;
      if constexpr (std::same_as<T, bool>) {
        value(bool{one});
      } else {
        value(one);
      }
    }
    out_ += ']';
  }

 private:
  // False: there is nothing to say.
  bool field(const Member& member, const void* slot) {
    if (member.vector) {
      return with_type(member.kind, [&]<typename T>() {
        const auto* all = peek<std::vector<T>>(slot, member.optional);
        if (all == nullptr) return false;
        values(*all);
        return true;
      });
    }
    return with_type(member.kind, [&]<typename T>() {
      const T* held = peek<T>(slot, member.optional && !std::same_as<T, AnyBox>);
      if (held == nullptr) return false;
      if constexpr (std::same_as<T, AnyBox>) {
        if (!*held) return false;
      }
      if constexpr (std::same_as<T, bool>) {
        if (member.kind == Kind::flag && !*held) return false;
      }
      value(*held);
      return true;
    });
  }

  std::string& out_;
  const JsonOptions& options_;
};

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto size = utf8_size(text);
    const auto first = text.front();
    if (size == 0) {
      out += "\xef\xbf\xbd";
    } else if (first == '"' || first == '\\') {
      out += '\\';
      out += first;
    } else if (first == '\n') {
      out += "\\n";
    } else if (size == 1 && (static_cast<unsigned char>(first) < 0x20 || first == 0x7f)) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(first));
    } else {
      out += text.substr(0, size);
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  out += '"';
}

namespace detail {

void json_slot(std::string& out, const Op& op, const void* slot, const JsonOptions& options) {
  JsonWriter writer(out, options);
  with_type(op.kind, [&]<typename T>() {
    if (op.vector == Vector::none) {
      writer.value(*static_cast<const T*>(slot));
    } else {
      writer.values(*static_cast<const std::vector<T>*>(slot));
    }
  });
}

void json_structure(std::string& out, const Structure& structure, const void* object,
                    const JsonOptions& options) {
  JsonWriter(out, options).structure(structure, object);
}

}  // namespace detail
}  // namespace heliograph::tl
