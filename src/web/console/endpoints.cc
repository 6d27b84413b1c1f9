#include "web/console/endpoints.h"

namespace heliograph::web {

namespace {

constexpr std::uint8_t bit(staff::Role role) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(role));
}

constexpr std::uint8_t kSenior = bit(staff::Role::senior_moderator);
constexpr std::uint8_t kModerators = bit(staff::Role::moderator) | kSenior;
constexpr std::uint8_t kOfficer = bit(staff::Role::legal_officer);
constexpr std::uint8_t kApprover = bit(staff::Role::legal_approver);
constexpr std::uint8_t kAuditor = bit(staff::Role::auditor);
constexpr std::uint8_t kAdmin = bit(staff::Role::admin);
constexpr std::uint8_t kAll = kModerators | kOfficer | kApprover | kAuditor | kAdmin;
constexpr std::uint8_t kReportReaders = kSenior | kOfficer | kApprover | kAuditor | kAdmin;
constexpr std::uint8_t kOpen = 0;

constexpr Endpoint kEndpoints[] = {
    {"GET", "/session", "getSession", kAll},
    {"DELETE", "/session", "signOut", kAll},
    {"POST", "/session/passkey/options", "passkeyOptions", kOpen},
    {"POST", "/session/passkey", "passkeySignIn", kOpen},
    {"POST", "/session/totp", "totpSignIn", kOpen},
    {"POST", "/session/step-up/options", "stepUpOptions", kAll},
    {"POST", "/session/step-up", "stepUp", kAll},
    {"PUT", "/session/settings", "putSettings", kAll},
    {"GET", "/session/credentials", "listCredentials", kAll},
    {"DELETE", "/session/credentials/{id}", "removeCredential", kAll, StepUp::always},
    {"POST", "/session/credentials/passkey/options", "addPasskeyOptions", kAll, StepUp::always},
    {"POST", "/session/credentials/passkey", "addPasskey", kAll, StepUp::always},
    {"POST", "/enrolment", "readEnrolment", kOpen},
    {"POST", "/enrolment/passkey/options", "enrolPasskeyOptions", kOpen},
    {"POST", "/enrolment/passkey", "enrolPasskey", kOpen},
    {"POST", "/enrolment/totp/options", "enrolTotpOptions", kOpen},
    {"POST", "/enrolment/totp", "enrolTotp", kOpen},
    {"GET", "/meta", "getMeta", kAll},
    {"GET", "/templates", "listTemplates", kModerators | kAuditor | kAdmin},
    {"POST", "/templates", "addTemplate", kSenior | kAdmin},
    {"PUT", "/templates/{id}", "putTemplate", kSenior | kAdmin},
    {"DELETE", "/templates/{id}", "removeTemplate", kSenior | kAdmin},
    {"GET", "/queue", "listQueue", kModerators | kOfficer | kAuditor | kAdmin},
    {"GET", "/queue/counts", "countQueue", kModerators | kOfficer | kAuditor | kAdmin},
    {"POST", "/queue/next", "claimNext", kModerators},
    {"POST", "/cases", "openCase", kModerators},
    {"GET", "/cases/{id}", "getCase", kModerators | kOfficer | kAuditor},
    {"POST", "/cases/{id}/claim", "claimCase", kModerators},
    {"DELETE", "/cases/{id}/claim", "releaseCase", kModerators},
    {"POST", "/cases/{id}/decide", "decideCase", kModerators, StepUp::severe},
    {"POST", "/cases/{id}/second-review", "secondReview", kModerators, StepUp::always},
    {"POST", "/cases/{id}/undo", "undoDecision", kModerators},
    {"POST", "/cases/{id}/escalate", "escalateCase", kModerators},
    {"POST", "/cases/{id}/notes", "addNote", kModerators | kOfficer},
    {"POST", "/cases/{id}/translation", "translateCase", kModerators | kOfficer},
    {"GET", "/cases/{id}/reports", "listReports", kModerators | kOfficer | kAuditor},
    {"GET", "/cases/{id}/history", "listHistory", kModerators | kOfficer | kAuditor},
    {"GET", "/cases/{id}/members", "listMembers", kModerators | kOfficer | kAuditor},
    {"GET", "/cases/{id}/linked", "listLinked", kModerators | kOfficer | kAuditor},
    {"GET", "/cases/{id}/context", "getContext", kModerators | kOfficer | kAuditor},
    {"GET", "/cases/{id}/media/{index}", "getMedia", kModerators | kOfficer},
    {"POST", "/cases/batch-decide", "batchDecide", kModerators, StepUp::severe},
    {"GET", "/appeals", "listAppeals", kModerators | kOfficer | kAuditor},
    {"GET", "/appeals/{id}", "getAppeal", kModerators | kOfficer | kAuditor},
    {"POST", "/appeals/{id}/claim", "claimAppeal", kModerators},
    {"POST", "/appeals/{id}/decide", "decideAppeal", kModerators},
    {"GET", "/terms", "listTerms", kModerators | kAuditor | kAdmin},
    {"POST", "/terms", "proposeTerm", kModerators},
    {"POST", "/terms/try", "tryQuery", kModerators | kAuditor | kAdmin},
    {"GET", "/terms/{id}", "getTerm", kModerators | kAuditor | kAdmin},
    {"GET", "/terms/{id}/preview", "previewTerm", kModerators | kAuditor | kAdmin},
    {"POST", "/terms/{id}/guard", "guardTerm", kModerators},
    {"POST", "/terms/{id}/retire", "retireTerm", kModerators},
    {"POST", "/terms/{id}/reject", "rejectTerm", kModerators},
    {"GET", "/term-lists", "listTermLists", kModerators | kAuditor | kAdmin},
    {"GET", "/term-lists/{name}", "readTermList", kModerators | kAuditor | kAdmin},
    {"GET", "/policy", "getPolicy", kAll},
    {"GET", "/policy/replays", "listReplays", kSenior | kAuditor | kAdmin},
    {"POST", "/policy/replays", "startReplay", kSenior | kAuditor | kAdmin},
    {"GET", "/policy/replays/{id}", "getReplay", kSenior | kAuditor | kAdmin},
    {"POST", "/lookup/members", "findMembers", kModerators | kOfficer},
    {"POST", "/lookup/members/{id}", "readMember", kModerators | kOfficer},
    {"POST", "/lookup/members/{id}/verified", "verifyMember", kSenior, StepUp::always},
    {"POST", "/lookup/chats", "findChats", kModerators | kOfficer},
    {"POST", "/lookup/chats/{id}", "readChat", kModerators | kOfficer},
    {"POST", "/lookup/chats/{id}/verified", "verifyChat", kSenior, StepUp::always},
    {"GET", "/staff", "listStaff", kAuditor | kAdmin},
    {"POST", "/staff", "addStaff", kAdmin, StepUp::always},
    {"PATCH", "/staff/{id}", "changeStaff", kAdmin, StepUp::always},
    {"POST", "/staff/{id}/enrolment", "renewEnrolment", kAdmin, StepUp::always},
    {"POST", "/staff/{id}/disable", "disableStaff", kAdmin, StepUp::always},
    {"GET", "/staff/reads", "listReads", kAuditor | kAdmin},
    {"POST", "/quality/samples/next", "nextSample", kModerators},
    {"POST", "/quality/samples/{id}", "answerSample", kModerators},
    {"GET", "/quality/agreement", "getAgreement", kModerators | kAuditor | kAdmin},
    {"GET", "/figures", "getFigures", kAll},
    {"GET", "/reports", "listPublicReports", kReportReaders},
    {"POST", "/reports", "draftReport", kSenior | kApprover | kAdmin},
    {"GET", "/reports/{id}", "readPublicReport", kReportReaders},
    {"POST", "/reports/{id}/review", "reviewReport", kSenior | kApprover},
    {"POST", "/reports/{id}/publish", "publishReport", kApprover | kAdmin, StepUp::always},
    {"GET", "/health", "getHealth", kAll},
    {"GET", "/wellness", "getWellness", kAll},
    {"POST", "/wellness/break", "takeBreak", kAll},
    {"GET", "/legal/requests", "listRequests", kOfficer | kApprover | kAuditor},
    {"GET", "/legal/requests/{id}", "getRequest", kOfficer | kApprover},
    {"GET", "/legal/requests/{id}/warrant", "getWarrant", kOfficer | kApprover},
    {"GET", "/legal/files/{id}", "getRequestFile", kOfficer | kApprover},
    {"POST", "/legal/requests/{id}/pass", "passGate", kOfficer},
    {"POST", "/legal/requests/{id}/approve", "approveRequest", kApprover, StepUp::always},
    {"POST", "/legal/requests/{id}/ask", "askAgency", kOfficer | kApprover},
    {"POST", "/legal/requests/{id}/refuse", "refuseRequest", kOfficer | kApprover},
    {"POST", "/legal/requests/{id}/hand-over", "handOverRequest", kOfficer},
    {"POST", "/legal/requests/{id}/extend", "extendPreservation", kOfficer},
    {"POST", "/legal/requests/{id}/confirm", "confirmEmergency", kOfficer},
    {"GET", "/legal/requests/{id}/question", "getQuestion", kOfficer | kApprover},
    {"POST", "/legal/requests/{id}/contribute", "contribute", kOfficer | kApprover, StepUp::always},
    {"POST", "/legal/requests/{id}/disclose", "discloseRequest", kOfficer, StepUp::always},
    {"GET", "/legal/counts", "countRequests", kOfficer | kApprover | kAuditor},
    {"GET", "/legal/acts", "listActs", kOfficer | kApprover | kAuditor},
    {"GET", "/legal/calendar", "getCalendar", kOfficer | kApprover | kAuditor},
    {"GET", "/legal/agencies", "listAgencies", kOfficer | kApprover | kAuditor},
    {"POST", "/legal/agencies", "proposeAgency", kOfficer},
    {"GET", "/legal/applications", "listApplications", kOfficer},
    {"POST", "/legal/applications/{id}/take-up", "takeUpApplication", kOfficer},
    {"POST", "/legal/applications/{id}/decline", "declineApplication", kOfficer},
    {"GET", "/legal/agencies/{id}/requests", "listAgencyRequests", kOfficer | kApprover | kAuditor},
    {"POST", "/legal/agencies/{id}/onboard", "onboardAgency", kOfficer, StepUp::always},
    {"POST", "/legal/agencies/{id}/suspend", "suspendAgency", kOfficer},
    {"POST", "/legal/agencies/{id}/resume", "resumeAgency", kOfficer, StepUp::always},
    {"POST", "/legal/agencies/{id}/conflicts", "setConflicts", kOfficer, StepUp::always},
    {"POST", "/legal/agencies/{id}/officers", "inviteOfficer", kOfficer, StepUp::always},
    {"POST", "/legal/officers/{id}/disable", "disableOfficer", kOfficer},
    {"GET", "/legal/journal", "getJournal", kOfficer | kApprover | kAuditor | kAdmin},
    {"GET", "/legal/jurisdictions", "listJurisdictions", kOfficer | kApprover | kAuditor},
};

}  // namespace

std::span<const Endpoint> console_endpoints() {
  return kEndpoints;
}

bool may_call(const Endpoint& endpoint, staff::Role role) {
  return (endpoint.roles & bit(role)) != 0;
}

}  // namespace heliograph::web
