// For whom something is rendered, and what that takes.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "services/chats/responses.h"
#include "services/services.h"

namespace heliograph::api {

struct Viewer {
  Viewer(const services::Services& services, UserId viewer) : user(viewer), files(services.files.library) {}

  UserId user;
  // Where the viewer is from; not looked up unless one of the messages at hand is not shown somewhere
  // (render/responses.h). None: such a message is not shown at all.
  std::optional<std::string> country;
  // Of the messages at hand that have any (render/responses.h); null: none has.
  std::shared_ptr<const services::ResponseMap> responses;
  const services::Library& files;  // names photos and documents anew
};

}  // namespace heliograph::api
