import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";

export function useTermLists() {
  return useQuery({ queryKey: ["lists"], queryFn: () => answer(api.GET("/term-lists")) });
}

export function useTermList(name: string, query: string) {
  return useInfiniteQuery({
    queryKey: ["lists", name, query],
    queryFn: ({ pageParam }) => answer(api.GET("/term-lists/{name}", { params: { path: { name }, query: { limit: 200, ...(query ? { query } : {}), ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    enabled: name !== "",
  });
}

export function usePolicy() {
  return useQuery({ queryKey: ["policy"], queryFn: () => answer(api.GET("/policy")) });
}

export function useReplays(enabled: boolean) {
  return useQuery({
    queryKey: ["replays"],
    queryFn: () => answer(api.GET("/policy/replays")),
    enabled,
    refetchInterval: (query) => (query.state.data?.items.some((one) => one.state === "running") ? 2000 : false),
  });
}

export function useStartReplay() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (body: { from: string; to: string; policy?: string }) => answer(api.POST("/policy/replays", { body })), onSuccess: () => queries.invalidateQueries({ queryKey: ["replays"] }) });
}
