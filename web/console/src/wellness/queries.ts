import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { Settings } from "../api/types.ts";
import { failed } from "../layout/notify.ts";
import { useSetSession } from "../session/session.ts";

const key = ["wellness"];

export function useWellness() {
  return useQuery({ queryKey: key, queryFn: () => answer(api.GET("/wellness")), refetchInterval: 60_000, retry: false });
}

export function useTakeBreak() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: () => answer(api.POST("/wellness/break", {})), onSuccess: (state) => queries.setQueryData(key, state), onError: failed });
}

// After something was shown.
export function useExposed(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: key });
}

export function usePutSettings() {
  const setSession = useSetSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (settings: Settings) => answer(api.PUT("/session/settings", { body: settings })),
    onSuccess: (session) => {
      setSession(session);
      void queries.invalidateQueries({ queryKey: key });
      void queries.invalidateQueries({ queryKey: ["queue"] });
    },
    onError: failed,
  });
}
