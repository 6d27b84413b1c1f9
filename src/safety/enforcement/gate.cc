#include "safety/enforcement/gate.h"

#include <algorithm>
#include <chrono>

namespace heliograph::safety {

namespace {

// One a thread: buffers grow to the longest text once, and are then used again.
thread_local Scanner scanner;
thread_local Verdict verdict;

}  // namespace

Judgement Gate::judgement(const Rulebook& book, const Verdict& found, std::span<const MediaPrint> media,
                          const Context& context, Seen seen) const {
  constexpr auto text = static_cast<std::size_t>(Witness::text);
  Judgement judgement;
  // How somebody writes is a witness of the text: media say what they say whoever sends them.
  auto evidence = found.evidence;
  evidence[text] = book.policy->raise(evidence[text], seen.measures, context, &judgement.signals);
  const auto decision = book.policy->decide(evidence, context);
  judgement.seen = std::move(seen);
  judgement.effect = decision.effect;
  judgement.proposed = decision.proposed;
  // A second stage reads the text alone.
  judgement.unsure = book.policy->unsure().holds(found.evidence[text]);
  ++stats_.judged[static_cast<std::size_t>(judgement.effect)];
  judgement.failed = found.failed;
  if (found.failed) ++stats_.failures;
  if (decision.shadow != nullptr) ++stats_.shadowed;
  if (!judgement.signals.empty()) ++stats_.raised;
  if (decision.rule == nullptr) return judgement;
  const auto& rule = *decision.rule;
  judgement.severity = decision.severity;
  judgement.category = rule.category;
  judgement.score = decision.score;
  judgement.rule = rule.id;
  judgement.clause = rule.clause;
  if (const auto* clause = book.rules->find(rule.clause)) {
    judgement.clause_title = clause->title;
    judgement.clause_text = clause->text;
  }
  for (const auto& hit : found.terms) {
    if (hit.term->effect != terms::SearchEffect::allow) judgement.terms.push_back(hit.term->id);
  }
  for (const auto& match : found.hash_matches) judgement.media.push_back(match.text());
  for (const auto& print : media) {
    if (print.image_model.empty()) continue;
    judgement.image_version = print.image_model;
    if (print.sexual >= 0.5f) {
      judgement.media.push_back(print.image_model + " sexual " +
                                std::to_string(static_cast<int>(print.sexual * 1000)) + " of 1000");
    }
  }
  judgement.hashes_version = found.versions.hashes;
  judgement.terms_version = found.versions.terms;
  judgement.links_version = found.versions.links;
  judgement.model_version = found.versions.model;
  judgement.policy_version = found.versions.policy;
  judgement.rules_version = book.rules->version();
  judgement.strike = rule.strike;
  judgement.countries = rule.countries;
  judgement.days = rule.days;
  judgement.limit = rule.limit;
  judgement.strikes = book.policy->strikes();
  judgement.machine_may_limit = book.policy->machine_may(Effect::limit_account);
  judgement.machine_may_ban = book.policy->machine_may(Effect::ban);
  return judgement;
}

Judgement Gate::judge(std::string_view text, std::span<const MediaPrint> media,
                      const Context& context) const {
  return judge(text, media, context, Measures{});
}

Judgement Gate::judge(std::string_view text, std::span<const MediaPrint> media, const Context& context,
                      const Measures& measures) const {
  const auto book = rulebook();
  scanner.scan(*book, text, media, context, verdict);
  Seen seen;
  seen.measures = measures;
  return judgement(*book, verdict, media, context, std::move(seen));
}

Judgement Gate::judge(std::string_view text, std::span<const MediaPrint> media, const Context& context,
                      const Writing& writing) const {
  const auto began = std::chrono::steady_clock::now();
  const auto book = rulebook();
  scanner.scan(*book, text, media, context, verdict);
  auto seen = signals_.look(book->policy->signals(), writing, scanner.print(), verdict.links.size());
  auto made = judgement(*book, verdict, media, context, std::move(seen));
  stats_.nanoseconds += static_cast<std::uint64_t>((std::chrono::steady_clock::now() - began).count());
  return made;
}

Judgement Gate::judge_again(std::string_view text, std::span<const MediaPrint> media, const Context& context,
                            const Writing& writing, const Scores& scores, const std::string& stage) const {
  const auto book = rulebook();
  scanner.scan(*book, text, media, context, verdict);
  auto seen = signals_.look(book->policy->signals(), writing, scanner.print(), verdict.links.size());
  return judge_again(*book, media, context, std::move(seen), scores, stage);
}

Judgement Gate::judge_again(std::string_view text, std::span<const MediaPrint> media, const Context& context,
                            const Measures& measures, const Scores& scores, const std::string& stage) const {
  const auto book = rulebook();
  scanner.scan(*book, text, media, context, verdict);
  Seen seen;
  seen.measures = measures;
  return judge_again(*book, media, context, std::move(seen), scores, stage);
}

Judgement Gate::judge_again(const Rulebook& book, std::span<const MediaPrint> media, const Context& context,
                            Seen seen, const Scores& scores, const std::string& stage) const {
  verdict.evidence[static_cast<std::size_t>(Witness::text)] = scores;
  auto made = judgement(book, verdict, media, context, std::move(seen));
  made.unsure = false;
  made.model_version += ", " + stage;
  return made;
}

void Gate::remember(const Judgement& judgement, const Writing& writing) const {
  signals_.remember(rulebook()->policy->signals(), writing, judgement.seen.print);
}

void Gate::joined(Peer place, UserId user, UnixSeconds user_since, UnixSeconds now) const {
  signals_.joined(rulebook()->policy->signals(), place, user, user_since, now);
}

void Gate::replace(std::shared_ptr<const Rulebook> rulebook) {
  const std::lock_guard lock(mutex_);
  rulebook_ = std::move(rulebook);
}

void Gate::replace_rules(const Rulebook& rulebook) {
  auto changed = std::make_shared<Rulebook>(rulebook);
  const std::lock_guard lock(mutex_);
  changed->hashes = rulebook_->hashes;
  rulebook_ = std::move(changed);
}

void Gate::replace(std::shared_ptr<const HashLists> hashes) {
  const std::lock_guard lock(mutex_);
  auto changed = std::make_shared<Rulebook>(*rulebook_);
  changed->hashes = std::move(hashes);
  rulebook_ = std::move(changed);
}

std::shared_ptr<const Rulebook> Gate::rulebook() const {
  const std::lock_guard lock(mutex_);
  return rulebook_;
}

}  // namespace heliograph::safety
