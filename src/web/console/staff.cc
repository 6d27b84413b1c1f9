// Who is on the staff, and what they have read of people's data.
#include <algorithm>

#include "web/console/console.h"
#include "web/console/pages.h"

namespace heliograph::web {

namespace {

constexpr std::size_t kLanguagesMax = 50;

std::string_view state_name(const store::StaffMember& member, UnixSeconds now) {
  switch (member.state) {
    case store::StaffState::invited:
      return "invited";
    case store::StaffState::active:
      return member.locked_until > now ? "locked" : "active";
    case store::StaffState::disabled:
      return "disabled";
  }
  return "disabled";
}

Json member_json(const staff::MemberFacts& facts, UnixSeconds now) {
  const auto& member = facts.member;
  auto credentials = Json::array();
  if (facts.has_passkey) credentials.push_back("passkey");
  if (!member.totp_sealed.empty()) credentials.push_back("totp");
  if (facts.has_token) credentials.push_back("token");
  Json json{{"id", member.id.value},
            {"name", member.name},
            {"role", staff::name(member.role)},
            {"state", state_name(member, now)},
            {"languages", member.languages},
            {"categories", category_names(member.categories)},
            {"credentials", credentials},
            {"added_at", member.created_at}};
  if (facts.seen_at > 0) json["seen_at"] = facts.seen_at;
  return json;
}

Json enrolment_json(const ConsoleParts& parts, const staff::Invited& invited, UnixSeconds now) {
  return {{"member", member_json(invited.facts, now)},
          {"url", parts.sign_in.party().origin + "/console#/enrol/" + invited.token},
          {"expires_at", invited.expires_at}};
}

staff::MemberChange skills_in(Fields& fields) {
  staff::MemberChange skills;
  skills.languages = fields.texts_if("languages", kLanguagesMax, 35);
  skills.categories = fields.categories_if("categories");
  if (skills.languages && !std::ranges::all_of(*skills.languages, is_language)) {
    fields.refuse("languages", "a list of languages, like \"de\" or \"pt-BR\"");
  }
  return skills;
}

std::optional<staff::Role> role_in(Fields& fields, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto role = staff::role_of(*text);
  if (!role) fields.refuse("role", "one of the roles of the staff");
  return role;
}

Task<Result<Reply>> list_staff(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto all, co_await parts.directory.list());
  auto items = Json::array();
  for (const auto& facts : all) items.push_back(member_json(facts, call.now));
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> add_somebody(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  auto name = fields.text("name", 1, 64);
  const auto role = role_in(fields, fields.text("role", 1, 32));
  auto skills = skills_in(fields);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto invited,
            co_await parts.directory.add(call.member().id, std::move(name), *role, std::move(skills)));
  co_return Reply{.status = 201, .json = enrolment_json(parts, invited, call.now)};
}

Task<Result<Reply>> change_staff(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto role = role_in(fields, fields.text_if("role", 1, 32));
  auto change = skills_in(fields);
  change.role = role;
  CO_TRY(fields.done());
  CO_ASSIGN(const auto facts,
            co_await parts.directory.change(call.member().id, StaffId{id}, std::move(change)));
  co_return Reply{.json = member_json(facts, call.now)};
}

Task<Result<Reply>> renew_enrolment(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  CO_ASSIGN(const auto invited, co_await parts.directory.renew(call.member().id, StaffId{id}));
  co_return Reply{.status = 201, .json = enrolment_json(parts, invited, call.now)};
}

Task<Result<Reply>> disable_staff(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto reason = fields.text("reason", 1, 4000);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto facts,
            co_await parts.directory.disable(call.member().id, StaffId{id}, std::move(reason)));
  co_return Reply{.json = member_json(facts, call.now)};
}

Json read_json(const store::StaffRead& read) {
  Json json{{"id", read.id},
            {"at", read.at},
            {"by", {{"id", read.staff.value}, {"name", read.who}}},
            {"what", read.what},
            {"reason", read.reason}};
  if (read.account) json["member"] = read.account.value;
  if (read.case_id != 0) json["case_id"] = read.case_id;
  return json;
}

Task<Result<Reply>> list_reads(ConsoleParts& parts, Call& call) {
  Query query(call);
  store::StaffReadFilter filter;
  filter.staff = StaffId{query.number("staff", 1, kIdMax).value_or(0)};
  filter.account = UserId{query.number("member", 1, kIdMax).value_or(0)};
  const auto limit = query.limit();
  const auto before = query.cursor();
  CO_TRY(query.done());
  CO_ASSIGN(const auto reads, co_await parts.directory.reads(filter, before.value_or(0), limit));
  auto items = Json::array();
  for (const auto& read : reads) items.push_back(read_json(read));
  Json json{{"items", items}};
  if (reads.size() == limit) json["next"] = query.next(reads.back().id);
  co_return Reply{.json = std::move(json)};
}

}  // namespace

void add_staff(Door& door) {
  door.on("listStaff", list_staff);
  door.on("addStaff", add_somebody);
  door.on("changeStaff", change_staff);
  door.on("renewEnrolment", renew_enrolment);
  door.on("disableStaff", disable_staff);
  door.on("listReads", list_reads);
}

}  // namespace heliograph::web
