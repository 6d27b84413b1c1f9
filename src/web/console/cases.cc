// One case: what is known of it, who has it, and what people write about it.
#include <charconv>

#include "services/moderation/workplace.h"
#include "web/console/case_json.h"
#include "web/console/console.h"
#include "web/console/pages.h"

namespace heliograph::web {

namespace {

constexpr std::size_t kWordsMost = 4000;
constexpr services::Rate kTranslations{30, std::chrono::seconds(2)};  // of one person

// The first that the person reads.
std::string language_of(const Call& call) {
  const auto& languages = call.member().languages;
  return languages.empty() ? "en" : languages.front().substr(0, languages.front().find('-'));
}

Task<Result<Reply>> get_case(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  CO_ASSIGN(const auto detail, co_await parts.casework.detail(id));
  CO_TRY(co_await record_case_read(parts, call, id, detail.view.one.user));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  CO_ASSIGN(const auto kept,
            co_await parts.work.translations.kept(id, content_text(detail), language_of(call)));
  Reply reply{.json = case_json(detail, reader)};
  if (kept) reply.json["content"]["translation"] = *kept;
  co_return reply;
}

Task<Result<Reply>> translate_case(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto language = fields.text_if("language", 2, 3).value_or(language_of(call));
  CO_TRY(fields.done());
  if (!parts.work.translations.offered()) {
    co_return fail(Error::unavailable("NOT_OFFERED", "No translator is configured on this server."));
  }
  CO_TRY(parts.limits.take("translate", call.member().name, kTranslations));
  CO_ASSIGN(const auto detail, co_await parts.casework.detail(id));
  CO_TRY(co_await record_case_read(parts, call, id, detail.view.one.user));
  CO_ASSIGN(auto made, co_await parts.work.translations.make(id, content_text(detail), language));
  co_return Reply{.json = {{"language", language}, {"text", std::move(made)}}};
}

Task<Result<Reply>> claim_case(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto one, co_await parts.casework.claim(staffer_of(call), id));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{.json = claim_json(reader, one.assignee, one.assigned_until)};
}

Task<Result<Reply>> release_case(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_TRY(co_await parts.casework.release(staffer_of(call), id));
  co_return Reply{.status = 204};
}

Task<Result<Reply>> escalate_case(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto name = fields.text_if("queue", 1, 32);
  auto note = fields.text("note", 1, kWordsMost);
  const auto queue = name ? parts.gate.rulebook()->policy->routes().find(*name) : store::CaseQueue::seniors;
  if (!queue) fields.refuse("queue", "one of the queues of /meta");
  CO_TRY(fields.done());
  CO_TRY(co_await parts.casework.escalate(staffer_of(call), id, std::move(note), *queue));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  CO_ASSIGN(const auto detail, co_await parts.casework.detail(id));
  co_return Reply{.json = summary_json(detail.view, reader)};
}

Task<Result<Reply>> add_note(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto text = fields.text("text", 1, kWordsMost);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto event, co_await parts.casework.note(staffer_of(call), id, text));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{
      .status = 201,
      .json = {
          {"id", event.id}, {"at", event.at}, {"by", staff_ref_json(reader, event.staff)}, {"text", text}}};
}

Task<Result<Reply>> open_case(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  auto subject = fields.text("subject", 1, 128);
  const auto category = terms::category_of(fields.text("category", 1, 32));
  if (!category) fields.refuse("category", "a category of harm");
  auto note = fields.text("note", 1, kWordsMost);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto opened,
            co_await parts.casework.open(staffer_of(call), std::move(subject), *category, std::move(note)));
  CO_ASSIGN(const auto detail, co_await parts.casework.detail(opened.case_id));
  CO_TRY(co_await record_case_read(parts, call, opened.case_id, detail.view.one.user));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  co_return Reply{.status = opened.is_new ? 201 : 200, .json = summary_json(detail.view, reader)};
}

Task<Result<Reply>> get_media(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  const auto index = call.request.path_value("index");
  Query query(call);
  const auto blur = query.text("blur", 5).value_or("true");
  if (blur != "true" && blur != "false") query.refuse("blur", "true or false");
  CO_TRY(query.done());
  if (parts.work.media == nullptr) {
    co_return fail(Error::unavailable("NOT_OFFERED", "Pictures are not shown on this server."));
  }
  std::size_t number = 0;
  const auto [end, failed] = std::from_chars(index.data(), index.data() + index.size(), number);
  if (failed != std::errc() || end != index.data() + index.size()) {
    co_return fail(Error::not_found("MEDIA_UNKNOWN", "There is no picture of this number."));
  }
  const bool veiled = blur == "true";
  CO_ASSIGN(const auto one, co_await parts.casework.found(id));
  CO_TRY(co_await record_case_read(parts, call, id, one.user));
  CO_ASSIGN(auto picture, co_await parts.work.media->picture(id, number, veiled));
  // Before it is shown: whoever is shown it has been exposed, whatever becomes of the answer.
  if (!veiled) CO_TRY(co_await parts.work.wellness.shown(call.member().id));
  Reply reply;
  reply.content_type = "image/jpeg";
  reply.bytes.assign(picture.begin(), picture.end());
  co_return reply;
}

}  // namespace

void add_cases(Door& door) {
  door.on("getCase", get_case);
  door.on("claimCase", claim_case);
  door.on("releaseCase", release_case);
  door.on("escalateCase", escalate_case);
  door.on("addNote", add_note);
  door.on("openCase", open_case);
  door.on("translateCase", translate_case);
  door.on("getMedia", get_media);
}

}  // namespace heliograph::web
