import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { Category, TermDetail, TermState } from "../api/types.ts";
import type { components } from "../api/schema.d.ts";

const path = (id: number) => ({ params: { path: { id } } });

export function useTerms(filter: { state: TermState; category?: Category; query?: string }) {
  return useInfiniteQuery({
    queryKey: ["terms", filter],
    queryFn: ({ pageParam }) => answer(api.GET("/terms", { params: { query: { ...filter, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

export function useTerm(id: number) {
  return useQuery({ queryKey: ["term", id], queryFn: () => answer(api.GET("/terms/{id}", path(id))) });
}

export function usePreview(id: number, country: string) {
  return useQuery({ queryKey: ["term", id, "preview", country], queryFn: () => answer(api.GET("/terms/{id}/preview", { params: { path: { id }, query: country ? { country } : {} } })) });
}

function useChanged(id: number) {
  const queries = useQueryClient();
  return (term: TermDetail["term"]) => {
    queries.setQueryData<TermDetail>(["term", id], (had) => had && { ...had, term });
    void queries.invalidateQueries({ queryKey: ["term", id] });
    void queries.invalidateQueries({ queryKey: ["terms"] });
    void queries.invalidateQueries({ queryKey: ["counts"] });
  };
}

export function useGuardTerm(id: number) {
  return useMutation({ mutationFn: (body: components["schemas"]["GuardTerm"]) => answer(api.POST("/terms/{id}/guard", { ...path(id), body })), onSuccess: useChanged(id) });
}
export function useRetireTerm(id: number) {
  return useMutation({ mutationFn: (reason: string) => answer(api.POST("/terms/{id}/retire", { ...path(id), body: { reason, reopen: false } })), onSuccess: useChanged(id) });
}
export function useRejectTerm(id: number) {
  return useMutation({ mutationFn: (reason: string) => answer(api.POST("/terms/{id}/reject", { ...path(id), body: { reason } })), onSuccess: useChanged(id) });
}

export function useProposeTerm() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (body: { text: string; category: Category; note: string }) => answer(api.POST("/terms", { body })), onSuccess: () => queries.invalidateQueries({ queryKey: ["terms"] }) });
}

export function useTryQuery() {
  return useMutation({ mutationFn: (body: { query: string; country?: string }) => answer(api.POST("/terms/try", { body })) });
}

export function useOpenCase() {
  return useMutation({ mutationFn: (body: { subject: string; category: Category; note: string }) => answer(api.POST("/cases", { body })) });
}
