import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { WholePublicReport } from "../api/types.ts";
import { useGuarded } from "../session/step_up.tsx";

const path = (id: number) => ({ params: { path: { id } } });

export function usePublicReports() {
  return useQuery({ queryKey: ["public-reports"], queryFn: () => answer(api.GET("/reports")) });
}

export function usePublicReport(id: number) {
  return useQuery({ queryKey: ["public-report", id], queryFn: () => answer(api.GET("/reports/{id}", path(id))) });
}

function useChanged() {
  const queries = useQueryClient();
  return (report: WholePublicReport) => {
    queries.setQueryData<WholePublicReport>(["public-report", report.id], report);
    void queries.invalidateQueries({ queryKey: ["public-reports"] });
  };
}

export function useDraftReport() {
  return useMutation({ mutationFn: (body: { from: string; to: string; reason?: string }) => answer(api.POST("/reports", { body })), onSuccess: useChanged() });
}
export function useReviewReport(id: number) {
  return useMutation({ mutationFn: (words: string) => answer(api.POST("/reports/{id}/review", { ...path(id), body: { words } })), onSuccess: useChanged() });
}
export function usePublishReport(id: number) {
  const guarded = useGuarded();
  return useMutation({ mutationFn: () => guarded(() => answer(api.POST("/reports/{id}/publish", path(id)))), onSuccess: useChanged() });
}
