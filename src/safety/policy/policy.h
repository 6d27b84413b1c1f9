// What is done about what the scan found: category x confidence x place x standing -> effect, from a TOML
// file. docs/moderation.md describes the file; rules/policy.toml is the one that is shipped.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "safety/policy/routes.h"
#include "safety/scan/model.h"
#include "safety/signals/measures.h"
#include "terms/category.h"

namespace heliograph::safety {

// Where content appears; `search` is what is asked for there (search/guard.h). Private chats between people
// are no place: they are never scanned.
enum class Place : std::uint8_t { public_channel, public_group, profile, bot, search };
inline constexpr std::array<std::string_view, 5> kPlaceNames = {"public_channel", "public_group", "profile",
                                                                "bot", "search"};

constexpr std::uint8_t bit(Place place) {
  return static_cast<std::uint8_t>(1u << static_cast<unsigned>(place));
}
// Where people publish: a question is no publication, and rules without places are not about it.
inline constexpr auto kPublished = static_cast<std::uint8_t>(~bit(Place::search));

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
  limit_account,  // what its author may do is less for a time: Limit
  close_channel,  // heavier than a limit: it is for good, and takes away what everybody reads there
  ban,
};
inline constexpr std::array<std::string_view, 10> kEffectNames = {
    "allow",  "mark_sensitive", "hide_from_search", "review", "hold", "restrict_countries",
    "remove", "limit_account",  "close_channel",    "ban"};

constexpr std::string_view name(Place place) {
  return kPlaceNames[static_cast<std::size_t>(place)];
}
constexpr std::string_view name(Standing standing) {
  return kStandingNames[static_cast<std::size_t>(standing)];
}
constexpr std::string_view name(Effect effect) {
  return kEffectNames[static_cast<std::size_t>(effect)];
}
constexpr std::optional<Effect> effect_named(std::string_view text) {
  for (std::size_t i = 0; i < kEffectNames.size(); ++i) {
    if (kEffectNames[i] == text) return static_cast<Effect>(i);
  }
  return std::nullopt;
}

// What says that something is harmful: its words and links; its bytes or its looks, which a list has; what a
// model sees in a picture.
enum class Witness : std::uint8_t { text, hash, image };
inline constexpr std::array<std::string_view, 3> kWitnessNames = {"text", "hash", "image"};
// By Witness.
using Evidence = std::array<Scores, kWitnessNames.size()>;

// How much a limit (Effect::limit_account) takes away, in rising strength.
enum class Limit : std::uint8_t {
  slow,    // in public it writes at the policy's pace
  mute,    // in public it does not write, and it makes no groups
  freeze,  // it reads, asks for a decision to be taken back, and does nothing else
};
inline constexpr std::array<std::string_view, 3> kLimitNames = {"slow", "mute", "freeze"};

constexpr std::string_view name(Limit limit) {
  return kLimitNames[static_cast<std::size_t>(limit)];
}
constexpr std::optional<Limit> limit_named(std::string_view text) {
  for (std::size_t i = 0; i < kLimitNames.size(); ++i) {
    if (kLimitNames[i] == text) return static_cast<Limit>(i);
  }
  return std::nullopt;
}

// "DE": two capital letters.
bool is_country(std::string_view code);

struct Rule {
  std::string id;
  terms::Category category = terms::Category::other_illegal;
  float at_least = 0;                // probability from which it holds
  std::uint8_t places = kPublished;  // bits by Place; `search` stands alone
  std::uint8_t standings = 0xff;     // bits by Standing
  std::uint8_t witnesses = 0xff;     // bits by Witness: whose word counts
  Effect effect = Effect::review;
  std::uint8_t severity = 50;          // 0 to 100, of the case that is opened
  bool shadow = false;                 // counted and shown, never acted on
  std::string clause;                  // of the platform's rules (rules/)
  std::vector<std::string> countries;  // restrict_countries only; "DE"
  std::int32_t days = 0;               // after so many it ends by itself; 0: it does not
  Limit limit = Limit::mute;           // limit_account only
  std::int32_t strike = 0;             // weight against the account when a machine or person acts on it
  std::uint32_t line = 0;
};

// What follows when one account breaks rules again and again. Weights of strikes that have not expired add
// up.
struct Strikes {
  std::int32_t expire_days = 180;
  std::int32_t limit_at = 0;    // from this weight on the account is limited; 0: never
  std::int32_t limit_days = 7;  // for so long
  Limit limit = Limit::mute;
  std::int32_t ban_at = 0;       // from this weight on it is banned; 0: never
  bool limit_signs_out = false;  // a limit ends the account's sessions, but for the one used last
};

// Which texts are given to the second stage: those whose surest category is in [from, to) after the first.
struct Unsure {
  float from = 0.2f, to = 0.9f;

  bool holds(const Scores& text) const {
    const auto surest = *std::ranges::max_element(text);
    return surest >= from && surest < to;
  }
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
  // Is there a rule for it at all?
  bool names(Place place) const {
    return std::ranges::any_of(rules_, [place](const Rule& rule) { return (rule.places & bit(place)) != 0; });
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
  // How long a slowed account waits between two messages in public.
  std::int32_t slow_seconds() const { return slow_seconds_; }
  const Strikes& strikes() const { return strikes_; }
  const SignalRules& signals() const { return signals_; }
  const Routes& routes() const { return routes_; }
  // If the scan cannot be done: true refuses the content, false delivers it and scans later.
  bool refuse_on_failure() const { return refuse_on_failure_; }

 private:
  friend class PolicyReader;
  std::string version_;
  std::vector<Rule> rules_;
  std::uint32_t machine_ = 0;
  bool refuse_on_failure_ = false;
  std::int32_t slow_seconds_ = 300;
  Strikes strikes_;
  Unsure unsure_;
  SignalRules signals_;
  Routes routes_;
};

}  // namespace heliograph::safety
