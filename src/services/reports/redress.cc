#include "services/reports/redress.h"

#include <algorithm>

#include "base/codec.h"
#include "safety/cases/desk.h"
#include "safety/cases/report_file.h"
#include "safety/enforcement/enforcer.h"
#include "safety/enforcement/found.h"
#include "safety/enforcement/statement.h"
#include "services/accounts/codes.h"
#include "services/chats/append.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

namespace {

constexpr std::string_view pass_about = "redress-pass";
constexpr std::size_t own_messages_max = 500;  // of one campaign

// What a pass says.
struct Pass {
  UserId user;
  UnixSeconds until = 0;
  void fields(auto& codec) { codec(user, until); }
};

Error expired() {
  return Error::unauthorized("PASS_EXPIRED", "This page is too old. Ask for a new code.");
}

Error wrong_code() {
  return Error::invalid("PHONE_CODE_INVALID", "The code is wrong.");
}

// Of a campaign, the reasons of the messages that are the user's own.
Result<std::vector<std::string>> own_reasons(store::Tx& tx, std::int64_t case_id, UserId user,
                                             const crypto::Sealer& sealer) {
  std::vector<std::string> out;
  HG_ASSIGN(const auto members, tx.cases().members_of(case_id, user, own_messages_max));
  for (const auto& member : members) {
    HG_ASSIGN(const auto file, safety::open_member(member, sealer));
    for (const auto& one : file.statements) {
      out.push_back(safety::reasons(one, safety::what_of(file), file.title));
    }
  }
  return out;
}

Result<std::vector<std::string>> reasons_of(store::Tx& tx, const store::Case& one, UserId user,
                                            const crypto::Sealer& sealer) {
  if (!safety::Enforcer::campaign_of(one).empty()) return own_reasons(tx, one.id, user, sealer);
  std::vector<std::string> out;
  if (one.user != user) return out;
  HG_ASSIGN(const auto file, safety::open_file(one, sealer));
  for (const auto& statement : file.statements) {
    out.push_back(safety::reasons(statement, safety::what_of(file), file.message ? file.title : ""));
  }
  return out;
}

Result<std::vector<AppealTold>> appeals_of(store::Tx& tx, std::int64_t case_id, UserId user,
                                           const crypto::Sealer& sealer) {
  std::vector<AppealTold> out;
  HG_ASSIGN(const auto rows, tx.cases().appeals_of(case_id));
  for (const auto& row : rows) {
    if (row.user != user) continue;
    HG_ASSIGN(auto file, safety::open_appeal(row, sealer));
    out.push_back({row.at, row.decided_at, row.state, std::move(file.text), std::move(file.answer)});
  }
  return out;
}

// Of decisions that affect the user, those that they were told of.
Result<std::vector<DecisionTold>> told(store::Tx& tx, UserId user, const safety::Desk& desk,
                                       const crypto::Sealer& sealer) {
  std::vector<DecisionTold> out;
  HG_ASSIGN(const auto cases, tx.cases().of_user(user, Redress::decisions_max));
  for (const auto& one : cases) {
    HG_ASSIGN(auto reasons, reasons_of(tx, one, user, sealer));
    if (reasons.empty()) continue;
    DecisionTold decision;
    decision.case_id = one.id;
    decision.at = std::max(one.decided_at, one.opened_at);
    decision.reasons = std::move(reasons);
    HG_ASSIGN(decision.appeals, appeals_of(tx, one.id, user, sealer));
    decision.reversed = one.state == store::CaseState::reversed;
    decision.open_to_appeal = desk.may_appeal(tx, user, one).has_value();
    out.push_back(std::move(decision));
  }
  return out;
}

Result<const safety::Desk*> must_have_desk(const Environment& environment) {
  const auto* desk = desk_of(environment);
  if (desk == nullptr) return fail(Error::not_found("CASE_UNKNOWN", "There are no cases on this server."));
  return desk;
}

}  // namespace

Bytes Redress::digest(std::string_view handle, std::string_view code) const {
  return code_digest(environment_, "redress-code", handle, code);
}

std::string Redress::pass_for(UserId user) const {
  const auto plain = encode(Pass{user, environment_.clock.unix_seconds() + pass_seconds});
  return to_hex(environment_.sealer.seal(plain, as_bytes(pass_about), environment_.random));
}

Result<UserId> Redress::user_of(const std::string& pass) const {
  const auto plain = environment_.sealer.open(from_hex(pass), as_bytes(pass_about));
  if (!plain) return fail(expired());
  const auto read = decode<Pass>(*plain);
  if (!read || read->until <= environment_.clock.unix_seconds()) return fail(expired());
  return read->user;
}

Task<Result<std::string>> Redress::send_code(std::string client, std::string phone) {
  CO_ASSIGN(const auto number, parse_phone(phone));
  CO_TRY(limits_.take("code", network_of(client), numbers_.codes_per_ip));
  CO_TRY(must_have_desk(environment_));
  const auto code = new_code(environment_.random, SentCode::length);
  store::SignInCode row;  // with no authorization key: nobody can sign in with it
  row.code_hash = to_hex(environment_.random.bytes(16));
  row.phone_index = phone_index(environment_, number);
  row.code_digest = digest(row.code_hash, code);
  row.sent_at = environment_.clock.unix_seconds();
  row.expires_at = row.sent_at + numbers_.code_lifetime;
  auto body = [row, numbers = numbers_](store::Tx& tx) -> Result<bool> {
    HG_ASSIGN(const auto codes, tx.accounts().codes_of(row.phone_index));
    HG_TRY(check_code_floods(codes, numbers, row.sent_at));
    HG_TRY(tx.accounts().put_code(row));
    HG_ASSIGN(const auto account, tx.accounts().find_by_phone(row.phone_index));
    if (!account) return false;
    // Where nothing was done yet, a code would tell that somebody is being looked at.
    HG_ASSIGN(const auto cases, tx.cases().of_user(account->id, decisions_max));
    return std::ranges::any_of(cases, [](const store::Case& one) { return one.record != 0; });
  };
  CO_ASSIGN(const bool something, co_await environment_.store.write(std::move(body)));
  if (something) {
    CodeMessage message;
    message.purpose = CodeMessage::Purpose::appeal;
    message.address = number.international();
    message.code = code;
    message.at = row.sent_at;
    CO_TRY(codes_.send(std::move(message)));
  }
  co_return row.code_hash;
}

Task<Result<std::string>> Redress::open(std::string phone, std::string handle, std::string code) {
  CO_ASSIGN(const auto number, parse_phone(phone));
  // A wrong code must be counted, so the transaction has to succeed: the error travels inside the value.
  using Answer = Result<UserId>;
  auto body = [handle, given = digest(handle, code), index = phone_index(environment_, number),
               now = environment_.clock.unix_seconds(), numbers = numbers_](store::Tx& tx) -> Result<Answer> {
    HG_ASSIGN(auto row, usable_code(tx, AuthKeyId{}, index, handle, now));
    HG_ASSIGN(const bool right, try_code(tx, row, given, numbers, now));
    if (!right) return Answer{fail(wrong_code())};
    HG_ASSIGN(const auto account, tx.accounts().find_by_phone(index));
    if (!account) return Answer{fail(wrong_code())};
    HG_TRY(tx.accounts().delete_code(handle));
    HG_TRY(send_notice(
        tx, now, account->id,
        "Decisions of moderators about your account were read outside the messenger, with a "
        "code sent to your phone number. If that was not you, somebody else reads your messages."));
    return Answer{account->id};
  };
  CO_ASSIGN(const auto user, co_await environment_.store.write(std::move(body)));
  if (!user) co_return fail(user.error());
  co_return pass_for(*user);
}

Task<Result<std::vector<DecisionTold>>> Redress::decisions(std::string pass) const {
  CO_ASSIGN(const auto user, user_of(pass));
  CO_ASSIGN(const auto* desk, must_have_desk(environment_));
  auto body = [user, desk, &sealer = environment_.sealer](store::Tx& tx) {
    return told(tx, user, *desk, sealer);
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::int64_t>> Redress::appeal(std::string pass, std::int64_t case_id, std::string text) {
  CO_ASSIGN(const auto user, user_of(pass));
  CO_ASSIGN(const auto* desk, must_have_desk(environment_));
  auto body = [user, case_id, text = std::move(text), desk](store::Tx& tx) {
    return desk->appeal(tx, user, case_id, text, "web_form");
  };
  co_return co_await environment_.store.write(std::move(body));
}

}  // namespace heliograph::services
