// Example programs with this server's own values filled in: copied, they run.
#pragma once

#include "web/public/site.h"

namespace heliograph::web {

std::string telethon_snippet(const PublicFacts& facts);
std::string gramjs_snippet(const PublicFacts& facts);
std::string mtcute_snippet(const PublicFacts& facts);

}  // namespace heliograph::web
