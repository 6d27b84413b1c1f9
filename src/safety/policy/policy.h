// What is done about what the scan found: category x confidence x place x standing -> effect, from a TOML
// file. docs/moderation.md describes the file; rules/policy.toml is the one that is shipped.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "safety/scan/model.h"
#include "safety/signals/measures.h"
#include "terms/category.h"

namespace heliograph::safety {

// Where content appears. Private chats between people are no place: they are never scanned.
enum class Place : std::uint8_t { public_channel, public_group, profile, bot, search };
inline constexpr std::array<std::string_view, 5> kPlaceNames = {"public_channel", "public_group", "profile",
                                                                "bot", "search"};

// Of the account that wrote it.
enum class Standing : std::uint8_t { fresh, regular, trusted, limited };
inline constexpr std::array<std::string_view, 4> kStandingNames = {"fresh", "regular", "trusted", "limited"};

// In rising strength: of several rules that hold the strongest effect counts.
enum class Effect : std::uint8_t {
  allow,
  mark_sensitive,
  hide_from_search,
  review,  // a moderator looks at it; it stays visible
  hold,    // not shown until a moderator has looked
  restrict_countries,
  remove,
  limit_account,
  ban,
};
inline constexpr std::array<std::string_view, 9> kEffectNames = {
    "allow",  "mark_sensitive", "hide_from_search",
    "review", "hold",           "restrict_countries",
    "remove", "limit_account",  "ban"};

constexpr std::string_view name(Place place) {
  return kPlaceNames[static_cast<std::size_t>(place)];
}
constexpr std::string_view name(Standing standing) {
  return kStandingNames[static_cast<std::size_t>(standing)];
}
constexpr std::string_view name(Effect effect) {
  return kEffectNames[static_cast<std::size_t>(effect)];
}

// What says that something is harmful: its words and links; its bytes or its looks, which a list has; what a
// model sees in a picture.
enum class Witness : std::uint8_t { text, hash, image };
inline constexpr std::array<std::string_view, 3> kWitnessNames = {"text", "hash", "image"};
// By Witness.
using Evidence = std::array<Scores, kWitnessNames.size()>;

struct Rule {
  std::string id;
  terms::Category category = terms::Category::other_illegal;
  float at_least = 0;             // probability from which it holds
  std::uint8_t places = 0xff;     // bits by Place
  std::uint8_t standings = 0xff;  // bits by Standing
  std::uint8_t witnesses = 0xff;  // bits by Witness: whose word counts
  Effect effect = Effect::review;
  std::uint8_t severity = 50;          // 0 to 100, of the case that is opened
  bool shadow = false;                 // counted and shown, never acted on
  std::string clause;                  // of the platform's rules (rules/)
  std::vector<std::string> countries;  // restrict_countries only
  std::int32_t strike = 0;             // weight against the account when a machine or person acts on it
  std::uint32_t line = 0;
};

// What follows when one account breaks rules again and again. Weights of strikes that have not expired add
// up.
struct Strikes {
  std::int32_t expire_days = 180;
  std::int32_t limit_at = 0;    // from this weight on the account is limited; 0: never
  std::int32_t limit_days = 7;  // for so long
  std::int32_t ban_at = 0;      // from this weight on it is banned; 0: never
};

// Which texts are given to the second stage: those whose surest category is in [from, to) after the first.
struct Unsure {
  float from = 0.2f, to = 0.9f;
};

// What behaviour adds to what a text says (safety/signals).
struct Raise {
  std::string id;
  Measure measure = Measure::messages;
  std::int64_t at_least = 1;                         // from this count on it is a witness
  std::uint8_t standings = 0xff;                     // bits by Standing
  terms::Category category = terms::Category::spam;  // spam or fraud: of more, behaviour says nothing
  float confidence = 0;
};

struct SignalRules {
  std::int32_t window_minutes = 60;  // how far back
  std::int32_t distance = 8;         // of 64 bits: up to this two texts are near copies
  std::int32_t new_account_days = 7;
  std::int32_t campaign_authors = 0;  // so many accounts with near copies are a campaign; 0: never
  std::int32_t campaign_chats = 0;    // so many places with near copies by one account; 0: never
  std::vector<Raise> raises;
};

struct Context {
  Place place = Place::public_channel;
  Standing standing = Standing::regular;
};

struct Decision {
  Effect effect = Effect::allow;    // what a machine may do now
  Effect proposed = Effect::allow;  // what the rules say; stronger than `effect` where a person must decide
  std::uint8_t severity = 0;
  float score = 0;               // of the rule's category, by its witnesses
  const Rule* rule = nullptr;    // the one that decided, none for allow; lives as long as the policy
  const Rule* shadow = nullptr;  // the strongest shadow rule that would have held
};

class Policy {
 public:
  // Errors: POLICY_INVALID, all complaints at once, each "file:line: key: what is wrong". The caller keeps
  // the policy it had.
  static Result<std::shared_ptr<const Policy>> parse(std::string_view text, std::string_view file_name);

  // Thread-safe, no allocation.
  Decision decide(const Evidence& evidence, const Context& context) const;
  // Words alone.
  Decision decide(const Scores& text, const Context& context) const {
    return decide(Evidence{text, Scores{}, Scores{}}, context);
  }

  // The scores with what was measured as further witnesses: of the raises that hold, the surest of each
  // measure and category counts. `held` (may be null) is given their ids; it is not emptied.
  Scores raise(Scores scores, const Measures& measures, const Context& context,
               std::vector<std::string>* held) const;

  const std::string& version() const { return version_; }
  const std::vector<Rule>& rules() const { return rules_; }
  // May a machine take the effect without a person?
  bool machine_may(Effect effect) const { return (machine_ >> static_cast<unsigned>(effect)) & 1u; }
  const Unsure& unsure() const { return unsure_; }
  const Strikes& strikes() const { return strikes_; }
  const SignalRules& signals() const { return signals_; }
  // If the scan cannot be done: true holds the content back, false delivers it and scans later.
  bool hold_on_failure() const { return hold_on_failure_; }

 private:
  friend class PolicyReader;
  std::string version_;
  std::vector<Rule> rules_;
  std::uint32_t machine_ = 0;
  bool hold_on_failure_ = false;
  Strikes strikes_;
  Unsure unsure_;
  SignalRules signals_;
};

}  // namespace heliograph::safety
