// The link that somebody new was given: whom it is for, and what they will sign in with.
#include "web/console/console.h"

namespace heliograph::web {

namespace {

Result<std::string> token_in(Call& call) {
  auto fields = call.fields();
  auto token = fields.text("token", 1, 128);
  HG_TRY(fields.done());
  return token;
}

Task<Result<Reply>> read_enrolment(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto token, token_in(call));
  CO_ASSIGN(const auto facts, co_await parts.sign_in.enrolment(std::move(token)));
  Json json{{"name", facts.member.name},
            {"role", staff::name(facts.member.role)},
            {"expires_at", facts.expires_at}};
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> enrol_passkey_options(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto token, token_in(call));
  CO_ASSIGN(const auto begun, co_await parts.sign_in.begin_enrolment(std::move(token)));
  co_return Reply{.json = creation_json(parts.sign_in.party(), begun.first.member, begun.second, {})};
}

Task<Result<Reply>> enrol_passkey(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  auto token = fields.text("token", 1, 128);
  const auto* passkey = fields.object("passkey");
  CO_TRY(fields.done());
  CO_ASSIGN(auto answer, registration_in(*passkey, call.at_fault, "passkey."));
  CO_ASSIGN(const auto entered,
            co_await parts.sign_in.enrol_passkey(std::move(token), std::move(answer.registration),
                                                 std::move(answer.label)));
  co_return entered_reply(parts, entered);
}

Task<Result<Reply>> enrol_totp_options(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto token, token_in(call));
  CO_ASSIGN(const auto offer, co_await parts.sign_in.offer_codes(std::move(token)));
  Json json{{"secret", offer.secret}, {"uri", offer.uri}};
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> enrol_totp(ConsoleParts& parts, Call& call) {
  auto fields = call.fields();
  auto token = fields.text("token", 1, 128);
  auto code = fields.text("code", 6, 8);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto entered, co_await parts.sign_in.enrol_codes(std::move(token), std::move(code)));
  co_return entered_reply(parts, entered);
}

}  // namespace

void add_enrolment(Door& door) {
  door.on("readEnrolment", read_enrolment);
  door.on("enrolPasskeyOptions", enrol_passkey_options);
  door.on("enrolPasskey", enrol_passkey);
  door.on("enrolTotpOptions", enrol_totp_options);
  door.on("enrolTotp", enrol_totp);
}

}  // namespace heliograph::web
