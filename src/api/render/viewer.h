// For whom something is rendered, and what that takes.
#pragma once

#include "services/services.h"

namespace heliograph::api {

struct Viewer {
  Viewer(const services::Services& services, UserId viewer) : user(viewer), files(services.files.library) {}

  UserId user;
  const services::Library& files;  // names photos and documents anew
};

}  // namespace heliograph::api
