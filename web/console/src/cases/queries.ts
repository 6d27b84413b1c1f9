import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { Case, Decide, Decided } from "../api/types.ts";
import { useGuarded } from "../session/step_up.tsx";
import { usePatchQueue } from "../queue/queries.ts";

const path = (id: number) => ({ params: { path: { id } } });

export function useCase(id: number) {
  return useQuery({ queryKey: ["case", id], queryFn: () => answer(api.GET("/cases/{id}", path(id))) });
}

export function useTemplates(enabled = true) {
  return useQuery({ queryKey: ["templates"], queryFn: () => answer(api.GET("/templates")), select: (data) => data.items, staleTime: 300_000, enabled });
}

// What changes a case changes the lists that it is in.
function useChanged(id: number) {
  const patch = usePatchQueue();
  const queries = useQueryClient();
  return (decided: Decided) => {
    patch(decided.case);
    void queries.invalidateQueries({ queryKey: ["case", id] });
  };
}

export function useDecide(id: number) {
  const guarded = useGuarded();
  return useMutation({
    mutationFn: ({ decision, version }: { decision: Decide; version: number }) => guarded(() => answer(api.POST("/cases/{id}/decide", { ...path(id), body: { ...decision, version } }))),
    onSuccess: useChanged(id),
  });
}

// Of any case: what one wants to take back may be the one before.
export function useUndo() {
  const patch = usePatchQueue();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason, reopen }: { id: number; reason: string; reopen: boolean }) => answer(api.POST("/cases/{id}/undo", { ...path(id), body: { reason, reopen } })),
    onSuccess: (decided, { id }) => {
      patch(decided.case);
      void queries.invalidateQueries({ queryKey: ["case", id] });
    },
  });
}

export function useSecondReview(id: number) {
  const guarded = useGuarded();
  return useMutation({
    mutationFn: (body: { verdict: "confirm" | "refuse"; note?: string }) => guarded(() => answer(api.POST("/cases/{id}/second-review", { ...path(id), body }))),
    onSuccess: useChanged(id),
  });
}

export function useEscalate(id: number) {
  const patch = usePatchQueue();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { note: string; queue?: string }) => answer(api.POST("/cases/{id}/escalate", { ...path(id), body })),
    onSuccess: (changed) => {
      patch(changed);
      void queries.invalidateQueries({ queryKey: ["case", id] });
    },
  });
}

export function useAddNote(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => answer(api.POST("/cases/{id}/notes", { ...path(id), body: { text } })),
    onSuccess: (note) => {
      queries.setQueryData<Case>(["case", id], (had) => had && { ...had, notes: [...had.notes, note] });
      void queries.invalidateQueries({ queryKey: ["case", id] });
    },
  });
}

// What it said, into a language that whoever looks at it reads.
export function useTranslate(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/cases/{id}/translation", { ...path(id), body: {} })),
    onSuccess: ({ text }) => queries.setQueryData<Case>(["case", id], (had) => had && { ...had, content: { ...had.content, translation: text } }),
  });
}

const pages = { initialPageParam: "", getNextPageParam: (page: { next?: string }) => page.next };
const query = (cursor: string) => (cursor ? { cursor } : {});

export function useReports(id: number) {
  return useInfiniteQuery({ queryKey: ["case", id, "reports"], queryFn: ({ pageParam }) => answer(api.GET("/cases/{id}/reports", { params: { path: { id }, query: query(pageParam) } })), ...pages });
}
export function useHistory(id: number) {
  return useInfiniteQuery({ queryKey: ["case", id, "history"], queryFn: ({ pageParam }) => answer(api.GET("/cases/{id}/history", { params: { path: { id }, query: query(pageParam) } })), ...pages });
}
export function useMembers(id: number) {
  return useInfiniteQuery({ queryKey: ["case", id, "members"], queryFn: ({ pageParam }) => answer(api.GET("/cases/{id}/members", { params: { path: { id }, query: query(pageParam) } })), ...pages });
}
export function useLinked(id: number) {
  return useQuery({ queryKey: ["case", id, "linked"], queryFn: () => answer(api.GET("/cases/{id}/linked", path(id))) });
}
export function useContextMessages(id: number, enabled: boolean) {
  return useQuery({ queryKey: ["case", id, "context"], queryFn: () => answer(api.GET("/cases/{id}/context", path(id))), enabled });
}
