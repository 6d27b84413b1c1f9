// Who is signed in.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { Session } from "../api/types.ts";

const sessionKey = ["session"];

export const useSessionQuery = () => useQuery({ queryKey: sessionKey, queryFn: () => answer(api.GET("/session")), refetchInterval: 300_000 });

// Inside SignedIn, where there is one.
export function useSession(): Session {
  return useSessionQuery().data!;
}

export function useSetSession(): (session: Session) => void {
  const queries = useQueryClient();
  return (session) => void queries.setQueryData(sessionKey, session);
}
