// Message entities on the wire.
#pragma once

#include <optional>
#include <vector>

#include "services/chats/content.h"
#include "tl/core_m.h"

namespace heliograph::api {

std::vector<tl::Box<tl::MessageEntity>> render_entities(const std::vector<services::Entity>& entities);
// None where there are none: how the wire's optional fields have it.
std::optional<std::vector<tl::Box<tl::MessageEntity>>> render_optional_entities(
    const std::vector<services::Entity>& entities);

}  // namespace heliograph::api
