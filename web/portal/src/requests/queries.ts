import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { base64Of } from "../../../shared/download.ts";
import { inPieces } from "../../../shared/pieces.ts";
import { answer, api } from "../api/client.ts";
import type { Entry, Form, OwnRequest } from "../api/types.ts";
import { proved } from "../session/passkeys.ts";

// A body has at most as much as the server's own limit, a megabyte unless the operator says otherwise.
const pieceChars = 512 * 1024;

export function useRequests() {
  return useInfiniteQuery({
    queryKey: ["requests"],
    queryFn: ({ pageParam }) => answer(api.GET("/requests", { params: { query: pageParam ? { before: pageParam } : {} } })),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
}

const keyOf = (id: number) => ["request", id];
export function useRequest(id: number) {
  return useQuery({ queryKey: keyOf(id), queryFn: () => answer(api.GET("/requests/{id}", { params: { path: { id } } })), refetchInterval: 60_000 });
}

// Entries get their proofs with the next batch of the log, within a minute.
const entriesOf = (id: number) => ["entries", id];
export function useEntries(id: number) {
  return useQuery({
    queryKey: entriesOf(id),
    queryFn: () => answer(api.GET("/requests/{id}/entries", { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.items.every((entry: Entry) => entry.proof) ? 60_000 : 5_000),
  });
}

// Of acts that give the request as it is then.
export function useAct<Input>(id: number, act: (input: Input) => Promise<OwnRequest>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (now) => {
      queries.setQueryData(keyOf(id), now);
      void queries.invalidateQueries({ queryKey: ["requests"] });
      void queries.invalidateQueries({ queryKey: entriesOf(id) });
    },
  });
}

const path = (id: number) => ({ params: { path: { id } } });
export const useAnswer = (id: number) => useAct(id, (text: string) => answer(api.POST("/requests/{id}/answer", { ...path(id), body: { text } })));
export const useCorrect = (id: number) => useAct(id, (form: Form) => answer(api.PUT("/requests/{id}/form", { ...path(id), body: form })));
export const useWithdraw = (id: number) => useAct(id, (text: string) => proved(() => answer(api.POST("/requests/{id}/withdraw", { ...path(id), body: { text } }))));
export const useConfirmReceipt = (id: number) => useAct(id, (sha256: string) => answer(api.POST("/requests/{id}/receipt", { ...path(id), body: { sha256 } })));

export const collect = (id: number): Promise<{ package: string }> => proved(() => answer(api.POST("/requests/{id}/collect", path(id))));

export type FileKind = "order" | "validation" | "confirmation" | "gag" | "other";
export async function upload(id: number, kind: FileKind, file: File): Promise<{ sha256: string }> {
  const name = file.name.slice(0, 200);
  const sent = await inPieces(await base64Of(file), pieceChars, ({ text, ...piece }) => answer(api.POST("/requests/{id}/files", { ...path(id), body: { kind, name, content: text, ...piece } })));
  return sent as { sha256: string };
}
