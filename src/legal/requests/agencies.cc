#include "legal/requests/agencies.h"

#include <algorithm>

#include "crypto/box.h"
#include "crypto/hash.h"
#include "legal/requests/cells.h"
#include "legal/requests/words.h"
#include "safety/policy/policy.h"

namespace heliograph::legal {

namespace {

Error agency_invalid(std::string what) {
  return Error::invalid("AGENCY_INVALID", std::move(what));
}

bool is_line(std::string_view text, std::size_t most) {
  return text.find_first_not_of(' ') != std::string_view::npos && text.size() <= most &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

Status must_have_called(const std::string& call_back, const std::string& number_source) {
  if (is_line(call_back, 300) && is_line(number_source, 300)) return {};
  return fail(agency_invalid("Write down whom you called, and where you found the number."));
}

ActFile called(const std::string& call_back, const std::string& number_source, std::string words) {
  return {std::move(words), {{"call_back", call_back}, {"number_source", number_source}}, {}};
}

}  // namespace

Status must_be_legal_officer(const Actor& actor) {
  if (actor.role == store::StaffRole::legal_officer) return {};
  return fail(Error::forbidden("ROLE_NOT_ALLOWED", "A legal officer does this."));
}

Status Agencies::note(store::Tx& tx, std::int64_t agency, Note note) const {
  store::LegalAct act;
  act.agency = agency;
  act.at = parts_.clock.unix_seconds();
  act.staff = note.staff;
  act.officer = note.officer;
  act.what = note.what;
  act.about = note.about;
  act.application = note.application;
  act.sealed = seal_act(std::move(note.file), act, parts_.sealer, parts_.random);
  HG_TRY(store::legal_of(tx).note(act));
  return {};
}

Result<OpenActs> Agencies::acts(store::Tx& tx, std::int64_t agency) const {
  HG_ASSIGN(auto rows, store::legal_of(tx).acts_about_agency(agency));
  return open_acts(std::move(rows), parts_.sealer);
}

Result<std::pair<store::Agency, AgencyFile>> Agencies::must_find(store::Tx& tx, std::int64_t agency) const {
  HG_ASSIGN(auto found, store::legal_of(tx).find_agency(agency));
  if (!found) return fail(Error::not_found("AGENCY_UNKNOWN", "There is no agency of this number."));
  HG_ASSIGN(auto file, open_agency(*found, parts_.sealer));
  return std::pair{std::move(*found), std::move(file)};
}

Result<std::int64_t> Agencies::propose(store::Tx& tx, const Actor& actor, NewAgency agency,
                                       std::int64_t application) const {
  HG_TRY(must_be_legal_officer(actor));
  if (!is_line(agency.name, 200) || !safety::is_country(agency.country) ||
      std::ranges::find(kIssuers, agency.kind) == kIssuers.end()) {
    return fail(agency_invalid("An agency has a name, a country like \"DE\", and a kind."));
  }
  store::Agency out{0,
                    std::move(agency.name),
                    std::move(agency.country),
                    std::move(agency.kind),
                    store::AgencyState::proposed,
                    parts_.clock.unix_seconds(),
                    {},
                    daily_most,
                    {}};
  HG_ASSIGN(out.id, store::legal_of(tx).add_agency(out));
  out.sealed = seal_agency({{}, {}, std::move(agency.domain), {}, {}}, out.id, parts_.sealer, parts_.random);
  HG_TRY(store::legal_of(tx).update_agency(out));
  HG_TRY(
      note(tx, out.id,
           {.what = "proposed", .staff = actor.id, .file = {out.name, {}, {}}, .application = application}));
  return out.id;
}

Status Agencies::onboard(store::Tx& tx, const Actor& actor, std::int64_t agency, std::string call_back,
                         std::string number_source, std::string notes) const {
  HG_TRY(must_be_legal_officer(actor));
  HG_ASSIGN(auto found, must_find(tx, agency));
  auto& [row, file] = found;
  HG_TRY(must_have_called(call_back, number_source));
  if (row.state == store::AgencyState::suspended) {
    return fail(Error::invalid("AGENCY_SUSPENDED", "It is suspended: end that, and say why."));
  }
  HG_TRY(note(tx, agency,
              {.what = "onboarded", .staff = actor.id, .file = called(call_back, number_source, notes)}));
  if (!row.onboarded_by) file.notes = std::move(notes);
  if (row.state == store::AgencyState::onboarded) return {};
  return let_in(tx, actor, row, file, std::move(call_back), std::move(number_source));
}

Status Agencies::let_in(store::Tx& tx, const Actor& actor, store::Agency& row, AgencyFile& file,
                        std::string call_back, std::string number_source) const {
  row.state = store::AgencyState::onboarded;
  // The first time stays: later ones are acts.
  if (!row.onboarded_by) {
    // Beyond, its requests would show when their cells are added to the list, one by one.
    HG_ASSIGN(const bool room, has_room_for(tx, row.country));
    if (!room) {
      return fail(
          Error::invalid("AGENCY_COUNTRIES_FULL",
                         "The transparency log's list of cells has no room for another country. Agencies "
                         "of countries that are there can still be admitted."));
    }
    row.onboarded_by = actor.id;
    file.call_back = std::move(call_back);
    file.number_source = std::move(number_source);
  }
  row.sealed = seal_agency(file, row.id, parts_.sealer, parts_.random);
  return store::legal_of(tx).update_agency(row);
}

Status Agencies::suspend(store::Tx& tx, const Actor& actor, std::int64_t agency, std::string why) const {
  HG_TRY(must_be_legal_officer(actor));
  HG_ASSIGN(auto found, must_find(tx, agency));
  auto& [row, file] = found;
  HG_TRY(must_say_why(why));
  HG_TRY(note(tx, agency, {.what = "suspended", .staff = actor.id, .file = {std::move(why), {}, {}}}));
  row.state = store::AgencyState::suspended;
  HG_TRY(store::legal_of(tx).update_agency(row));
  HG_ASSIGN(const auto officers, store::legal_of(tx).officers(agency));
  for (const auto& officer : officers) HG_TRY(store::legal_of(tx).erase_sessions(officer.id));
  return {};
}

Status Agencies::resume(store::Tx& tx, const Actor& actor, std::int64_t agency, std::string call_back,
                        std::string number_source, std::string why) const {
  HG_TRY(must_be_legal_officer(actor));
  HG_ASSIGN(auto found, must_find(tx, agency));
  auto& [row, file] = found;
  if (row.state != store::AgencyState::suspended) {
    return fail(Error::invalid("AGENCY_NOT_SUSPENDED", "This agency is not suspended."));
  }
  HG_TRY(must_have_called(call_back, number_source));
  HG_TRY(must_say_why(why));
  HG_TRY(
      note(tx, agency,
           {.what = "resumed", .staff = actor.id, .file = called(call_back, number_source, std::move(why))}));
  return let_in(tx, actor, row, file, std::move(call_back), std::move(number_source));
}

Status Agencies::set_conflicts(store::Tx& tx, const Actor& actor, std::int64_t agency,
                               std::vector<std::int64_t> staff, std::string why) const {
  HG_TRY(must_be_legal_officer(actor));
  HG_ASSIGN(auto found, must_find(tx, agency));
  auto& [row, file] = found;
  std::ranges::sort(staff);
  staff.erase(std::ranges::unique(staff).begin(), staff.end());
  const auto in = [](const std::vector<std::int64_t>& list, std::int64_t one) {
    return std::ranges::find(list, one) != list.end();
  };
  for (const auto one : file.conflicts) {
    if (in(staff, one)) continue;
    // Else they could lift it, pass a gate, and put it back.
    if (one == actor.id.value) {
      return fail(
          Error::forbidden("OWN_CONFLICT", "Somebody else says that you have no part in it any more."));
    }
    HG_TRY(must_say_why(why));
    HG_TRY(
        note(tx, agency,
             {.what = "conflict-lifted", .staff = actor.id, .about = StaffId{one}, .file = {why, {}, {}}}));
  }
  for (const auto one : staff) {
    if (in(file.conflicts, one)) continue;
    HG_TRY(note(tx, agency,
                {.what = "conflict", .staff = actor.id, .about = StaffId{one}, .file = {why, {}, {}}}));
  }
  file.conflicts = std::move(staff);
  row.sealed = seal_agency(file, row.id, parts_.sealer, parts_.random);
  return store::legal_of(tx).update_agency(row);
}

Result<std::int64_t> Agencies::invite(store::Tx& tx, const Actor& actor, std::int64_t agency,
                                      OfficerFile officer, std::string_view token) const {
  HG_TRY(must_be_legal_officer(actor));
  HG_ASSIGN(const auto found, must_find(tx, agency));
  if (found.first.state != store::AgencyState::onboarded) {
    return fail(Error::invalid("AGENCY_NOT_ONBOARDED", "The agency is verified before its officers."));
  }
  if (!is_line(officer.name, 200)) return fail(agency_invalid("An officer has a name."));
  const auto now = parts_.clock.unix_seconds();
  store::AgencyOfficer row;
  row.agency = agency;
  row.invitation = to_bytes(ByteView(crypto::sha256(as_bytes(token))));
  row.invited_until = now + invitation_seconds;
  row.added_at = now;
  HG_ASSIGN(row.id, store::legal_of(tx).add_officer(row));
  HG_TRY(note(tx, agency,
              {.what = "invited", .staff = actor.id, .officer = row.id, .file = {officer.name, {}, {}}}));
  officer.box_key.clear();
  row.sealed = seal_officer(std::move(officer), row.id, parts_.sealer, parts_.random);
  HG_TRY(store::legal_of(tx).update_officer(row));
  return row.id;
}

Result<store::AgencyOfficer> Agencies::enrol(store::Tx& tx, std::string_view token, const Passkey& passkey,
                                             ByteView box_key) const {
  const auto digest = crypto::sha256(as_bytes(token));
  HG_ASSIGN(auto found, store::legal_of(tx).find_invited(digest));
  if (!found || found->invited_until <= parts_.clock.unix_seconds()) {
    return fail(Error::not_found("INVITATION_UNKNOWN", "The invitation is used or over."));
  }
  crypto::BoxPublicKey key{};
  if (box_key.size() != key.size()) {
    return fail(Error::invalid("BOX_KEY_INVALID", "Nothing can be encrypted to this key."));
  }
  std::copy(box_key.begin(), box_key.end(), key.begin());
  HG_TRY(crypto::seal_to(key, {}));
  HG_ASSIGN(auto file, open_officer(*found, parts_.sealer));
  file.box_key = to_bytes(box_key);
  found->invitation.clear();
  found->state = store::AgencyOfficerState::active;
  found->passkey = passkey.id;
  found->public_key = passkey.public_key;
  found->algorithm = passkey.algorithm;
  found->counter = passkey.counter;
  found->sealed = seal_officer(std::move(file), found->id, parts_.sealer, parts_.random);
  HG_TRY(store::legal_of(tx).update_officer(*found));
  HG_TRY(note(tx, found->agency, {.what = "enrolled", .officer = found->id}));
  return std::move(*found);
}

Status Agencies::disable(store::Tx& tx, const Actor& actor, std::int64_t officer) const {
  HG_TRY(must_be_legal_officer(actor));
  HG_ASSIGN(auto found, store::legal_of(tx).find_officer(officer));
  if (!found) return fail(Error::not_found("AGENCY_OFFICER_UNKNOWN", "There is no officer of this number."));
  found->state = store::AgencyOfficerState::disabled;
  found->invitation.clear();
  HG_TRY(store::legal_of(tx).erase_sessions(officer));
  HG_TRY(note(tx, found->agency, {.what = "disabled", .staff = actor.id, .officer = officer}));
  return store::legal_of(tx).update_officer(*found);
}

Result<Agencies::Standing> Agencies::standing(store::Tx& tx, std::int64_t officer) {
  HG_ASSIGN(auto found, store::legal_of(tx).find_officer(officer));
  if (!found || found->state != store::AgencyOfficerState::active || found->passkey.empty()) {
    return fail(Error::forbidden("OFFICER_NOT_ACTIVE", "This officer may not act here."));
  }
  HG_ASSIGN(auto agency, store::legal_of(tx).find_agency(found->agency));
  if (!agency || agency->state != store::AgencyState::onboarded) {
    return fail(Error::forbidden("AGENCY_NOT_ONBOARDED", "Nothing of this agency is taken now."));
  }
  return Standing{std::move(*agency), std::move(*found)};
}

}  // namespace heliograph::legal
