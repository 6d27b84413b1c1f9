#include "api/render/markup.h"

#include "tl/core_b.h"
#include "tl/core_i.h"
#include "tl/core_k.h"

namespace heliograph::api {

namespace {

using services::Button;
using services::ButtonKind;

// Up to layer 228 what a button does is its constructor.
tl::Box<tl::KeyboardButton> render_button(const Button& button) {
  switch (button.kind) {
    case ButtonKind::text:
      break;
    case ButtonKind::callback: {
      tl::keyboardButtonCallback wire;
      wire.text = button.text;
      wire.data = button.data;
      return wire;
    }
    case ButtonKind::url: {
      tl::keyboardButtonUrl wire;
      wire.text = button.text;
      wire.url = button.url;
      return wire;
    }
  }
  tl::keyboardButton wire;
  wire.text = button.text;
  wire.type = tl::buttonTypeDefault{};
  return wire;
}

tl::Box<tl::KeyboardInlineButton> render_inline_button(const Button& button) {
  tl::keyboardInlineButton wire;
  wire.text = button.text;
  if (button.kind == ButtonKind::url) {
    tl::inlineButtonTypeUrl type;
    type.url = button.url;
    wire.type = std::move(type);
  } else {
    tl::inlineButtonTypeCallback type;
    type.data = button.data;
    wire.type = std::move(type);
  }
  return wire;
}

std::vector<tl::Box<tl::KeyboardButtonRow>> render_rows(const std::vector<services::ButtonRow>& rows) {
  std::vector<tl::Box<tl::KeyboardButtonRow>> wire;
  for (const auto& row : rows) {
    tl::keyboardButtonRow one;
    for (const auto& button : row.buttons) one.buttons.push_back(render_button(button));
    wire.emplace_back(std::move(one));
  }
  return wire;
}

std::vector<tl::Box<tl::KeyboardInlineButtonRow>> render_inline_rows(
    const std::vector<services::ButtonRow>& rows) {
  std::vector<tl::Box<tl::KeyboardInlineButtonRow>> wire;
  for (const auto& row : rows) {
    tl::keyboardInlineButtonRow one;
    for (const auto& button : row.buttons) one.buttons.push_back(render_inline_button(button));
    wire.emplace_back(std::move(one));
  }
  return wire;
}

}  // namespace

tl::Box<tl::ReplyMarkup> render_markup(const services::ReplyMarkup& markup) {
  using services::MarkupKind;
  switch (markup.kind) {
    case MarkupKind::keyboard: {
      tl::replyKeyboardMarkup wire;
      wire.resize = markup.resize;
      wire.single_use = markup.single_use;
      wire.persistent = markup.persistent;
      wire.rows = render_rows(markup.rows);
      if (!markup.placeholder.empty()) wire.placeholder = markup.placeholder;
      return wire;
    }
    case MarkupKind::hide_keyboard:
      return tl::replyKeyboardHide{};
    case MarkupKind::force_reply: {
      tl::replyKeyboardForceReply wire;
      wire.single_use = markup.single_use;
      if (!markup.placeholder.empty()) wire.placeholder = markup.placeholder;
      return wire;
    }
    case MarkupKind::inline_buttons:
      break;
  }
  tl::replyInlineMarkup wire;
  wire.rows = render_rows(markup.rows);
  wire.rows_l229 = render_inline_rows(markup.rows);
  return wire;
}

}  // namespace heliograph::api
