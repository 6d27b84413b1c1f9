// What the clients of all our HTTP APIs share.
import type { Middleware } from "openapi-fetch";
import { Problem, unreachable, type ProblemDocument } from "./problem.ts";

// Marks unsafe requests with the header that forms on other sites cannot send, and throws errors as Problem.
export function throwingProblems(header: string): Middleware {
  return {
    onRequest({ request }) {
      if (request.method !== "GET") request.headers.set(header, "1");
      return request;
    },
    async onResponse({ response }) {
      if (response.ok) return;
      const text = await response.text();
      try {
        throw new Problem({ title: response.statusText, ...(JSON.parse(text) as Partial<ProblemDocument>), status: response.status });
      } catch (error) {
        if (error instanceof Problem) throw error;
        throw new Problem({ title: response.statusText || String(response.status), status: response.status });
      }
    },
    onError: () => unreachable(),
  };
}

// What the server answered; `undefined` for 204.
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
