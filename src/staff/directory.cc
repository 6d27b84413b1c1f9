#include "staff/directory.h"

#include <algorithm>

namespace heliograph::staff {

namespace {

using store::StaffState;
using store::StaffToken;

Result<MemberFacts> facts_of(store::Staff& staff, store::StaffMember member, UnixSeconds now) {
  MemberFacts facts;
  HG_ASSIGN(const auto passkeys, staff.passkeys(member.id));
  facts.has_passkey = !passkeys.empty();
  for (const auto& passkey : passkeys) facts.seen_at = std::max(facts.seen_at, passkey.used_at);
  HG_ASSIGN(const auto tokens, staff.tokens(member.id));
  for (const auto& token : tokens) {
    facts.has_token = facts.has_token || (token.kind == StaffToken::Kind::api && token.expires_at > now);
    facts.seen_at = std::max(facts.seen_at, token.kind == StaffToken::Kind::session ? token.used_at : 0);
  }
  facts.member = std::move(member);
  return facts;
}

Result<Deed> deed_of(store::Staff& staff, StaffId by, UnixSeconds now) {
  HG_ASSIGN(auto doer, must_find(staff, by));
  return Deed{std::move(doer.name), now};
}

}  // namespace

Task<Result<std::vector<MemberFacts>>> Directory::list() {
  const auto now = clock_.unix_seconds();
  const auto body = [=](store::Tx& tx) -> Result<std::vector<MemberFacts>> {
    HG_ASSIGN(auto members, store::staff_of(tx).list());
    std::vector<MemberFacts> all;
    for (auto& member : members) {
      HG_ASSIGN(auto facts, facts_of(store::staff_of(tx), std::move(member), now));
      all.push_back(std::move(facts));
    }
    std::ranges::sort(all, {}, [](const MemberFacts& facts) {
      return std::pair(facts.member.state == StaffState::disabled, facts.member.name);
    });
    return all;
  };
  co_return co_await store_.read(body);
}

Task<Result<std::map<StaffId, std::string>>> Directory::names() {
  const auto body = [](store::Tx& tx) -> Result<std::map<StaffId, std::string>> {
    HG_ASSIGN(auto members, store::staff_of(tx).list());
    std::map<StaffId, std::string> names;
    for (auto& member : members) names.emplace(member.id, std::move(member.name));
    return names;
  };
  co_return co_await store_.read(body);
}

Task<Result<Invited>> Directory::add(StaffId by, std::string name, Role role, MemberChange skills) {
  const auto now = clock_.unix_seconds();
  const auto token = make_token(random_);
  const auto body = [=](store::Tx& tx) -> Result<Invited> {
    HG_ASSIGN(const auto deed, deed_of(store::staff_of(tx), by, now));
    HG_ASSIGN(const auto id, add_member(store::staff_of(tx), name, role, token, deed));
    HG_ASSIGN(auto member, must_find(store::staff_of(tx), id));
    member.languages = skills.languages.value_or(member.languages);
    member.categories = skills.categories.value_or(member.categories);
    HG_TRY(store::staff_of(tx).update(member));
    HG_ASSIGN(auto facts, facts_of(store::staff_of(tx), std::move(member), now));
    return Invited{std::move(facts), token, now + kEnrolmentSeconds};
  };
  co_return co_await store_.write(body);
}

template <typename Body>
Task<Result<MemberFacts>> Directory::changed(StaffId by, StaffId id, Body body) {
  const auto now = clock_.unix_seconds();
  const auto whole = [=](store::Tx& tx) -> Result<MemberFacts> {
    HG_ASSIGN(const auto deed, deed_of(store::staff_of(tx), by, now));
    HG_TRY(body(store::staff_of(tx), deed));
    HG_ASSIGN(auto member, must_find(store::staff_of(tx), id));
    return facts_of(store::staff_of(tx), std::move(member), now);
  };
  co_return co_await store_.write(whole);
}

Task<Result<MemberFacts>> Directory::change(StaffId by, StaffId id, MemberChange change) {
  if (change.role && by == id) {
    co_return fail(Error::invalid("OWN_ROLE", "Nobody changes their own role; ask another admin."));
  }
  const auto body = [id, change](store::Staff& staff, const Deed& deed) -> Status {
    if (change.role) HG_TRY(set_role(staff, id, *change.role, deed));
    HG_ASSIGN(auto member, must_find(staff, id));
    member.languages = change.languages.value_or(member.languages);
    member.categories = change.categories.value_or(member.categories);
    HG_TRY(staff.update(member));
    if (!change.languages && !change.categories) return {};
    return note_event(staff, id, "skills changed", deed);
  };
  auto task = changed(by, id, body);
  co_return co_await std::move(task);
}

Task<Result<Invited>> Directory::renew(StaffId by, StaffId id) {
  const auto token = make_token(random_);
  const auto body = [id, token](store::Staff& staff, const Deed& deed) {
    return invite_again(staff, id, token, deed);
  };
  auto task = changed(by, id, body);
  auto facts = co_await std::move(task);
  CO_TRY(facts);
  co_return Invited{std::move(*facts), token, clock_.unix_seconds() + kEnrolmentSeconds};
}

Task<Result<MemberFacts>> Directory::disable(StaffId by, StaffId id, std::string reason) {
  if (by == id) {
    co_return fail(
        Error::invalid("OWN_ACCOUNT", "Nobody takes themselves off the staff; ask another admin."));
  }
  const auto body = [id, reason](store::Staff& staff, const Deed& deed) -> Status {
    HG_TRY(disable_member(staff, id, deed));
    return note_event(staff, id, "reason: " + reason, deed);
  };
  auto task = changed(by, id, body);
  co_return co_await std::move(task);
}

Task<Result<store::StaffMember>> Directory::set_settings(StaffId id, std::string settings,
                                                         std::uint32_t opt_outs) {
  const auto body = [=](store::Tx& tx) -> Result<store::StaffMember> {
    HG_ASSIGN(auto member, must_find(store::staff_of(tx), id));
    member.settings = settings;
    member.opt_outs = opt_outs;
    HG_TRY(store::staff_of(tx).update(member));
    return member;
  };
  co_return co_await store_.write(body);
}

Task<Result<std::vector<store::StaffRead>>> Directory::reads(store::StaffReadFilter filter,
                                                             std::int64_t before, std::size_t limit) {
  const auto body = [=](store::Tx& tx) { return store::staff_of(tx).reads(filter, before, limit); };
  co_return co_await store_.read(body);
}

Task<Status> Directory::record_read(store::StaffRead read) {
  const auto body = [read](store::Tx& tx) { return store::staff_of(tx).record_read(read); };
  co_return co_await store_.write(body);
}

}  // namespace heliograph::staff
