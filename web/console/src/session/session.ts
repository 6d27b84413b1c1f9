// Who is signed in, and what their role may do.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { Meta, Role, Session } from "../api/types.ts";

export const sessionKey = ["session"];

export function useSessionQuery() {
  return useQuery({ queryKey: sessionKey, queryFn: () => answer(api.GET("/session")), staleTime: 60_000, refetchInterval: 300_000 });
}

// Inside the shell, where there is one.
export function useSession(): Session {
  const session = useQueryClient().getQueryData<Session>(sessionKey);
  const { data } = useSessionQuery();
  return (data ?? session)!;
}

export function useSetSession(): (session: Session) => void {
  const queries = useQueryClient();
  return (session) => queries.setQueryData(sessionKey, session);
}

// As x-roles of docs/api/console.yaml has it; the server decides, this only hides what it would refuse.
const may = {
  cases: ["moderator", "senior-moderator", "legal-officer", "auditor", "admin"],
  work: ["moderator", "senior-moderator"],
  appeals: ["moderator", "senior-moderator", "legal-officer", "auditor"],
  terms: ["moderator", "senior-moderator", "auditor", "admin"],
  replay: ["senior-moderator", "auditor", "admin"],
  lookup: ["moderator", "senior-moderator", "legal-officer"],
  verify: ["senior-moderator"],
  templates: ["moderator", "senior-moderator", "auditor", "admin"],
  changeTemplates: ["senior-moderator", "admin"],
  legal: ["legal-officer", "legal-approver", "auditor"],
  legalRequests: ["legal-officer", "legal-approver"],
  legalOfficer: ["legal-officer"],
  legalApprover: ["legal-approver"],
  quality: ["moderator", "senior-moderator", "auditor", "admin"],
  staff: ["auditor", "admin"],
  changeStaff: ["admin"],
  reports: ["senior-moderator", "legal-officer", "legal-approver", "auditor", "admin"],
  draftReport: ["senior-moderator", "legal-approver", "admin"],
  reviewReport: ["senior-moderator", "legal-approver"],
  publishReport: ["legal-approver", "admin"],
  anything: ["moderator", "senior-moderator", "legal-officer", "legal-approver", "auditor", "admin"],
} satisfies Record<string, Role[]>;
export type Right = keyof typeof may;

export const mayDo = (role: Role, right: Right): boolean => (may[right] as Role[]).includes(role);
export function useMay(right: Right): boolean {
  return mayDo(useSession().role, right);
}

export function useMeta(): Meta | undefined {
  return useQuery({ queryKey: ["meta"], queryFn: () => answer(api.GET("/meta")), staleTime: 300_000 }).data;
}
