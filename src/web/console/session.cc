// Signing in and out, stepping up, one's own settings and credentials.
#include "staff/base64url.h"
#include "web/console/console.h"

namespace heliograph::web {

namespace {

constexpr services::Rate kCodesOfOneName{10, std::chrono::seconds(10)};
constexpr std::int64_t kCodesId = kIdMax;  // what the one-time codes have for a number

Json default_settings() {
  return {{"blur", true}, {"grey", true}, {"break_after", 40}, {"theme", "auto"}};
}

Json request_json(const ConsoleParts& parts, ByteView challenge, const std::vector<store::Passkey>& allowed) {
  const auto text = staff::to_base64url(challenge);
  auto credentials = Json::array();
  for (const auto& passkey : allowed) {
    credentials.push_back({{"type", "public-key"}, {"id", staff::to_base64url(passkey.id)}});
  }
  const Json options{{"challenge", text},
                     {"rpId", parts.sign_in.party().id},
                     {"timeout", 300'000},
                     {"userVerification", "required"},
                     {"allowCredentials", credentials}};
  return {{"challenge_id", text}, {"options", options}};
}

Json passkey_json(const store::Passkey& passkey) {
  return {{"id", passkey.number},
          {"kind", "passkey"},
          {"label", passkey.label},
          {"added_at", passkey.created_at},
          {"used_at", passkey.used_at}};
}

Task<Result<Reply>> get_session(ConsoleParts&, Call& call) {
  co_return Reply{.json = session_json(*call.visitor)};
}

Task<Result<Reply>> sign_out(ConsoleParts& parts, Call& call) {
  CO_TRY(co_await parts.sign_in.leave(*call.visitor));
  Reply reply{.status = 204};
  reply.headers.push_back(no_session_cookie(parts.sign_in.party()));
  co_return reply;
}

Task<Result<Reply>> passkey_options(ConsoleParts& parts, Call&) {
  co_return Reply{.json = request_json(parts, parts.sign_in.challenge(), {})};
}

Task<Result<Reply>> passkey_sign_in(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto assertion, assertion_in(call.body, call.at_fault, ""));
  CO_ASSIGN(const auto entered, co_await parts.sign_in.enter_with_passkey(std::move(assertion)));
  co_return entered_reply(parts, entered);
}

Task<Result<Reply>> totp_sign_in(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  auto name = fields.text("name", 1, 64);
  auto code = fields.text("code", 6, 8);
  CO_TRY(fields.done());
  // Also for names that nobody has, so that a wait says nothing.
  CO_TRY(parts.limits.take("console code", name, kCodesOfOneName));
  CO_ASSIGN(const auto entered, co_await parts.sign_in.enter_with_code(std::move(name), std::move(code)));
  co_return entered_reply(parts, entered);
}

Task<Result<Reply>> step_up_options(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto have, co_await parts.sign_in.passkeys(call.member().id));
  Json json{{"totp", !call.member().totp_sealed.empty()}};
  if (!have.empty()) json["passkey"] = request_json(parts, parts.sign_in.challenge(call.member().id), have);
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> step_up(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  const auto* passkey = fields.object("passkey", false);
  auto code = fields.text_if("code", 6, 8);
  if ((passkey != nullptr) == code.has_value()) fields.refuse("code", "there, or passkey, but not both");
  CO_TRY(fields.done());
  if (call.visitor->by_program()) {
    co_return fail(Error::invalid("STEP_UP_NEEDLESS", "A program's token needs no step-up."));
  }
  if (passkey != nullptr) {
    CO_ASSIGN(auto assertion, assertion_in(*passkey, call.at_fault, "passkey."));
    CO_ASSIGN(const auto visitor,
              co_await parts.sign_in.prove_with_passkey(*call.visitor, std::move(assertion)));
    co_return Reply{.json = session_json(visitor)};
  }
  CO_ASSIGN(const auto visitor, co_await parts.sign_in.prove_with_code(*call.visitor, std::move(*code)));
  co_return Reply{.json = session_json(visitor)};
}

Task<Result<Reply>> put_settings(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  Json settings = default_settings();
  settings["blur"] = fields.flag("blur");
  settings["grey"] = fields.flag("grey");
  settings["break_after"] = fields.number("break_after", 5, 200);
  settings["theme"] = fields.text("theme", 1, 8);
  if (settings["theme"] != "auto" && settings["theme"] != "light" && settings["theme"] != "dark") {
    fields.refuse("theme", "auto, light or dark");
  }
  const auto opt_outs = fields.categories_if("opt_out");
  if (!opt_outs) fields.refuse("opt_out", "a list of categories of harm");
  CO_TRY(fields.done());
  auto text = settings.dump();
  CO_ASSIGN(call.visitor->member,
            co_await parts.directory.set_settings(call.member().id, std::move(text), *opt_outs));
  co_return Reply{.json = session_json(*call.visitor)};
}

Task<Result<Reply>> list_credentials(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto have, co_await parts.sign_in.passkeys(call.member().id));
  auto items = Json::array();
  for (const auto& passkey : have) items.push_back(passkey_json(passkey));
  if (!call.member().totp_sealed.empty()) {
    items.push_back({{"id", kCodesId}, {"kind", "totp"}, {"added_at", call.member().created_at}});
  }
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> remove_credential(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto id, call.id());
  CO_TRY(co_await parts.sign_in.remove_credential(*call.visitor, id == kCodesId ? 0 : id));
  co_return Reply{.status = 204};
}

Task<Result<Reply>> add_passkey_options(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(const auto have, co_await parts.sign_in.passkeys(call.member().id));
  const auto challenge = parts.sign_in.begin_passkey(*call.visitor);
  co_return Reply{.json = creation_json(parts.sign_in.party(), call.member(), challenge, have)};
}

Task<Result<Reply>> add_passkey(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto answer, registration_in(call.body, call.at_fault, ""));
  CO_ASSIGN(const auto added, co_await parts.sign_in.add_passkey(
                                  *call.visitor, std::move(answer.registration), std::move(answer.label)));
  co_return Reply{.status = 201, .json = passkey_json(added)};
}

}  // namespace

std::int32_t break_after_of(const store::StaffMember& member) {
  const auto settings = Json::parse(member.settings, nullptr, false);
  const auto all = settings.is_object() && settings.contains("break_after") ? settings : default_settings();
  return all["break_after"].get<std::int32_t>();
}

Json session_json(const staff::Visitor& visitor) {
  const auto& member = visitor.member;
  auto settings = Json::parse(member.settings, nullptr, false);
  if (!settings.is_object()) settings = default_settings();
  settings["opt_out"] = category_names(member.opt_outs);
  return {{"id", member.id.value},
          {"name", member.name},
          {"role", staff::name(member.role)},
          {"expires_at", visitor.token.expires_at},
          {"idle_seconds", visitor.by_program() ? visitor.token.expires_at - visitor.token.created_at
                                                : staff::kSessionIdleSeconds},
          {"stepped_up_until", visitor.proved_until()},
          {"languages", member.languages},
          {"categories", category_names(member.categories)},
          {"settings", settings}};
}

Reply entered_reply(const ConsoleParts& parts, const staff::Entered& entered) {
  Reply reply{.json = session_json(entered.visitor)};
  reply.headers.push_back(session_cookie(parts.sign_in.party(), entered.token));
  return reply;
}

void add_session(Door& door) {
  door.on("getSession", get_session);
  door.on("signOut", sign_out);
  door.on("passkeyOptions", passkey_options);
  door.on("passkeySignIn", passkey_sign_in);
  door.on("totpSignIn", totp_sign_in);
  door.on("stepUpOptions", step_up_options);
  door.on("stepUp", step_up);
  door.on("putSettings", put_settings);
  door.on("listCredentials", list_credentials);
  door.on("removeCredential", remove_credential);
  door.on("addPasskeyOptions", add_passkey_options);
  door.on("addPasskey", add_passkey);
}

}  // namespace heliograph::web
