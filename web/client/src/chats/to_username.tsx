// A chat by its username: links to it lead here.
import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "react-router";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { peers } from "../api/peers.ts";
import { Main } from "../layout/columns.tsx";
import { Failed, Loading } from "../layout/states.tsx";

export function ToUsername() {
  const { username = "" } = useParams();
  const found = useQuery({ queryKey: ["username", username], queryFn: async () => { const peer = await tg().getPeer(username); peers.put(peer); return peer.id; } });
  if (found.data !== undefined) return <Navigate to={`/chat/${found.data}`} replace />;
  return <Main>{found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : <Loading />}</Main>;
}
