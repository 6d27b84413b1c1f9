import { join } from "node:path";
import { defineConfig, mergeConfig, type Plugin } from "vite";
import { pageBuild } from "../shared/vite.ts";

// The connection is the worker's. What mtcute would make one of in the page is left out of it: half of the page.
function noConnection(): Plugin {
  const name = "\0no-connection";
  return {
    name: "no-connection",
    enforce: "pre",
    resolveId: (id, importer) => (/\/base\.js$/.test(id) && importer?.endsWith("@mtcute/core/client.js") ? name : undefined),
    load: (id) => (id === name ? "export class BaseTelegramClient { constructor() { throw new Error('the connection is in the worker'); } }" : undefined),
  };
}

// Tells the service worker what the client consists of.
function ownFiles(): Plugin {
  return {
    name: "own-files",
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((each) => /\.(js|css|wasm|svg)$/.test(each) && each !== "sw.js").map((each) => `/${each}`);
      const worker = bundle["sw.js"];
      if (worker?.type === "chunk") worker.code = worker.code.replace(/["'`]OWN_FILES["'`]/, JSON.stringify(JSON.stringify(files)));
    },
  };
}

const server = process.env.HELIOGRAPH_URL ?? "http://127.0.0.1:8080";

export default mergeConfig(pageBuild(import.meta.dirname, "client"), defineConfig({
  base: "/",
  plugins: [noConnection(), ownFiles()],
  build: {
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { index: join(import.meta.dirname, "index.html"), sw: join(import.meta.dirname, "src/sw.ts") },
      // A service worker has one address for ever.
      output: { entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
  server: { proxy: { "/.well-known": server, "/developers": server, "/apiws": { target: server, ws: true } } },
}));
