import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { Form, PartOfForm, Type } from "../api/types.ts";
import { proved } from "../session/passkeys.ts";

const draftsKey = ["drafts"];

export const useDrafts = () => useQuery({ queryKey: draftsKey, queryFn: () => answer(api.GET("/drafts")) });

export interface DraftInput {
  id?: number;
  type: Type;
  forms: PartOfForm[];
}

// Gives its number.
export function useSaveDraft() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: DraftInput) => (id === undefined ? answer(api.POST("/drafts", { body })) : answer(api.PUT("/drafts/{id}", { params: { path: { id } }, body }))),
    onSuccess: () => queries.invalidateQueries({ queryKey: draftsKey }),
  });
}

export function useRemoveDraft() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (id: number) => answer(api.DELETE("/drafts/{id}", { params: { path: { id } } })), onSuccess: () => queries.invalidateQueries({ queryKey: draftsKey }) });
}

export function useFile() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { type: Type; forms: Form[] }) => proved(() => answer(api.POST("/requests", { body }))),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["requests"] }),
  });
}
