// What the legal desk asks the server.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { inPieces } from "../../../shared/pieces.ts";
import { answer, api } from "../api/client.ts";
import type { Category, LegalRequest, LegalType } from "../api/types.ts";
import { useGuarded } from "../session/step_up.tsx";

// A body of the console has at most 256 KiB.
const pieceChars = 192 * 1024;
const path = (id: number) => ({ params: { path: { id } } });
const after = (cursor: string) => (cursor ? { cursor } : {});

export interface DeskFilter {
  type?: LegalType;
  closed: boolean;
}

export function useRequests(filter: DeskFilter) {
  return useInfiniteQuery({
    queryKey: ["legal", "requests", filter],
    queryFn: ({ pageParam }) => answer(api.GET("/legal/requests", { params: { query: { ...filter, ...after(pageParam) } } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    refetchInterval: 60_000,
  });
}

const keyOf = (id: number) => ["legal", "request", id];
export const useLegalRequest = (id: number) => useQuery({ queryKey: keyOf(id), queryFn: () => answer(api.GET("/legal/requests/{id}", path(id))) });

// Of acts that give the request as it is then; those that are severe ask first who is there.
function useAct<Input>(id: number, act: (input: Input) => Promise<LegalRequest>) {
  const queries = useQueryClient();
  const guarded = useGuarded();
  return useMutation({
    mutationFn: (input: Input) => guarded(() => act(input)),
    onSuccess: (now) => {
      queries.setQueryData(keyOf(id), now);
      for (const list of ["requests", "acts", "calendar", "counts"]) void queries.invalidateQueries({ queryKey: ["legal", list] });
    },
  });
}

export interface Passing {
  evidence: Record<string, string>;
  text: string;
}
export const usePass = (id: number, gate: "authentic" | "valid" | "suspect") => useAct(id, (body: Passing) => answer(api.POST("/legal/requests/{id}/pass", { ...path(id), body: { gate, ...body } })));
export const useApprove = (id: number) => useAct(id, (body: Passing) => answer(api.POST("/legal/requests/{id}/approve", { ...path(id), body })));
export const useAsk = (id: number) => useAct(id, (text: string) => answer(api.POST("/legal/requests/{id}/ask", { ...path(id), body: { text } })));
export const useRefuse = (id: number) => useAct(id, (body: { ground: string; text: string }) => answer(api.POST("/legal/requests/{id}/refuse", { ...path(id), body })));
export const useHandOver = (id: number) => useAct(id, (category: Category) => answer(api.POST("/legal/requests/{id}/hand-over", { ...path(id), body: { category } })));
export const useExtend = (id: number) => useAct(id, (text: string) => answer(api.POST("/legal/requests/{id}/extend", { ...path(id), body: { text } })));
export const useConfirm = (id: number) => useAct(id, (text: string) => answer(api.POST("/legal/requests/{id}/confirm", { ...path(id), body: { text } })));
export const useDisclose = (id: number) => useAct(id, () => answer(api.POST("/legal/requests/{id}/disclose", { ...path(id), body: {} })));
export const useContribute = (id: number) => useAct(id, async ({ key, document }: { key: number; document: string }) =>
  (await inPieces(document, pieceChars, ({ text, ...piece }) => answer(api.POST("/legal/requests/{id}/contribute", { ...path(id), body: { key, document: text, ...piece } })))) as LegalRequest);

export const question = (id: number) => answer(api.GET("/legal/requests/{id}/question", path(id)));
export const warrantOf = (id: number) => answer(api.GET("/legal/requests/{id}/warrant", { params: { path: { id } } }));
export const fileOf = (request: number, id: number) => answer(api.GET("/legal/files/{id}", { params: { path: { id }, query: { request } } }));

export const useAgencies = () => useQuery({ queryKey: ["legal", "agencies"], queryFn: () => answer(api.GET("/legal/agencies")) });
export function useAgencyRequests(id: number) {
  return useInfiniteQuery({
    queryKey: ["legal", "agency", id],
    queryFn: ({ pageParam }) => answer(api.GET("/legal/agencies/{id}/requests", { params: { path: { id }, query: after(pageParam) } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

// Of acts about agencies and officers.
export function useAgencyAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  const guarded = useGuarded();
  return useMutation({ mutationFn: (input: Input) => guarded(() => act(input)), onSuccess: () => Promise.all(["agencies", "applications", "acts", "counts"].map((list) => queries.invalidateQueries({ queryKey: ["legal", list] }))) });
}
export const useApplications = (enabled: boolean) => useQuery({ queryKey: ["legal", "applications"], queryFn: () => answer(api.GET("/legal/applications")), refetchInterval: 60_000, enabled });
export const takeUpApplication = ({ id, ...body }: { id: number; name: string; country: string; kind: string; domain: string }) => answer(api.POST("/legal/applications/{id}/take-up", { ...path(id), body }));
export const declineApplication = ({ id, ...body }: { id: number; text: string; alike: boolean }) => answer(api.POST("/legal/applications/{id}/decline", { ...path(id), body }));
export const proposeAgency = (body: { name: string; country: string; kind: string; domain: string }) => answer(api.POST("/legal/agencies", { body }));
export const onboardAgency = ({ id, ...body }: { id: number; call_back: string; number_source: string; notes: string }) => answer(api.POST("/legal/agencies/{id}/onboard", { ...path(id), body }));
export const suspendAgency = ({ id, text }: { id: number; text: string }) => answer(api.POST("/legal/agencies/{id}/suspend", { ...path(id), body: { text } }));
export const resumeAgency = ({ id, ...body }: { id: number; call_back: string; number_source: string; text: string }) => answer(api.POST("/legal/agencies/{id}/resume", { ...path(id), body }));
export const setConflicts = ({ id, ...body }: { id: number; staff: number[]; text?: string }) => answer(api.POST("/legal/agencies/{id}/conflicts", { ...path(id), body }));
export const inviteOfficer = ({ id, ...body }: { id: number; name: string; title: string; email: string }) => answer(api.POST("/legal/agencies/{id}/officers", { ...path(id), body }));
export const disableOfficer = (id: number) => answer(api.POST("/legal/officers/{id}/disable", { ...path(id), body: {} }));

export function useActs() {
  return useInfiniteQuery({
    queryKey: ["legal", "acts"],
    queryFn: ({ pageParam }) => answer(api.GET("/legal/acts", { params: { query: after(pageParam) } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}
export const useLegalCounts = (enabled: boolean) => useQuery({ queryKey: ["legal", "counts"], queryFn: () => answer(api.GET("/legal/counts")), refetchInterval: 60_000, enabled });
export const useCalendar = () => useQuery({ queryKey: ["legal", "calendar"], queryFn: () => answer(api.GET("/legal/calendar")), refetchInterval: 60_000 });
export const useJournal = () => useQuery({ queryKey: ["legal", "journal"], queryFn: () => answer(api.GET("/legal/journal")) });
export const useJurisdictions = () => useQuery({ queryKey: ["legal", "jurisdictions"], queryFn: () => answer(api.GET("/legal/jurisdictions")), staleTime: 300_000 });
