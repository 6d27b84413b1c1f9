// The templates that the program brings.
#include <algorithm>

#include "safety/policy/policy.h"
#include "services/moderation/casework.h"
#include "services/moderation/templates.h"
#include "terms/category.h"

namespace heliograph::services {

namespace {

// Words are for whoever wrote it: what it is, which part of the rule, what they can do. {excerpt} and {place}
// are put in by the console.
struct ShippedTemplate {
  std::string_view title, effect, clause, reason, note;
  std::string_view category;  // shown for this one; empty: for all
  std::string_view subjects;  // the same
  std::int32_t days = 0;
};
constexpr ShippedTemplate kShipped[] = {
    {"Nothing wrong", "allow", "", "Looked at by a person; it does not break the rules.",
     "We looked at it, and it does not break the rules. Thank you for telling us all the same.", "", ""},
    {"Spam", "remove", "spam",
     "“{excerpt}” in {place} was sent to many people who had not asked for it. What is advertised may be "
     "said where people expect it, but not over and over in the places of others.",
     "It was spam, and it is gone.", "spam", "message campaign"},
    {"Spam: account limited", "limit_account", "spam",
     "You sent the same to many people or places in a short time. You can read everything and write to your "
     "contacts; in public you can write again when the limit has run out.",
     "The account cannot write in public for a while.", "spam", "message account campaign", 7},
    {"Fraud", "remove", "fraud",
     "“{excerpt}” in {place} promises money, goods or papers in a way that is known to cheat people. If it "
     "is an honest offer, appeal and say how somebody can check it.",
     "It was removed. If you have paid, tell your bank and the police.", "fraud", "message campaign"},
    {"Illegal goods", "remove", "illegal-goods",
     "“{excerpt}” in {place} offers or asks for goods that the law does not let be traded this way. Talking "
     "about such goods, reporting on them or helping people is fine.",
     "It was removed.", "illegal_goods", "message campaign"},
    {"Channel that sells", "close_channel", "illegal-goods",
     "The channel {place} exists to trade in goods that the law does not let be traded. It is closed to "
     "everybody; its owner can appeal.",
     "The channel was closed.", "illegal_goods", "message chat"},
    {"Harassment", "remove", "harassment",
     "“{excerpt}” in {place} attacks or exposes a person. You may disagree with somebody, also sharply, but "
     "not hunt them, publish where they live, or call on others to do so.",
     "It was removed. You can also block whoever wrote it.", "harassment", "message campaign"},
    {"Hate", "remove", "hate",
     "“{excerpt}” in {place} attacks people for what they are: their origin, religion, sex, orientation or a "
     "disability. Quoting such words to criticise them is fine; say so when you appeal.",
     "It was removed.", "hate", "message campaign"},
    {"Threat", "limit_account", "violence",
     "“{excerpt}” in {place} threatens somebody with violence, or calls for it. It was removed, and you "
     "cannot write in public for a time.",
     "It was removed, and the account limited. If you are in danger, call the police.", "violence", "message",
     30},
    {"Sexual content in public", "mark_sensitive", "sexual",
     "“{excerpt}” in {place} is for adults. It stays, behind a warning: people see it when they ask for it.",
     "It is behind a warning now.", "sexual", "message campaign"},
    {"Self-harm", "remove", "self-harm",
     "“{excerpt}” in {place} encourages people to hurt themselves or tells them how. If it is about "
     "yourself: you are not in trouble for it, and there is help in your country that you can call today.",
     "It was removed. Thank you for looking after others.", "self_harm", "message campaign"},
    {"Only out of search", "hide_from_search", "other-illegal",
     "What you show at {place} is not shown in search. It can be reached as before by whoever has the name.",
     "Search does not show it any more.", "", "message account chat campaign"},
};

// A bit for each of the words that is one of the names.
std::uint32_t bits_of(std::string_view words) {
  std::uint32_t bits = 0;
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    const auto word = words.substr(0, end);
    const auto* found = std::ranges::find(kCaseKindNames, word);
    if (found != kCaseKindNames.end()) bits |= 1U << (found - kCaseKindNames.begin());
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return bits;
}

}  // namespace

std::vector<store::ReasonTemplate> shipped_templates() {
  std::vector<store::ReasonTemplate> all;
  for (const auto& each : kShipped) {
    store::ReasonTemplate one;
    one.title = each.title;
    one.effect = static_cast<std::uint8_t>(std::ranges::find(safety::kEffectNames, each.effect) -
                                           safety::kEffectNames.begin());
    one.clause = each.clause;
    one.days = each.days;
    one.reason = each.reason;
    one.note = each.note;
    if (const auto category = terms::category_of(each.category)) {
      one.categories = 1U << static_cast<unsigned>(*category);
    }
    one.subjects = bits_of(each.subjects);
    one.place = static_cast<std::int32_t>(all.size()) + 1;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace heliograph::services
