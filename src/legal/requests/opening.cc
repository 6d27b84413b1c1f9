// From the approved request to the package that was collected: the questions to the officers, what they
// contribute, and the answer.
#include <algorithm>

#include "crypto/hash.h"
#include "legal/disclosure/answer.h"
#include "legal/requests/desk.h"

namespace heliograph::legal {

namespace {

std::uint32_t bit_of(Gate gate) {
  return 1u << static_cast<unsigned>(gate);
}

// Of a share of a key, as contributions are stored.
std::int32_t stored_share(std::int64_t key, std::uint32_t share) {
  return static_cast<std::int32_t>(key * 100 + share);
}

Status must_disclose(const Actor& actor) {
  if (actor.role != store::StaffRole::legal_officer || !actor.id) {
    return fail(Error::forbidden("ROLE_NOT_ALLOWED", "A legal officer does this."));
  }
  if (actor.proved) return {};
  return fail(Error::forbidden("STEP_UP_NEEDED", "Show once more that it is you."));
}

Error opening_stale() {
  return Error::invalid("OPENING_STALE", "Something has changed meanwhile. Begin again.");
}

}  // namespace

Result<CheckedContribution> check(const Question& question, const JournalKey& key,
                                  Contribution contribution) {
  HG_ASSIGN(const auto elements, check_question(question, key));
  HG_TRY(check_contribution(question, key, elements, contribution));
  return CheckedContribution(std::move(contribution));
}

Result<Unsealed> open(const Opening& opening) {
  Unsealed out;
  for (std::size_t i = 0; i < opening.asked.size(); ++i) {
    const auto& asked = opening.asked[i];
    HG_ASSIGN(auto opened,
              combine(opening.receipt, asked.question, asked.journal_key, opening.contributions[i]));
    out.bindings.push_back(asked.question.binding());
    out.sightings.insert(out.sightings.end(), opened.begin(), opened.end());
  }
  return out;
}

// Whatever the request's row says: the acts decide, and the ledger.
Result<Opened> Desk::approved(store::Tx& tx, std::int64_t request, UnixSeconds now) const {
  HG_ASSIGN(auto one, open_for(tx, request, now));
  if (one.row.state == State::disclosed) {
    return fail(Error::invalid("GATE_PASSED", "The answer has been made."));
  }
  HG_ASSIGN(const auto acts, store::legal_of(tx).acts(request));
  HG_TRY(check_passed(acts, Gate::logged));
  HG_TRY(check_gate(tx, one, Gate::authentic));
  const auto logged = std::ranges::find_if(acts, [](const store::LegalAct& act) {
    return act.gate == static_cast<std::uint8_t>(Gate::logged) && act.what == "passed";
  });
  HG_ASSIGN(const auto record, tx.ledger().find_record(logged->record));
  if (!record || logged->record != one.row.record) {
    return fail(Error::forbidden("GATE_MISSING", "The ledger does not have this disclosure."));
  }
  if (!record->leaf_index) {
    return fail(Error::forbidden("GATE_MISSING",
                                 "The disclosure is not in the public log yet. Wait for the "
                                 "next batch."));
  }
  return one;
}

Result<std::vector<Asked>> Desk::questions(store::Tx& tx, const Opened& one) const {
  HG_ASSIGN(const auto keys, store::journal_of(tx).keys());
  if (keys.empty() || keys.front().retired_at != 0) {
    return fail(Error::unavailable("JOURNAL_KEY_MISSING", "The journal has no key: hold the ceremony."));
  }
  HG_ASSIGN(const auto record, tx.ledger().find_record(one.row.record));
  std::vector<Asked> out;
  const auto add = [&](const store::JournalKey& key) -> Status {
    HG_ASSIGN(auto parsed, JournalKey::parse(key.text));
    Asked asked{key.number, std::move(parsed), {}};
    asked.question.request = one.row.id;
    asked.question.entry = record->entry;
    asked.question.user = one.row.user;
    asked.question.from = one.form.wants_addresses ? one.form.from : 0;
    asked.question.to = one.form.wants_addresses ? one.form.to : 1;
    asked.question.key = asked.journal_key.id();
    out.push_back(std::move(asked));
    return {};
  };
  HG_TRY(add(keys.front()));
  if (!one.form.wants_addresses || !one.row.user) return out;
  HG_ASSIGN(const auto rows,
            store::journal_of(tx).rows(one.row.user, one.form.from, one.form.to, 0, kQuestionRowsMost + 1));
  if (rows.size() > kQuestionRowsMost) {
    return fail(Error::invalid("ROWS_TOO_MANY", "The period has too many rows: ask for a shorter one."));
  }
  for (const auto& row : rows) {
    auto asked = std::ranges::find(out, row.key, &Asked::key);
    if (asked == out.end()) {
      const auto key = std::ranges::find(keys, row.key, &store::JournalKey::number);
      if (key == keys.end()) return fail(Error::internal("JOURNAL_KEY_UNKNOWN", "A row's key is not kept."));
      HG_TRY(add(*key));
      asked = out.end() - 1;
    }
    Question::Row put{{row.user, row.from, row.to, {}}, row.sealed};
    if (row.tag.size() != put.label.tag.size()) {
      return fail(Error::internal("ROW_INVALID", "A row of the journal is not what was sealed."));
    }
    std::copy(row.tag.begin(), row.tag.end(), put.label.tag.begin());
    asked->question.rows.push_back(std::move(put));
  }
  return out;
}

Result<std::vector<Asked>> Desk::question(store::Tx& tx, std::int64_t request) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(const auto one, approved(tx, request, at));
  return questions(tx, one);
}

Result<bool> Desk::contribute(store::Tx& tx, const Actor& actor, std::int64_t request, std::int64_t key,
                              const CheckedContribution& checked) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, approved(tx, request, at));
  const auto& given = checked.contribution();
  HG_ASSIGN(const auto all, questions(tx, one));
  const auto asked = std::ranges::find(all, key, &Asked::key);
  if (asked == all.end() || asked->question.binding() != given.binding) {
    return fail(Error::invalid("CONTRIBUTION_WRONG", "The contribution is for another question."));
  }
  const auto* member = asked->journal_key.member(given.share);
  if (member == nullptr || member->name != actor.name || !actor.id) {
    return fail(Error::forbidden("SHARE_OTHER_PERSON", "This share is somebody else's."));
  }
  HG_TRY(store::legal_of(tx).add_contribution(
      {request, stored_share(key, given.share), actor.id, at, to_bytes(as_bytes(given.encode()))}));
  HG_TRY(note(tx, one.row, at,
              {.what = "contributed",
               .gate = Gate::unsealed,
               .staff = actor.id,
               .file = {"share " + std::to_string(given.share), {}, {}}}));
  // As many shares, by as many people, of each key.
  HG_ASSIGN(const auto there, store::legal_of(tx).contributions(request));
  for (const auto& each : all) {
    std::vector<StaffId> people;
    for (const auto& contribution : there) {
      if (contribution.share / 100 != each.key) continue;
      if (std::ranges::find(people, contribution.staff) == people.end()) people.push_back(contribution.staff);
    }
    if (people.size() < each.journal_key.threshold) return false;
  }
  HG_ASSIGN(const auto acts, store::legal_of(tx).acts(request));
  if (check_passed(acts, Gate::unsealed)) return true;
  HG_TRY(note(tx, one.row, at, {.what = "passed", .gate = Gate::unsealed}));
  one.row.gates |= bit_of(Gate::unsealed);
  one.row.state = State::unsealed;
  HG_TRY(store::legal_of(tx).update(one.row));
  return true;
}

Result<Opening> Desk::prepare(store::Tx& tx, const Actor& actor, std::int64_t request) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_TRY(must_disclose(actor));
  HG_ASSIGN(const auto one, approved(tx, request, at));
  HG_TRY(check_person(tx, one.row, actor, false));
  HG_ASSIGN(const auto acts, store::legal_of(tx).acts(request));
  HG_TRY(check_passed(acts, Gate::unsealed));
  HG_ASSIGN(auto asked, questions(tx, one));
  HG_ASSIGN(auto receipt, parts_.ledger.receipt(tx, ledger::RecordId{one.row.record}));
  HG_ASSIGN(const auto there, store::legal_of(tx).contributions(request));
  std::vector<std::vector<Contribution>> contributions(asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto binding = asked[i].question.binding();
    for (const auto& one_of_them : there) {
      if (one_of_them.share / 100 != asked[i].key) continue;
      HG_ASSIGN(auto parsed, Contribution::parse(as_text(one_of_them.bytes)));
      // A row has come or gone since: its officer has to contribute again.
      if (parsed.binding != binding) return fail(opening_stale());
      contributions[i].push_back(std::move(parsed));
    }
  }
  return Opening{request, std::move(receipt), std::move(asked), std::move(contributions)};
}

Result<bool> Desk::disclose(store::Tx& tx, const Actor& actor, const Opening& opening,
                            const Unsealed& unsealed) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_TRY(must_disclose(actor));
  HG_ASSIGN(auto one, approved(tx, opening.request, at));
  HG_TRY(check_person(tx, one.row, actor, false));
  HG_ASSIGN(const auto acts, store::legal_of(tx).acts(one.row.id));
  HG_TRY(check_passed(acts, Gate::unsealed));
  HG_ASSIGN(const auto asked, questions(tx, one));
  if (asked.size() != unsealed.bindings.size()) return fail(opening_stale());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i].question.binding() != unsealed.bindings[i]) return fail(opening_stale());
  }
  if (opening.receipt.id().value != one.row.record) return fail(opening_stale());
  HG_TRY(opening.receipt.redeem(tx, kDiscloseAct, request_subject(one.row.id)));

  Disclosure disclosure;
  if (one.form.wants_phone && one.row.user) {
    HG_ASSIGN(const auto digits, parts_.people.phone(tx, one.row.user));
    if (!digits.empty()) {
      HG_ASSIGN(disclosure.phone, PhoneNumber::parse(digits));
    }
  }
  for (const auto& sighting : unsealed.sightings) {
    // Rows are found by whole hours; the order's period is to the second, and nothing is said of before and
    // after it.
    if (sighting.last < one.form.from || sighting.first >= one.form.to) continue;
    auto within = sighting;
    within.first = std::max(within.first, one.form.from);
    within.last = std::min(within.last, one.form.to - 1);
    disclosure.addresses.push_back(within);
  }
  if (disclosure.empty()) {
    HG_TRY(enter(tx, one.row, at, "request.refuse", "refused-nothing_held", &actor,
                 {.what = "refused", .staff = actor.id}));
    HG_TRY(record_done(tx, one.row, "request.undeliver", "undelivered", &actor));
    HG_TRY(close(tx, one.row, State::refused, "nothing_held", at));
    return false;
  }
  HG_ASSIGN(const auto officer, store::legal_of(tx).find_officer(one.row.officer));
  if (!officer) return fail(Error::forbidden("OFFICER_NOT_ACTIVE", "This officer may not act here."));
  HG_ASSIGN(const auto file, open_officer(*officer, parts_.sealer));
  crypto::BoxPublicKey key{};
  if (file.box_key.size() != key.size()) {
    return fail(Error::invalid("BOX_KEY_INVALID", "Nothing can be encrypted to this key."));
  }
  std::copy(file.box_key.begin(), file.box_key.end(), key.begin());
  const Cover cover{one.row.id, at, parts_.origin, asked.front().question.entry};
  HG_ASSIGN(auto sealed, seal_answer(disclosure, cover, parts_.signer, key));
  const auto digest = crypto::sha256(sealed);
  HG_TRY(store::legal_of(tx).add_package({one.row.id, one.row.officer, at, at + package_seconds, 0,
                                          to_bytes(ByteView(digest)), std::move(sealed)}));
  HG_TRY(store::legal_of(tx).erase_contributions(one.row.id));
  std::vector<Evidence> held;
  if (disclosure.phone) held.push_back({std::string(kHeldPhone), "disclosed"});
  if (!disclosure.addresses.empty()) held.push_back({std::string(kHeldAddresses), "disclosed"});
  HG_TRY(note(tx, one.row, at,
              {.what = "passed",
               .gate = Gate::disclosed,
               .staff = actor.id,
               .file = {"sha256 " + to_hex(digest), std::move(held), {}}}));
  HG_TRY(store::legal_of(tx).stop_clock(one.row.id, store::LegalClockKind::answer, at));
  HG_TRY(store::legal_of(tx).set_clock(one.row.id, store::LegalClockKind::collect, at + package_seconds));
  one.row.gates |= bit_of(Gate::disclosed);
  one.row.state = State::disclosed;
  HG_TRY(store::legal_of(tx).update(one.row));
  return true;
}

Result<Bytes> Desk::collect(store::Tx& tx, std::int64_t officer, std::int64_t request) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(auto one, own(tx, officer, request));
  HG_ASSIGN(const auto package, store::legal_of(tx).find_package(request));
  if (!package) return fail(Error::not_found("PACKAGE_NONE", "There is no answer to collect."));
  const auto gone = [] {
    return fail(Error::invalid("PACKAGE_GONE", "The answer has been collected, or its time is over."));
  };
  const bool again = package->collected_at != 0;
  if (package->bytes.empty() || package->expires_at <= at || package->officer != officer) return gone();
  if ((one.row.closed_at != 0) != again) return gone();
  HG_TRY(note(tx, one.row, at, {.what = "collected", .officer = officer}));
  if (again) return package->bytes;
  HG_TRY(store::legal_of(tx).mark_collected(request, at));
  HG_TRY(
      store::legal_of(tx).set_clock(request, store::LegalClockKind::tell, std::max(at, one.row.gag_until)));
  HG_TRY(close(tx, one.row, State::closed, "disclosed", at));
  // Its end erases the package, where nobody confirms receipt.
  HG_TRY(store::legal_of(tx).set_clock(request, store::LegalClockKind::collect, package->expires_at));
  return package->bytes;
}

Status Desk::confirm_receipt(store::Tx& tx, std::int64_t officer, std::int64_t request,
                             ByteView sha256) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(const auto one, own(tx, officer, request));
  HG_ASSIGN(const auto package, store::legal_of(tx).find_package(request));
  if (!package || package->collected_at == 0 || package->officer != officer) {
    return fail(Error::not_found("PACKAGE_NONE", "There is no answer that was collected."));
  }
  if (!std::ranges::equal(package->sha256, sha256)) {
    return fail(Error::invalid("RECEIPT_WRONG", "This is not the answer's digest. Collect it again."));
  }
  HG_ASSIGN(const bool there, store::legal_of(tx).empty_package(request));
  if (!there) return {};
  HG_TRY(store::legal_of(tx).stop_clock(request, store::LegalClockKind::collect, at));
  return note(tx, one.row, at, {.what = "receipt", .officer = officer});
}

}  // namespace heliograph::legal
