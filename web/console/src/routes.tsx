// Addresses of the console, all behind '#': the server serves one page.
import { createHashRouter } from "react-router";
import { t } from "./texts/index.ts";
import { Home, Shell } from "./layout/shell.tsx";
import { Enrol } from "./session/enrol.tsx";
import { QueuePage } from "./queue/queue_page.tsx";
import { CasePage } from "./cases/case_page.tsx";
import { Message } from "./layout/states.tsx";

export const router = createHashRouter([
  { path: "/enrol/:token", element: <Enrol /> },
  {
    path: "/",
    element: <Shell />,
    errorElement: <Message title={t.errors.broken} text={t.errors.brokenText} />,
    children: [
      { index: true, element: <Home /> },
      { path: "queue", element: <QueuePage /> },
      { path: "cases/:id", element: <CasePage /> },
      { path: "appeals", lazy: async () => ({ Component: (await import("./appeals/appeals_page.tsx")).AppealsPage }) },
      { path: "appeals/:id", lazy: async () => ({ Component: (await import("./appeals/appeal_page.tsx")).AppealPage }) },
      { path: "legal", lazy: async () => ({ Component: (await import("./legal/desk_page.tsx")).LegalDeskPage }) },
      { path: "legal/requests/:id", lazy: async () => ({ Component: (await import("./legal/request_page.tsx")).LegalRequestPage }) },
      { path: "legal/agencies", lazy: async () => ({ Component: (await import("./legal/agencies_page.tsx")).AgenciesPage }) },
      { path: "legal/calendar", lazy: async () => ({ Component: (await import("./legal/calendar_page.tsx")).CalendarPage }) },
      { path: "legal/register", lazy: async () => ({ Component: (await import("./legal/register_page.tsx")).RegisterPage }) },
      { path: "legal/rules", lazy: async () => ({ Component: (await import("./legal/rules_page.tsx")).LegalRulesPage }) },
      { path: "terms", lazy: async () => ({ Component: (await import("./terms/terms_page.tsx")).TermsPage }) },
      { path: "terms/:id", lazy: async () => ({ Component: (await import("./terms/term_page.tsx")).TermPage }) },
      { path: "lists", lazy: async () => ({ Component: (await import("./rules/term_lists_page.tsx")).TermListsPage }) },
      { path: "policy", lazy: async () => ({ Component: (await import("./rules/policy_page.tsx")).PolicyPage }) },
      { path: "quality", lazy: async () => ({ Component: (await import("./quality/quality_page.tsx")).QualityPage }) },
      { path: "lookup", lazy: async () => ({ Component: (await import("./lookup/lookup_page.tsx")).LookupPage }) },
      { path: "templates", lazy: async () => ({ Component: (await import("./templates/templates_page.tsx")).TemplatesPage }) },
      { path: "staff", lazy: async () => ({ Component: (await import("./staff/staff_page.tsx")).StaffPage }) },
      { path: "figures", lazy: async () => ({ Component: (await import("./figures/figures_page.tsx")).FiguresPage }) },
      { path: "reports", lazy: async () => ({ Component: (await import("./reports/reports_page.tsx")).ReportsPage }) },
      { path: "reports/:id", lazy: async () => ({ Component: (await import("./reports/report_page.tsx")).ReportPage }) },
      { path: "settings", lazy: async () => ({ Component: (await import("./wellness/settings_page.tsx")).SettingsPage }) },
      { path: "*", element: <Message title={t.errors.nowhere} text={t.errors.nowhereText} /> },
    ],
  },
]);
