// A stand-in for the server, for working on the console and for its browser tests: nothing of it is shipped.
// It is made from docs/api/console.yaml: routes, roles, step-up and the shape of every body come from there, and an
// answer that does not fit its schema is an error here, so that the console is built against the contract.
//
//   node dev/mock.mjs [--port 8091] [--dist dist/console]
//
// Enrol with /console#/enrol/demo-moderator (or demo-senior-moderator, demo-legal-officer, demo-auditor, demo-admin, ...);
// one-time code 123456; names are "Mira Moderator" and so on.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { Answer, handlers } from "./handlers.mjs";
import { sessionOf } from "./people.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : fallback;
};
const port = Number(option("port", "8091"));
const dist = option("dist", join(here, "../dist/console"));

const spec = parse(readFileSync(join(here, "../../docs/api/console.yaml"), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(spec, "spec");
const pointer = (parts) => `spec#/${parts.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
const compiled = new Map();
function validator(parts) {
  const ref = pointer(parts);
  if (!compiled.has(ref)) compiled.set(ref, ajv.compile({ $ref: ref }));
  return compiled.get(ref);
}
// A parameter, body or response that may be a reference, and where it is.
function resolve(parts) {
  let node = parts.reduce((at, part) => at?.[part], spec);
  while (node?.$ref) {
    parts = node.$ref.slice(2).split("/");
    node = parts.reduce((at, part) => at?.[part], spec);
  }
  return { node, parts };
}

const routes = [];
for (const [path, operations] of Object.entries(spec.paths)) {
  for (const [method, operation] of Object.entries(operations)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    routes.push({ method: method.toUpperCase(), path, operation, names, literal: names.length === 0, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`) });
  }
}
routes.sort((a, b) => Number(b.literal) - Number(a.literal));

export function problem(status, code, detail, more = {}) {
  return new Answer(status, { type: "about:blank", title: code.toLowerCase().replaceAll("_", " "), status, code, detail, ...more });
}

function readParameters(route, url) {
  const values = {};
  for (const [index] of (route.operation.parameters ?? []).entries()) {
    const { node } = resolve(["paths", route.path, route.method.toLowerCase(), "parameters", String(index)]);
    if (node.in !== "query") continue;
    const { node: schema } = node.schema.$ref ? resolve(node.schema.$ref.slice(2).split("/")) : { node: node.schema };
    const given = url.searchParams.getAll(node.name);
    if (given.length === 0) {
      values[node.name] = schema.default;
    } else if (schema.type === "array") {
      values[node.name] = given;
    } else if (schema.type === "integer") {
      values[node.name] = Number(given[0]);
    } else if (schema.type === "boolean") {
      values[node.name] = given[0] === "true";
    } else {
      values[node.name] = given[0];
    }
  }
  return values;
}

const severe = new Set(["close_channel", "ban"]);

async function answerTo(request, url, body) {
  const path = url.pathname.slice("/api/console".length);
  const matches = routes.map((route) => ({ route, match: route.pattern.exec(path) })).filter(({ match }) => match);
  const found = matches.find(({ route }) => route.method === request.method);
  if (!found) return problem(matches.length ? 405 : 404, "ADDRESS_UNKNOWN", "There is nothing at this address.");
  const { route, match } = found;
  const { operation } = route;
  if (request.method !== "GET" && request.headers["x-heliograph-console"] !== "1") {
    return problem(403, "CSRF_HEADER_MISSING", "Send the header X-Heliograph-Console.");
  }
  const session = sessionOf(request);
  if (operation["x-roles"]) {
    if (!session) return problem(401, "SIGN_IN_NEEDED", "Sign in first.");
    if (!operation["x-roles"].includes(session.role)) return problem(403, "ROLE_NOT_ALLOWED", `Your role (${session.role}) may not do this.`);
  }
  let value;
  if (operation.requestBody) {
    try {
      value = JSON.parse(body || "{}");
    } catch {
      return problem(400, "BODY_INVALID", "The body is no JSON.");
    }
    const { parts } = resolve(["paths", route.path, route.method.toLowerCase(), "requestBody"]);
    const check = validator([...parts, "content", "application/json", "schema"]);
    if (!check(value)) return problem(400, "FIELD_INVALID", ajv.errorsText(check.errors), { field: check.errors[0].instancePath.slice(1).replaceAll("/", ".") });
  }
  const stepUp = operation["x-step-up"];
  const effect = value?.effect ?? value?.decision?.effect;
  if ((stepUp === "always" || (stepUp === "severe" && severe.has(effect))) && !(session.stepped_up_until > Date.now() / 1000)) {
    return problem(403, "STEP_UP_NEEDED", "Prove once more who you are.");
  }
  const names = Object.fromEntries(route.names.map((name, index) => [name, decodeURIComponent(match[index + 1])]));
  const handler = handlers[operation.operationId];
  if (!handler) return problem(501, "NOT_OFFERED", `This installation does not offer ${operation.operationId}.`);
  const answer = await handler({ session, body: value, query: readParameters(route, url), id: Number(names.id), names });

  const responses = ["paths", route.path, route.method.toLowerCase(), "responses"];
  const status = String(answer.status);
  const { parts, node } = resolve([...responses, status in operation.responses ? status : "default"]);
  const type = answer.status < 400 ? "application/json" : "application/problem+json";
  if (node.content?.[type]?.schema) {
    const check = validator([...parts, "content", type, "schema"]);
    if (!check(answer.body)) {
      console.error(operation.operationId, status, ajv.errorsText(check.errors));
      return problem(500, "MOCK_BROKE_CONTRACT", `${operation.operationId}: ${ajv.errorsText(check.errors)}`);
    }
  }
  return answer;
}

// As src/web/console serves it.
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json" };

function sendFile(path, request, response) {
  let name = normalize(path.replace(/^\/console\/?/, "")) || "index.html";
  if (name === "." || name.startsWith("..")) name = "index.html";
  const file = join(dist, name);
  if (!existsSync(file)) return response.writeHead(404).end();
  const brotli = /\bbr\b/.test(request.headers["accept-encoding"] ?? "") && existsSync(`${file}.br`);
  response.writeHead(200, {
    "Content-Type": types[extname(name)] ?? "application/octet-stream",
    "Content-Security-Policy": csp,
    "X-Content-Type-Options": "nosniff",
    ...(brotli ? { "Content-Encoding": "br" } : {}),
  });
  response.end(readFileSync(brotli ? `${file}.br` : file));
}

createServer((request, response) => {
  const url = new URL(request.url, "http://mock");
  if (url.pathname === "/console" || url.pathname.startsWith("/console/")) return sendFile(url.pathname, request, response);
  if (!url.pathname.startsWith("/api/console/")) return response.writeHead(404).end();
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    let answer;
    try {
      answer = await answerTo(request, url, Buffer.concat(chunks).toString());
    } catch (error) {
      if (error instanceof Answer) {
        answer = error;
      } else {
        console.error(error);
        answer = problem(500, "MOCK_BROKE", String(error));
      }
    }
    const headers = { ...answer.headers };
    if (answer.bytes) {
      response.writeHead(answer.status, { "Content-Type": answer.type, "Cache-Control": "no-store", ...headers }).end(answer.bytes);
    } else if (answer.body === undefined) {
      response.writeHead(answer.status, headers).end();
    } else {
      headers["Content-Type"] = answer.status < 400 ? "application/json" : "application/problem+json";
      response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
    }
  });
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/console`));
