// Reason templates: what is decided most often, in words for the person affected.
#include "services/moderation/workplace.h"
#include "web/console/case_json.h"
#include "web/console/console.h"

namespace heliograph::web {

namespace {

// A bit for each SubjectKind.
std::optional<std::uint32_t> subjects_if(Fields& fields, const char* key) {
  const auto names = fields.texts_if(key, services::kCaseKindNames.size(), 16);
  if (!names) return std::nullopt;
  std::uint32_t bits = 0;
  for (const auto& name : *names) {
    const auto* found = std::ranges::find(services::kCaseKindNames, name);
    if (found == services::kCaseKindNames.end()) {
      fields.refuse(key, "a list of kinds of subjects");
      return std::nullopt;
    }
    bits |= 1U << (found - services::kCaseKindNames.begin());
  }
  return bits;
}

Json subject_names(std::uint32_t bits) {
  auto names = Json::array();
  for (std::size_t i = 0; i < services::kCaseKindNames.size(); ++i) {
    if ((bits >> i & 1U) != 0) names.push_back(services::kCaseKindNames[i]);
  }
  return names;
}

Json template_json(const store::ReasonTemplate& one, const CaseReader& reader) {
  Json json{{"id", one.id},
            {"title", one.title},
            {"effect", safety::name(static_cast<safety::Effect>(one.effect))},
            {"reason", one.reason},
            {"categories", category_names(one.categories)},
            {"subjects", subject_names(one.subjects)},
            {"place", one.place}};
  if (!one.clause.empty()) json["clause"] = one.clause;
  if (one.days != 0) json["days"] = one.days;
  if (!one.countries.empty()) json["countries"] = one.countries;
  if (!one.note.empty()) json["note_to_reporter"] = one.note;
  if (one.changed_by) {
    json["changed_at"] = one.changed_at;
    json["changed_by"] = staff_ref_json(reader, one.changed_by);
  }
  return json;
}

// The fields of TemplateInput.
store::ReasonTemplate template_in(Fields& fields) {
  store::ReasonTemplate one;
  one.title = fields.text("title", 1, 80);
  const auto effect = safety::effect_named(fields.text("effect", 1, 32));
  if (!effect || *effect == safety::Effect::review) {
    fields.refuse("effect", "one of the effects of /meta");
  } else {
    one.effect = static_cast<std::uint8_t>(*effect);
  }
  one.clause = fields.text_if("clause", 1, 64).value_or("");
  if (one.clause.empty() && effect && *effect != safety::Effect::allow) {
    fields.refuse("clause", "there, unless the effect is allow");
  }
  one.days = static_cast<std::int32_t>(fields.number_if("days", 1, safety::kDecisionDaysMost).value_or(0));
  one.countries =
      fields.texts_if("countries", safety::kCountriesMost, 2).value_or(std::vector<std::string>());
  one.reason = fields.text("reason", 1, 4000);
  one.note = fields.text_if("note_to_reporter", 0, 1000).value_or("");
  one.categories = fields.categories_if("categories").value_or(0);
  one.subjects = subjects_if(fields, "subjects").value_or(0);
  one.place = static_cast<std::int32_t>(fields.number_if("place", 0, 1000).value_or(1000));
  return one;
}

Task<Result<Reply>> list_templates(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto all, co_await parts.work.templates.list());
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  auto items = Json::array();
  for (const auto& one : all) items.push_back(template_json(one, reader));
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> add_template(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  auto wanted = template_in(fields);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto added, co_await parts.work.templates.add(staffer_of(call), std::move(wanted)));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{.status = 201, .json = template_json(added, reader)};
}

Task<Result<Reply>> put_template(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto wanted = template_in(fields);
  CO_TRY(fields.done());
  wanted.id = id;
  CO_ASSIGN(const auto changed, co_await parts.work.templates.put(staffer_of(call), std::move(wanted)));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{.json = template_json(changed, reader)};
}

Task<Result<Reply>> remove_template(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_TRY(co_await parts.work.templates.remove(staffer_of(call), id));
  co_return Reply{.status = 204};
}

}  // namespace

void add_templates(Door& door) {
  door.on("listTemplates", list_templates);
  door.on("addTemplate", add_template);
  door.on("putTemplate", put_template);
  door.on("removeTemplate", remove_template);
}

}  // namespace heliograph::web
