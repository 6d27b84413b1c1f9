// The one way to the server: typed by docs/api/portal.yaml, errors are thrown as Problem.
import createClient from "openapi-fetch";
import { throwingProblems } from "../../../shared/client.ts";
import type { paths } from "./schema.d.ts";

export { answer } from "../../../shared/client.ts";
export const api = createClient<paths>({ baseUrl: "/api/portal", credentials: "same-origin" });
api.use(throwingProblems("X-Heliograph-Portal"));
