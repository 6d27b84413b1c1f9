import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { CaseSummary, Decide, QueueFilter } from "../api/types.ts";
import { useGuarded } from "../session/step_up.tsx";

const pageSize = 100;
export interface QueuePageData {
  items: CaseSummary[];
  next?: string;
  total?: number;
}

export function useQueue(filter: QueueFilter) {
  return useInfiniteQuery({
    queryKey: ["queue", filter],
    queryFn: ({ pageParam }) => answer<QueuePageData>(api.GET("/queue", { params: { query: { ...filter, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    // Reading a hundred pages again because a window got the focus would help nobody.
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });
}

export function useQueueCounts(enabled = true) {
  return useQuery({ queryKey: ["counts"], queryFn: () => answer(api.GET("/queue/counts")), refetchInterval: 20_000, enabled });
}

// Puts what is known anew about a case into every page that shows it.
export function usePatchQueue(): (changed: CaseSummary) => void {
  const queries = useQueryClient();
  return (changed) => {
    queries.setQueriesData<InfiniteData<QueuePageData>>({ queryKey: ["queue"] }, (data) => data && {
      ...data,
      pages: data.pages.map((page) => page.items.some((one) => one.id === changed.id) ? { ...page, items: page.items.map((one) => (one.id === changed.id ? changed : one)) } : page),
    });
    void queries.invalidateQueries({ queryKey: ["counts"] });
  };
}

// The filter's part that claiming goes by.
export const claimable = ({ queue, category, language, country }: QueueFilter) => ({ ...(queue ? { queue } : {}), ...(category ? { category } : {}), ...(language ? { language } : {}), ...(country ? { country } : {}) });

export function useClaimNext() {
  const patch = usePatchQueue();
  return useMutation({
    mutationFn: (filter: QueueFilter) => answer(api.POST("/queue/next", { body: claimable(filter) })),
    onSuccess: (claimed) => claimed && patch({ ...claimed.case, claim: claimed.claim }),
  });
}

export function useClaim() {
  const patch = usePatchQueue();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (one: CaseSummary) => ({ ...one, claim: await answer(api.POST("/cases/{id}/claim", { params: { path: { id: one.id } } })) }),
    onSuccess: (one) => {
      patch(one);
      void queries.invalidateQueries({ queryKey: ["case", one.id] });
    },
  });
}

export function useRelease() {
  const patch = usePatchQueue();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (one: CaseSummary) => {
      await answer(api.DELETE("/cases/{id}/claim", { params: { path: { id: one.id } } }));
      return { ...one, claim: undefined };
    },
    onSuccess: (one) => {
      patch(one);
      void queries.invalidateQueries({ queryKey: ["case", one.id] });
    },
  });
}

export interface BatchResult {
  done: number;
  problems: { id: number; text: string }[];
}

// Any number of cases, in portions that the server takes.
export function useBatchDecide() {
  const guarded = useGuarded();
  const patch = usePatchQueue();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ cases, decision }: { cases: CaseSummary[]; decision: Decide }): Promise<BatchResult> => {
      const result: BatchResult = { done: 0, problems: [] };
      for (let at = 0; at < cases.length; at += 200) {
        const portion = cases.slice(at, at + 200).map(({ id, version }) => ({ id, version }));
        const { items } = await guarded(() => answer(api.POST("/cases/batch-decide", { body: { cases: portion, decision } })));
        for (const item of items) {
          if (item.decided) {
            result.done += 1;
            patch(item.decided.case);
            void queries.invalidateQueries({ queryKey: ["case", item.id] });
          } else {
            result.problems.push({ id: item.id, text: item.problem?.detail ?? item.problem?.title ?? "" });
          }
        }
      }
      return result;
    },
  });
}
