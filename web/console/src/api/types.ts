// Short names for what docs/api/console.yaml describes.
import type { components, operations } from "./schema.d.ts";

type Schemas = components["schemas"];
export type Agreement = Schemas["Agreement"];
export type Appeal = Schemas["Appeal"];
export type AppealSummary = Schemas["AppealSummary"];
export type CampaignMember = Schemas["CampaignMember"];
export type Case = Schemas["Case"];
export type CaseEvent = Schemas["Event"];
export type CaseSummary = Schemas["CaseSummary"];
export type Category = Schemas["Category"];
export type Chat = Schemas["Chat"];
export type ChatCard = Schemas["ChatCard"];
export type Content = Schemas["Content"];
export type ContextMessage = Schemas["ContextMessage"];
export type Decide = Schemas["Decide"];
export type Decided = Schemas["Decided"];
export type Effect = Schemas["Effect"];
export type Limit = Schemas["Limit"];
export type Enrolment = Schemas["Enrolment"];
export type Figures = Schemas["Figures"];
export type Finding = Schemas["Finding"];
export type Health = Schemas["Health"];
export type Highlight = Schemas["Highlight"];
export type LegalAct = Schemas["LegalAct"];
export type LegalAgency = Schemas["LegalAgency"];
export type LegalApplication = Schemas["LegalApplication"];
export type LegalFile = Schemas["LegalFile"];
export type LegalGate = Schemas["LegalGate"];
export type LegalCertificate = Schemas["LegalJournal"]["answers_certificate"];
export type LegalJurisdiction = Schemas["LegalJurisdiction"];
export type LegalRequest = Schemas["LegalRequest"];
export type LegalSummary = Schemas["LegalRequestSummary"];
export type LegalType = LegalSummary["type"];
export type ListTerm = Schemas["ListTerm"];
export type Media = Schemas["Media"];
export type Member = Schemas["Member"];
export type MemberCard = Schemas["MemberCard"];
export type Meta = Schemas["Meta"];
export type Policy = Schemas["Policy"];
export type PublicReport = Schemas["PublicReport"];
export type Replay = Schemas["Replay"];
export type Report = Schemas["Report"];
export type Role = Schemas["Role"];
export type Sample = Schemas["Sample"];
export type Session = Schemas["Session"];
export type Settings = Schemas["Settings"];
export type StaffMember = Schemas["StaffMember"];
export type StaffRead = Schemas["StaffRead"];
export type SubjectKind = Schemas["SubjectKind"];
export type Template = Schemas["Template"];
export type TemplateInput = Schemas["TemplateInput"];
export type Term = Schemas["Term"];
export type TermDetail = Schemas["TermDetail"];
export type TermEffect = Schemas["TermEffect"];
export type TermPreview = Schemas["TermPreview"];
export type TermState = Schemas["TermState"];
export type WholePublicReport = Schemas["WholePublicReport"];
export type Wellness = Schemas["Wellness"];

export type QueueFilter = Omit<NonNullable<operations["listQueue"]["parameters"]["query"]>, "cursor" | "limit">;

export const categories: Category[] = [
  "illegal_goods", "fraud", "csae", "terrorism", "violence", "hate", "harassment", "sexual", "self_harm", "spam", "other_illegal",
];
export const roles: Role[] = ["moderator", "senior-moderator", "legal-officer", "legal-approver", "auditor", "admin"];
