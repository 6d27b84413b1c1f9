// Second looks without knowing the first, and how far they agree.
#include "services/moderation/workplace.h"
#include "web/console/case_json.h"
#include "web/console/console.h"
#include "web/console/pages.h"

namespace heliograph::web {

namespace {

Json share_json(const services::Agreement::Share& share) {
  return {{"samples", share.samples}, {"agreed", share.agreed}};
}

Task<Result<Reply>> next_sample(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  CO_TRY(fields.done());
  const auto& member = call.member();
  services::SecondLooker looker{staffer_of(call), shown_categories(member), member.languages};
  CO_ASSIGN(const auto found, co_await parts.work.quality.next(std::move(looker)));
  if (!found) co_return Reply{.status = 204};
  const auto& one = found->detail.view.one;
  CO_TRY(co_await record_case_read(parts, call, one.id, one.user));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{.json = sample_json(found->sample.id, found->detail, reader)};
}

Task<Result<Reply>> answer_sample(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  services::SampleAnswer answer;
  const auto effect = safety::effect_named(fields.text("effect", 1, 32));
  if (!effect || *effect == safety::Effect::review) fields.refuse("effect", "one of the effects of /meta");
  answer.clause = fields.text_if("clause", 1, 64).value_or("");
  answer.note = fields.text_if("note", 0, 4000).value_or("");
  CO_TRY(fields.done());
  answer.effect = *effect;
  CO_ASSIGN(const auto outcome, co_await parts.work.quality.answer(staffer_of(call), id, std::move(answer)));
  const auto& sample = outcome.sample;
  Json json{{"agrees", outcome.agrees},
            {"case_id", sample.case_id},
            {"effect", safety::name(static_cast<safety::Effect>(sample.first_effect))},
            {"by_machine", !sample.first}};
  if (!sample.first_clause.empty()) json["clause"] = sample.first_clause;
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> get_agreement(ConsoleParts& parts, Call& call) {
  Query query(call);
  const auto [from, to] = query.days();
  CO_TRY(query.done());
  CO_ASSIGN(const auto agreement, co_await parts.work.quality.agreement(from, to, call.member().id));
  auto categories = Json::array();
  for (const auto& [category, share] : agreement.categories) {
    auto json = share_json(share);
    json["category"] = terms::name(static_cast<terms::Category>(category));
    categories.push_back(std::move(json));
  }
  auto pairs = Json::array();
  for (const auto& pair : agreement.pairs) {
    pairs.push_back({{"first", safety::name(static_cast<safety::Effect>(pair.first))},
                     {"second", safety::name(static_cast<safety::Effect>(pair.second))},
                     {"count", pair.count}});
  }
  Json json{{"samples", agreement.all.samples},
            {"agreed", agreement.all.agreed},
            {"categories", categories},
            {"pairs", pairs}};
  if (agreement.kappa) json["kappa"] = *agreement.kappa;
  const auto role = call.member().role;
  if (role == staff::Role::moderator || role == staff::Role::senior_moderator) {
    json["mine"] = share_json(agreement.mine);
  }
  co_return Reply{.json = std::move(json)};
}

}  // namespace

void add_quality(Door& door) {
  door.on("nextSample", next_sample);
  door.on("answerSample", answer_sample);
  door.on("getAgreement", get_agreement);
}

}  // namespace heliograph::web
