#include "api/frozen.h"

#include <algorithm>
#include <array>

namespace heliograph::api {

namespace {

constexpr std::array kNamespaces = {"auth", "help", "langpack", "updates"};
// What follows the namespace begins with one of these words.
constexpr std::array kVerbs = {"get", "search", "check", "resolve", "read", "received", "report"};
constexpr std::array kMethods = {
    "account.cancelPasswordEmail",  "account.changeAuthorizationSettings",
    "account.confirmPasswordEmail", "account.deleteAccount",
    "account.finishTakeoutSession", "account.initTakeoutSession",
    "account.registerDevice",       "account.resendPasswordEmail",
    "account.resetAuthorization",   "account.resetPassword",
    "account.setAuthorizationTTL",  "account.unregisterDevice",
    "account.updateNotifySettings", "account.updatePasswordSettings",
    "account.updateStatus",         "contacts.block",
    "messages.sendMessage",         "messages.startBot",
};

}  // namespace

bool frozen_may(std::string_view method) {
  const auto dot = method.find('.');
  if (dot == method.npos) return true;  // a wrapper or a ping: what it holds is asked about itself
  const auto space = method.substr(0, dot), what = method.substr(dot + 1);
  const auto begins = [&](std::string_view verb) {
    // A word, not a part of one: "get" is not in "getter".
    return what.starts_with(verb) && (what.size() == verb.size() || (what[verb.size()] < 'a'));
  };
  return std::ranges::find(kNamespaces, space) != kNamespaces.end() || std::ranges::any_of(kVerbs, begins) ||
         std::ranges::find(kMethods, method) != kMethods.end();
}

}  // namespace heliograph::api
