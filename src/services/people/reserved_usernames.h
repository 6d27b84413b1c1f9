// Names nobody may take: they would speak for the platform. Lower case.
#pragma once

#include <string_view>

namespace heliograph::services {

inline constexpr std::string_view reserved_usernames[] = {
    "abuse",        "account",      "admin",         "administrator", "announcements", "anonymous",
    "appeal",       "appeals",      "authority",     "billing",       "channel",       "channels",
    "contact",      "contacts",     "everyone",      "feedback",      "group",         "heliograph",
    "help",         "helpdesk",     "helpcenter",    "hostmaster",    "information",   "invite",
    "joinchat",     "legal",        "login",         "moderation",    "moderator",     "moderators",
    "mtproto",      "notification", "notifications", "nobody",        "official",      "operator",
    "password",     "payment",      "payments",      "platform",      "police",        "postmaster",
    "privacy",      "proxy",        "recovery",      "register",      "replies",       "report",
    "reports",      "resolve",      "safety",        "searchhelp",    "searchreport",  "searchreports",
    "security",     "service",      "services",      "settings",      "share",         "signin",
    "signup",       "socks",        "staff",         "status",        "stickers",      "supergroup",
    "support",      "system",       "telegram",      "terms",         "transparency",  "trustsafety",
    "trust_safety", "undefined",    "username",      "verification",  "verified",      "verify",
    "webmaster",
};

}  // namespace heliograph::services
