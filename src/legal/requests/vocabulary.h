// The words of the legal desk, as rules files, the HTTP APIs, the ledger and docs/legal.md write them.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "store/legal.h"

namespace heliograph::legal {

using Type = store::LegalRequestType;
using State = store::LegalRequestState;

// What every request has to pass, in this order. Part of the stored format: do not renumber.
enum class Gate : std::uint8_t {
  authentic = 1,  // who asks is who they say
  valid = 2,      // and may ask this
  suspect = 3,    // of this person, who is suspected and broke the rules
  approved = 4,   // says a second person
  logged = 5,     // and the ledger has it
  unsealed = 6,   // as many officers as it takes have helped to open the rows
  disclosed = 7,
  notified = 8,  // the member knows
};
inline constexpr std::array<std::string_view, 8> kGateNames{"authentic", "valid",    "suspect",   "approved",
                                                            "logged",    "unsealed", "disclosed", "notified"};
inline constexpr std::array<std::string_view, 6> kTypeNames{"production", "epoc",    "preservation",
                                                            "emergency",  "removal", "other"};
inline constexpr std::array<std::string_view, 12> kStateNames{
    "received", "authenticated", "validated", "matched", "approved",  "logged",
    "unsealed", "disclosed",     "closed",    "refused", "withdrawn", "expired"};

constexpr std::string_view name(Gate gate) {
  return kGateNames[static_cast<std::size_t>(gate) - 1];
}
constexpr std::string_view name(Type type) {
  return kTypeNames[static_cast<std::size_t>(type) - 1];
}
constexpr std::string_view name(State state) {
  return kStateNames[static_cast<std::size_t>(state) - 1];
}
std::optional<Gate> gate_of(std::string_view text);
std::optional<Type> type_of(std::string_view text);
std::optional<State> state_of(std::string_view text);

// Whether data can come of it.
constexpr bool discloses(Type type) {
  return type != Type::preservation && type != Type::removal;
}

// Why nothing is disclosed: first-class answers, counted one by one.
struct Ground {
  std::string_view name;
  std::string_view about;
  std::uint8_t gates_before;  // as many gates are passed first, so that the answer gives nothing away
};
inline constexpr std::array<Ground, 16> kGrounds{{
    {"not_authentic", "who asks could not be verified", 0},
    {"not_competent", "whoever issued it may not issue this", 0},
    {"no_legal_basis", "it names no law that lets it ask this", 0},
    {"incomplete", "what was asked for did not come", 0},
    {"too_broad", "it asks for more than a phone number and addresses of a bounded time", 0},
    {"order_expired", "its own time is over", 0},
    {"manifest_error", "it contradicts itself", 0},
    {"impossible", "it cannot be done, for reasons that nobody here can help", 0},
    {"immunity", "an immunity or a privilege protects the person", 0},
    {"press", "the freedom of the press or of expression would be hurt", 0},
    {"rights", "a fundamental right would manifestly be breached", 0},
    {"ne_bis_in_idem", "the person has been judged for it", 0},
    {"third_country", "another country's law forbids it", 0},
    {"not_suspect", "it does not say that the person is a suspect in a criminal matter", 0},
    {"not_breach", "nothing shows that the person broke the rules of the platform", 0},
    {"nothing_held", "there is no such person, or nothing about them", 3},
}};
const Ground* ground_of(std::string_view text);

// What a request can name a person by.
enum class IdentifierKind : std::uint8_t { user_id = 1, username = 2, phone = 3, link = 4 };
inline constexpr std::array<std::string_view, 4> kIdentifierNames{"user_id", "username", "phone", "link"};
std::optional<IdentifierKind> identifier_kind_of(std::string_view text);

// Who issues orders.
inline constexpr std::array<std::string_view, 7> kIssuers{
    "court", "judge", "investigating_judge", "prosecutor", "police", "administrative", "other"};

// Fields of a request's form that rules can ask for: legal/requests/files.h.
inline constexpr std::array<std::string_view, 12> kFormFields{
    "case_number", "offence",   "legal_basis", "issuer_name", "validator",  "issued_at",
    "period",      "necessity", "suspicion",   "emergency",   "gag_reason", "order_file"};

// What a person on the staff writes down as they pass a gate.
struct EvidenceItem {
  Gate gate;
  std::string_view name;
  std::string_view about;
};
inline constexpr std::array<EvidenceItem, 19> kEvidence{{
    {Gate::authentic, "call_back", "whom you called at which number, and what they said"},
    {Gate::authentic, "number_source", "where you found the number, other than in the request"},
    {Gate::authentic, "signature",
     "what the signature of the order says, and why you trust it or do without"},
    {Gate::authentic, "channel", "by which official channel it came"},
    {Gate::valid, "order_read", "that the order says what the form says"},
    {Gate::valid, "issuer_competent", "why whoever issued it may ask this"},
    {Gate::valid, "validation", "who validated it, and where that is seen"},
    {Gate::valid, "legal_basis_checked", "the law that it rests on, read"},
    {Gate::valid, "scope", "that it asks for no more than a phone number and addresses of a bounded time"},
    {Gate::valid, "treaty", "the treaty or agreement by which it reaches here"},
    {Gate::valid, "threat", "the danger to life, and why it cannot wait"},
    {Gate::suspect, "suspicion", "where the order says that the person is a suspect, and of what"},
    {Gate::suspect, "breach", "what shows the breach: a decided case, or the order's own finding"},
    {Gate::suspect, "case", "the number of the decided case about this account"},
    {Gate::suspect, "finding", "what the order itself finds, in its words, and where"},
    {Gate::suspect, "clause", "the clause of the platform's rules that was broken"},
    {Gate::suspect, "analysis", "the legal analysis"},
    {Gate::approved, "second_opinion", "why you agree"},
    {Gate::approved, "no_conflict", "that you have no part in this matter, nor with the agency"},
}};
const EvidenceItem* evidence_item(std::string_view text);
// Rules need a breach; what is written down is one of these, or both.
inline constexpr std::string_view kBreach = "breach";
inline constexpr std::array<std::string_view, 2> kBreachShownBy{"case", "finding"};

}  // namespace heliograph::legal
