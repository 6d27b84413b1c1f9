// Buttons that a bot puts under its message, or in place of the reader's keyboard.
// Source: core.telegram.org/api/bots/buttons. Part of the stored format, as all of content.h: enumerators are
// not renumbered, fields are only added at the end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace heliograph::services {

enum class ButtonKind : std::uint8_t {
  text = 0,      // of a keyboard: sends its own text
  callback = 1,  // inline: tells the bot `data` (messages.getBotCallbackAnswer)
  url = 2,       // inline: opens `url`
};

struct Button {
  ButtonKind kind = ButtonKind::text;
  std::string text;  // what is on it
  Bytes data;        // callback: 1 to 64 bytes
  std::string url;
  void fields(auto& codec) { codec(kind, text, data, url); }
  bool operator==(const Button&) const = default;
};

struct ButtonRow {
  std::vector<Button> buttons;
  void fields(auto& codec) { codec(buttons); }
  bool operator==(const ButtonRow&) const = default;
};

enum class MarkupKind : std::uint8_t {
  inline_buttons = 0,  // under the message
  keyboard = 1,        // in place of the reader's
  hide_keyboard = 2,   // the reader has their own again
  force_reply = 3,     // the reader is asked to answer this message
};

struct ReplyMarkup {
  MarkupKind kind = MarkupKind::inline_buttons;
  std::vector<ButtonRow> rows;  // inline_buttons, keyboard
  bool resize = false;          // keyboard: no higher than it must be
  bool single_use = false;      // keyboard, force_reply: gone once it was used
  bool persistent = false;      // keyboard: shown as long as there is no other
  std::string placeholder;      // keyboard, force_reply: in the empty input field
  void fields(auto& codec) { codec(kind, rows, resize, single_use, persistent, placeholder); }
  bool operator==(const ReplyMarkup&) const = default;
};

inline constexpr std::size_t callback_data_max = 64;  // bytes

// Whether one of its buttons tells the bot this.
inline bool has_callback(const ReplyMarkup& markup, ByteView data) {
  if (markup.kind != MarkupKind::inline_buttons) return false;
  for (const auto& row : markup.rows) {
    for (const auto& button : row.buttons) {
      if (button.kind == ButtonKind::callback && as_text(button.data) == as_text(data)) return true;
    }
  }
  return false;
}

}  // namespace heliograph::services
