// How pages ask the server.
import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem.ts";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What is opened is asked for anew: others work on the same lists. Parts of one page that want the same share it.
      staleTime: 1_000,
      // Again where that may help: the network or the server failed, not the question.
      retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status === 0 || error.status === 503),
    },
  },
});
