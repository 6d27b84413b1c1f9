#include "legal/requests/applications.h"

#include <algorithm>

#include "crypto/hash.h"
#include "legal/requests/sealed_row.h"
#include "legal/requests/words.h"
#include "safety/policy/policy.h"

namespace heliograph::legal {

namespace {

// Characters of up to four bytes each, as docs/api/portal.yaml counts them.
constexpr std::size_t kLineBytes = 4 * 200;
constexpr std::size_t kAddressBytes = 4 * 500;
constexpr std::size_t kWordsBytes = 4 * 2000;
constexpr std::size_t kDomainMax = 200;

constexpr std::string_view kTable = "agency_applications";

// What is kept of an application. Part of the stored format: fields are only added at the end.
struct ApplicationFile {
  ApplicationForm form;
  std::string reason;  // of declining; the form is empty then
  void fields(auto& codec) { codec(form, reason); }
};

Bytes seal_application(ApplicationFile file, std::int64_t id, const crypto::Sealer& sealer, Random& random) {
  return seal_row_of(file, kTable, id, sealer, random);
}

Result<ApplicationFile> open_application(const store::AgencyApplication& row, const crypto::Sealer& sealer) {
  return open_row_of<ApplicationFile>(row.sealed, kTable, row.id, sealer);
}

bool is_small_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && is_small_alnum(label.front()) &&
         is_small_alnum(label.back()) &&
         std::ranges::all_of(label, [](char c) { return is_small_alnum(c) || c == '-'; });
}

Status application_invalid(std::string_view field, std::string_view must) {
  return fail(
      Error::invalid("APPLICATION_INVALID", std::string(field) + " must be " + std::string(must) + "."));
}

Error application_decided() {
  return Error::invalid("APPLICATION_DECIDED", "Somebody has decided this application.");
}

Error application_unknown() {
  return Error::not_found("APPLICATION_UNKNOWN", "There is no such application, or its time is over.");
}

}  // namespace

bool is_domain(std::string_view text) {
  if (text.size() > kDomainMax) return false;
  std::size_t labels = 0;
  std::string_view last;
  for (auto rest = text;;) {
    const auto end = std::min(rest.find('.'), rest.size());
    last = rest.substr(0, end);
    if (!is_label(last)) return false;
    ++labels;
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  // An address in digits has a last part of digits; no domain has.
  return labels >= 2 && std::ranges::any_of(last, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at > 64) return false;
  const auto before = text.substr(0, at);
  const bool plain = std::ranges::all_of(before, [](char c) {
    return c > ' ' && c < 0x7f && std::string_view("()<>[]:;,\\\"@").find(c) == std::string_view::npos;
  });
  return plain && is_domain(in_small_letters(text.substr(at + 1)));
}

bool is_phone_number(std::string_view text) {
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  const bool plain = std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || std::string_view("+ -/().").find(c) != std::string_view::npos;
  });
  return plain && digits >= 3 && digits <= 20 && text.size() <= 40;
}

Status check_application(const ApplicationForm& form) {
  struct Part {
    std::string_view field;
    const std::string& text;
    std::size_t most;
    bool needed, lines;
  };
  const Part parts[] = {
      {"authority", form.authority, kLineBytes, true, false},
      {"address", form.address, kAddressBytes, true, true},
      {"applicant", form.applicant, kLineBytes, true, false},
      {"office", form.office, kLineBytes, true, false},
      {"legal_basis", form.legal_basis, kWordsBytes, true, true},
      {"text", form.words, kWordsBytes, false, true},
  };
  for (const auto& part : parts) {
    if (part.text.size() > part.most || !is_printable(part.text, part.lines) ||
        (part.needed && !says_something(part.text))) {
      return application_invalid(part.field, part.lines ? "a text" : "a line of text");
    }
  }
  if (std::ranges::find(kIssuers, form.kind) == kIssuers.end()) {
    return application_invalid("kind", "a kind of authority");
  }
  if (!safety::is_country(form.country)) return application_invalid("country", "a country like \"DE\"");
  if (!is_domain(form.domain)) return application_invalid("domain", "a domain like \"police.example\"");
  if (!is_email(form.email)) return application_invalid("email", "an e-mail address");
  if (!is_phone_number(form.phone)) return application_invalid("phone", "a telephone number");
  auto types = form.types;
  std::ranges::sort(types);
  const bool known = std::ranges::all_of(types, [](Type type) {
    return static_cast<std::size_t>(type) >= 1 && static_cast<std::size_t>(type) <= kTypeNames.size();
  });
  if (types.empty() || !known || std::ranges::adjacent_find(types) != types.end()) {
    return application_invalid("types", "types of requests, each once");
  }
  return {};
}

Status Applications::note(store::Tx& tx, std::int64_t application, std::string_view what, StaffId staff,
                          ActFile file) const {
  store::LegalAct act;
  act.application = application;
  act.at = parts_.clock.unix_seconds();
  act.staff = staff;
  act.what = what;
  act.sealed = seal_act(std::move(file), act, parts_.sealer, parts_.random);
  HG_TRY(store::legal_of(tx).note(act));
  return {};
}

Result<std::int64_t> Applications::apply(store::Tx& tx, ApplicationForm form,
                                         std::string_view reference) const {
  HG_TRY(check_application(form));
  const auto now = parts_.clock.unix_seconds();
  HG_ASSIGN(const auto counts, store::legal_of(tx).count_applications(now - 86'400));
  if (counts.received >= daily_most || counts.open >= open_most) {
    return fail(Error::invalid("APPLICATIONS_FULL",
                               "No more applications are taken today. Try again tomorrow, or write to "
                               "the operator."));
  }
  store::AgencyApplication row;
  row.reference = to_bytes(ByteView(crypto::sha256(as_bytes(reference))));
  row.likeness =
      to_bytes(ByteView(parts_.likeness.tag(as_bytes("agency:" + form.country + ":" + form.domain))));
  row.received_at = now;
  HG_ASSIGN(row.id, store::legal_of(tx).add_application(row));
  row.sealed = seal_application({std::move(form), {}}, row.id, parts_.sealer, parts_.random);
  HG_TRY(store::legal_of(tx).update_application(row));
  // Nothing of what a stranger wrote: acts stay for ever.
  HG_TRY(note(tx, row.id, "applied", {}, {}));
  return row.id;
}

Result<ApplicationStanding> Applications::standing(store::Tx& tx, std::string_view reference) const {
  const auto digest = crypto::sha256(as_bytes(reference));
  HG_ASSIGN(const auto row, store::legal_of(tx).find_application_of(digest));
  if (!row) return fail(application_unknown());
  ApplicationStanding out;
  out.received_at = row->received_at;
  out.decided_at = row->decided_at;
  if (row->state == store::AgencyApplicationState::declined) {
    out.state = ApplicationStanding::State::declined;
    HG_ASSIGN(auto file, open_application(*row, parts_.sealer));
    out.reason = std::move(file.reason);
  } else if (row->state == store::AgencyApplicationState::taken_up) {
    HG_ASSIGN(const auto agency, store::legal_of(tx).find_agency(row->agency));
    const bool in = agency && agency->state == store::AgencyState::onboarded;
    out.state = in ? ApplicationStanding::State::onboarded : ApplicationStanding::State::looked_at;
  }
  return out;
}

Result<std::vector<Application>> Applications::listed(store::Tx& tx, std::size_t limit) const {
  HG_ASSIGN(auto rows, store::legal_of(tx).applications(limit));
  std::vector<Application> out;
  for (auto& row : rows) {
    HG_ASSIGN(auto file, open_application(row, parts_.sealer));
    out.push_back({std::move(row), std::move(file.form)});
  }
  return out;
}

Result<Application> Applications::must_find_open(store::Tx& tx, std::int64_t application) const {
  HG_ASSIGN(auto row, store::legal_of(tx).find_application(application));
  if (!row) return fail(application_unknown());
  if (row->state != store::AgencyApplicationState::received) return fail(application_decided());
  HG_ASSIGN(auto file, open_application(*row, parts_.sealer));
  return Application{std::move(*row), std::move(file.form)};
}

Result<std::int64_t> Applications::take_up(store::Tx& tx, const Actor& actor, std::int64_t application,
                                           NewAgency agency) const {
  HG_TRY(must_be_legal_officer(actor));
  HG_ASSIGN(auto one, must_find_open(tx, application));
  HG_ASSIGN(const auto proposed, parts_.agencies.propose(tx, actor, std::move(agency), application));
  one.row.state = store::AgencyApplicationState::taken_up;
  one.row.decided_at = parts_.clock.unix_seconds();
  one.row.decided_by = actor.id;
  one.row.agency = proposed;
  HG_TRY(store::legal_of(tx).update_application(one.row));
  return proposed;
}

Status Applications::decline_one(store::Tx& tx, const Actor& actor, Application one,
                                 const std::string& reason) const {
  // That an authority was turned away is for auditors to see; who had written for it is not.
  ActFile file{reason,
               {{"authority", std::move(one.form.authority)},
                {"country", std::move(one.form.country)},
                {"domain", std::move(one.form.domain)}},
               {}};
  HG_TRY(note(tx, one.row.id, "declined", actor.id, std::move(file)));
  one.row.state = store::AgencyApplicationState::declined;
  one.row.decided_at = parts_.clock.unix_seconds();
  one.row.decided_by = actor.id;
  one.row.sealed = seal_application({{}, reason}, one.row.id, parts_.sealer, parts_.random);
  return store::legal_of(tx).update_application(one.row);
}

Status Applications::decline(store::Tx& tx, const Actor& actor, std::int64_t application, std::string reason,
                             bool alike) const {
  HG_TRY(must_be_legal_officer(actor));
  HG_TRY(must_say_why(reason));
  if (reason.size() > reason_max) {
    return fail(Error::invalid("WORDS_TOO_LONG", "A reason has at most 4000 bytes."));
  }
  HG_ASSIGN(auto one, must_find_open(tx, application));
  const auto likeness = one.row.likeness;
  HG_TRY(decline_one(tx, actor, std::move(one), reason));
  if (!alike) return {};
  // The list begins with the open ones, and no more than these are open.
  HG_ASSIGN(auto others, listed(tx, open_most));
  for (auto& other : others) {
    if (other.row.state != store::AgencyApplicationState::received || other.row.likeness != likeness)
      continue;
    HG_TRY(decline_one(tx, actor, std::move(other), reason));
  }
  return {};
}

Status Applications::erase_old(store::Tx& tx) const {
  const auto now = parts_.clock.unix_seconds();
  return store::legal_of(tx).erase_applications(now - open_seconds, now - decided_seconds);
}

}  // namespace heliograph::legal
