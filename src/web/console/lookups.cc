// Looking up members and chats, and saying that they are who they say. It is written down first, with its
// reason.
#include "ledger/record.h"
#include "services/moderation/workplace.h"
#include "web/console/case_json.h"
#include "web/console/console.h"

namespace heliograph::web {

namespace {

struct ReadReason {
  std::string reason;
  std::int64_t case_id = 0;
};

ReadReason reason_in(Fields& fields) {
  ReadReason why;
  why.reason = fields.text("reason", 3, 500);
  why.case_id = fields.number_if("case_id", 1, kIdMax).value_or(0);
  return why;
}

// Of each of them; of nobody in particular where there is nobody.
Task<Status> record_lookup(ConsoleParts& parts, const Call& call, const ReadReason& why,
                           std::vector<UserId> accounts) {
  if (accounts.empty()) accounts.push_back(UserId{});
  for (const auto account : accounts) {
    store::StaffRead read;
    read.at = call.now;
    read.who = call.member().name;
    read.what = std::string(call.endpoint.operation);
    read.account = account;
    read.reason = why.reason;
    read.staff = call.member().id;
    read.case_id = why.case_id;
    CO_TRY(co_await parts.directory.record_read(std::move(read)));
  }
  co_return Status();
}

// With what it is called in a case.
Json chat_card_json(const services::PlaceView& place) {
  auto json = place_json(place);
  json["subject"] = ledger::Subject::of(place.peer).text;
  return json;
}

Json post_json(const services::ContextEntry& entry) {
  return {{"id", entry.id.value},         {"at", entry.date}, {"text", entry.text},
          {"media", entry.media ? 1 : 0}, {"subject", false}, {"withheld", entry.withheld}};
}

Task<Result<Reply>> find_members(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  const auto why = reason_in(fields);
  auto query = fields.text("query", 1, 128);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto people, co_await parts.work.lookup.members(std::move(query)));
  std::vector<UserId> accounts;
  auto items = Json::array();
  for (const auto& person : people) {
    accounts.push_back(person.id);
    items.push_back(person_json(person));
  }
  CO_TRY(co_await record_lookup(parts, call, why, std::move(accounts)));
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> read_member(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto why = reason_in(fields);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto found, co_await parts.work.lookup.member(UserId{id}));
  std::vector<UserId> whose{UserId{id}};
  CO_TRY(co_await record_lookup(parts, call, why, std::move(whose)));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  auto cases = Json::array();
  for (const auto& view : found.cases) cases.push_back(summary_json(view, reader));
  auto chats = Json::array();
  for (const auto& place : found.places) chats.push_back(chat_card_json(place));
  Json reporting{
      {"reports", found.reports}, {"right", found.record.upheld}, {"wrong", found.record.rejected}};
  if (found.paused_until != 0) reporting["paused_until"] = found.paused_until;
  Json json{{"card", person_json(found.person)},
            {"cases", cases},
            {"chats", chats},
            {"reporting", std::move(reporting)}};
  if (!found.about.empty()) json["about"] = found.about;
  if (found.open_case != 0) json["open_case"] = found.open_case;
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> find_chats(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  const auto why = reason_in(fields);
  auto query = fields.text("query", 1, 128);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto places, co_await parts.work.lookup.chats(std::move(query)));
  CO_TRY(co_await record_lookup(parts, call, why, std::vector<UserId>()));
  auto items = Json::array();
  for (const auto& place : places) items.push_back(chat_card_json(place));
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> read_chat(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto why = reason_in(fields);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto found, co_await parts.work.lookup.chat(Peer::of(ChannelId{id})));
  std::vector<UserId> whose;
  if (found.owner) whose.push_back(found.owner->id);
  CO_TRY(co_await record_lookup(parts, call, why, std::move(whose)));
  CO_ASSIGN(const auto reader, co_await case_reader(parts, call));
  auto cases = Json::array();
  for (const auto& view : found.cases) cases.push_back(summary_json(view, reader));
  auto posts = Json::array();
  for (const auto& entry : found.posts) posts.push_back(post_json(entry));
  Json json{{"card", chat_card_json(found.place)}, {"cases", cases}};
  if (found.place.open) json["posts"] = posts;
  if (!found.about.empty()) json["about"] = found.about;
  if (found.owner) json["owner"] = person_json(*found.owner);
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> verify_member(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto why = reason_in(fields);
  const bool verified = fields.flag("verified");
  CO_TRY(fields.done());
  std::vector<UserId> whose{UserId{id}};
  CO_TRY(co_await record_lookup(parts, call, why, std::move(whose)));
  CO_TRY(co_await parts.work.verification.member(UserId{id}, verified));
  co_return Reply{.status = 204};
}

Task<Result<Reply>> verify_chat(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto why = reason_in(fields);
  const bool verified = fields.flag("verified");
  CO_TRY(fields.done());
  CO_TRY(co_await record_lookup(parts, call, why, std::vector<UserId>()));
  CO_TRY(co_await parts.work.verification.chat(Peer::of(ChannelId{id}), verified));
  co_return Reply{.status = 204};
}

}  // namespace

void add_lookups(Door& door) {
  door.on("findMembers", find_members);
  door.on("readMember", read_member);
  door.on("verifyMember", verify_member);
  door.on("findChats", find_chats);
  door.on("readChat", read_chat);
  door.on("verifyChat", verify_chat);
}

}  // namespace heliograph::web
