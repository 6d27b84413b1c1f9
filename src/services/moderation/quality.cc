#include "services/moderation/quality.h"

#include <algorithm>
#include <map>

#include "base/codec.h"
#include "crypto/hash.h"
#include "safety/cases/intake.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

namespace {

constexpr std::string_view kDrawnTo = "quality samples drawn to";
constexpr UnixSeconds kDrawnSince = 30 * 86'400;  // before the first time: what is older is left alone
constexpr std::size_t kDrawnAtOnce = 1000;
constexpr std::size_t kSamplesAtOnce = 200;
constexpr std::size_t kSamplesLookedThrough = 5000;
constexpr std::size_t kEventsLookedAt = 10'000;

// How far cases have been drawn from.
struct DrawnTo {
  UnixSeconds decided_at = 0;
  std::int64_t case_id = 0;
  void fields(auto& codec) { codec(decided_at, case_id); }
};

bool reads_language(const std::vector<std::string>& languages, std::string_view language) {
  const auto base = [](std::string_view tag) { return tag.substr(0, tag.find('-')); };
  return languages.empty() || language.empty() ||
         std::ranges::any_of(languages, [&](const auto& one) { return base(one) == base(language); });
}

Error unknown_sample() {
  return Error::not_found("SAMPLE_UNKNOWN", "You have no sample of this number. Take the next one.");
}

}  // namespace

std::optional<double> kappa_of(const std::vector<store::QualityCount>& counts) {
  std::map<std::uint8_t, double> first, second;
  double all = 0;
  double same = 0;
  for (const auto& row : counts) {
    const auto n = static_cast<double>(row.samples);
    all += n;
    first[row.first_effect] += n;
    second[row.second_effect] += n;
    if (row.first_effect == row.second_effect) same += n;
  }
  if (all < static_cast<double>(kappa_least)) return std::nullopt;
  double by_chance = 0;
  for (const auto& [effect, n] : first) by_chance += n * second[effect] / (all * all);
  if (by_chance >= 1) return std::nullopt;
  return (same / all - by_chance) / (1 - by_chance);
}

bool Quality::chosen(std::int64_t case_id) const {
  const auto number = std::to_string(case_id);
  const auto digest =
      crypto::sha256({as_bytes("heliograph/quality/v1"), environment_.access_secret, as_bytes(number)});
  const auto drawn = static_cast<std::uint32_t>(digest[0]) << 24U |
                     static_cast<std::uint32_t>(digest[1]) << 16U |
                     static_cast<std::uint32_t>(digest[2]) << 8U | static_cast<std::uint32_t>(digest[3]);
  return static_cast<std::int64_t>(drawn % 1000) < rules_.permille;
}

Status Quality::draw_one(store::Tx& tx, std::int64_t case_id, UnixSeconds now) const {
  HG_ASSIGN(const auto one, tx.cases().find(case_id));
  // What becomes of a search term is seen in the workshop.
  if (!one || one->state != store::CaseState::decided || !safety::term_of(*one).empty()) return {};
  HG_ASSIGN(const auto file, safety::open_file(*one, environment_.sealer));
  store::QualitySample sample;
  sample.case_id = case_id;
  sample.category = one->category;
  sample.first_effect = one->effect;
  sample.drawn_at = now;
  if (one->effect != 0 && !file.statements.empty()) sample.first_clause = file.statements.back().clause;
  if (!file.decided_by.empty()) {
    HG_ASSIGN(const auto events, tx.cases().history(case_id, kEventsLookedAt));
    for (const auto& event : events) {
      if (event.what == "decided") sample.first = event.staff;
    }
    if (!sample.first) return {};  // it came of a decision in another case: that one is looked at
  }
  HG_TRY(store::console_of(tx).quality_samples().add(sample));
  return {};
}

Status Quality::draw(store::Tx& tx, UnixSeconds now) const {
  if (rules_.permille <= 0) return {};
  DrawnTo to{now - kDrawnSince, 0};
  HG_ASSIGN(const auto stored, tx.settings().find_global(kDrawnTo));
  if (stored) {
    HG_ASSIGN(to, decode<DrawnTo>(*stored));
  }
  HG_ASSIGN(const auto decided, store::console_of(tx).quality_samples().decided(
                                    {to.decided_at, to.case_id}, now - settled_after, kDrawnAtOnce));
  if (decided.empty()) return {};
  for (const auto& place : decided) {
    if (chosen(place.case_id)) HG_TRY(draw_one(tx, place.case_id, now));
  }
  to = {decided.back().decided_at, decided.back().case_id};
  return tx.settings().put_global(kDrawnTo, encode(to));
}

Result<bool> Quality::suits(store::Tx& tx, const store::QualitySample& sample, const SecondLooker& looker,
                            UnixSeconds now) const {
  const auto me = looker.staff.id;
  if (sample.first == me || (looker.categories >> sample.category & 1U) == 0) return false;
  if (sample.second && sample.second != me && sample.held_until > now) return false;
  HG_ASSIGN(const auto one, tx.cases().find(sample.case_id));
  if (!one || !reads_language(looker.languages, one->language)) return false;
  HG_ASSIGN(const auto file, safety::open_file(*one, environment_.sealer));
  return std::ranges::none_of(file.proposals,
                              [me](const safety::Proposal& proposal) { return proposal.staff == me; });
}

Result<std::optional<store::QualitySample>> Quality::pick(store::Tx& tx, const SecondLooker& looker,
                                                          UnixSeconds now) const {
  auto& table = store::console_of(tx).quality_samples();
  std::optional<store::QualitySample> found;
  std::size_t seen = 0;
  for (std::int64_t after = 0; seen < kSamplesLookedThrough;) {
    HG_ASSIGN(auto page, table.waiting(after, kSamplesAtOnce));
    for (auto& sample : page) {
      after = sample.id;
      const bool held = sample.second == looker.staff.id && sample.held_until > now;
      if (found && !held) continue;
      HG_ASSIGN(const bool fits, suits(tx, sample, looker, now));
      if (!fits) continue;
      if (held) return std::move(sample);
      found = std::move(sample);
    }
    if (page.size() < kSamplesAtOnce) break;
    seen += page.size();
  }
  return found;
}

Task<Result<std::optional<SampleView>>> Quality::next(SecondLooker looker) const {
  const auto now = environment_.clock.unix_seconds();
  auto take = [this, now,
               looker = std::move(looker)](store::Tx& tx) -> Result<std::optional<store::QualitySample>> {
    HG_TRY(draw(tx, now));
    HG_ASSIGN(auto sample, pick(tx, looker, now));
    if (!sample) return std::nullopt;
    sample->second = looker.staff.id;
    sample->held_until = now + safety::Desk::claim_seconds;
    HG_TRY(store::console_of(tx).quality_samples().update(*sample));
    return sample;
  };
  CO_ASSIGN(auto sample, co_await environment_.store.write(std::move(take)));
  if (!sample) co_return std::nullopt;
  CO_ASSIGN(auto detail, co_await casework_.detail(sample->case_id));
  co_return SampleView{std::move(*sample), std::move(detail)};
}

Task<Result<SampleOutcome>> Quality::answer(safety::Staffer staff, std::int64_t id,
                                            SampleAnswer answer) const {
  const auto now = environment_.clock.unix_seconds();
  if (answer.effect == safety::Effect::allow) answer.clause.clear();
  const auto* const moderation = environment_.moderation;
  if (answer.effect != safety::Effect::allow && moderation != nullptr && moderation->gate() != nullptr &&
      moderation->gate()->rulebook()->rules->find(answer.clause) == nullptr) {
    co_return fail(Error::invalid("CLAUSE_UNKNOWN", "The rules in force have no clause of this name."));
  }
  auto body = [this, now, id, staff = std::move(staff),
               answer = std::move(answer)](store::Tx& tx) -> Result<SampleOutcome> {
    auto& table = store::console_of(tx).quality_samples();
    HG_ASSIGN(auto sample, table.find(id));
    if (!sample || sample->second != staff.id) return fail(unknown_sample());
    if (sample->answered_at != 0) {
      return fail(Error::invalid("SAMPLE_ANSWERED", "You have answered this one already."));
    }
    HG_ASSIGN(const auto one, tx.cases().find(sample->case_id));
    if (!one) return fail(unknown_sample());
    HG_ASSIGN(const auto file, safety::open_file(*one, environment_.sealer));
    if (!safety::fits(safety::kind_of(file), answer.effect)) {
      return fail(Error::invalid("EFFECT_UNFIT", "This cannot be done to what the case is about."));
    }
    sample->answered_at = now;
    sample->second_effect = static_cast<std::uint8_t>(answer.effect);
    sample->second_clause = answer.clause;
    if (!answer.note.empty()) {
      sample->sealed =
          safety::seal_words(answer.note, sample->case_id, environment_.sealer, environment_.random);
    }
    HG_TRY(table.update(*sample));
    const bool agrees =
        sample->first_effect == sample->second_effect && sample->first_clause == sample->second_clause;
    return SampleOutcome{std::move(*sample), agrees};
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<Agreement>> Quality::agreement(store::Day from, store::Day to, StaffId mine) const {
  const auto begin = from * UnixSeconds{86'400};
  const auto end = (to + UnixSeconds{1}) * 86'400;
  auto body = [begin, end](store::Tx& tx) {
    return store::console_of(tx).quality_samples().counts(begin, end);
  };
  CO_ASSIGN(const auto counts, co_await environment_.store.read(std::move(body)));
  Agreement agreement;
  std::map<std::uint8_t, Agreement::Share> categories;
  std::map<std::pair<std::uint8_t, std::uint8_t>, std::int64_t> pairs;
  for (const auto& row : counts) {
    const auto add = [&row](Agreement::Share& share) {
      share.samples += row.samples;
      if (row.same) share.agreed += row.samples;
    };
    add(agreement.all);
    add(categories[row.category]);
    if (row.second == mine) add(agreement.mine);
    if (row.first_effect != row.second_effect) pairs[{row.first_effect, row.second_effect}] += row.samples;
  }
  for (const auto& entry : categories) agreement.categories.push_back(entry);
  for (const auto& [pair, count] : pairs) agreement.pairs.push_back({pair.first, pair.second, count});
  std::ranges::sort(agreement.pairs, {}, [](const Agreement::Pair& pair) {
    return std::tuple(-pair.count, pair.first, pair.second);
  });
  agreement.kappa = kappa_of(counts);
  co_return agreement;
}

}  // namespace heliograph::services
