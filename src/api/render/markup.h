// Buttons of bots on the wire.
#pragma once

#include "services/chats/markup.h"
#include "tl/core_r.h"

namespace heliograph::api {

// Inline buttons have one form up to layer 228 and another from 229 on: both are filled in.
tl::Box<tl::ReplyMarkup> render_markup(const services::ReplyMarkup& markup);

}  // namespace heliograph::api
