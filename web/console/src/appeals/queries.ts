import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { AppealSummary } from "../api/types.ts";

export type AppealState = AppealSummary["state"] | "all";

export function useAppeals(state: AppealState, mine: boolean) {
  return useInfiniteQuery({
    queryKey: ["appeals", state, mine],
    queryFn: ({ pageParam }) => answer(api.GET("/appeals", { params: { query: { state, mine, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

export function useAppeal(id: number) {
  return useQuery({ queryKey: ["appeal", id], queryFn: () => answer(api.GET("/appeals/{id}", { params: { path: { id } } })) });
}

export function useClaimAppeal(id: number) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: () => answer(api.POST("/appeals/{id}/claim", { params: { path: { id } } })), onSuccess: () => queries.invalidateQueries({ queryKey: ["appeal", id] }) });
}

export function useDecideAppeal(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { verdict: "upheld" | "rejected"; reason: string; note?: string }) => answer(api.POST("/appeals/{id}/decide", { params: { path: { id } }, body })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["appeals"] });
      void queries.invalidateQueries({ queryKey: ["appeal", id] });
      void queries.invalidateQueries({ queryKey: ["case"] });
    },
  });
}
