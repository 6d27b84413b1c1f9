// What the build of each page needs besides Vite.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { convertCssVariables, defaultCssVariablesResolver, DEFAULT_THEME, mergeMantineTheme } from "@mantine/core";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { theme } from "./theme.ts";

// Of pages that are served at /`name`. The client, which is at /, merges what is its own.
export function pageBuild(root: string, name: string): UserConfig {
  return defineConfig({
    root,
    base: `/${name}/`,
    plugins: [react(), themeSheet(), precompressed()],
    // The server knows by the name which file is a worker: it has a policy of its own.
    worker: { format: "es", rolldownOptions: { output: { entryFileNames: "assets/worker-[hash].js" } } },
    build: {
      outDir: `../dist/${name}`,
      emptyOutDir: true,
      target: "es2022",
      // Everything is a file of its own: a data: URL would need a hole in the Content-Security-Policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 900,
    },
    server: { proxy: { "/api": "http://127.0.0.1:8091" } },
  });
}

// The theme as a style sheet (`import "virtual:theme.css"`). Mantine would write it into a <style> element at run
// time, which a strict Content-Security-Policy forbids.
export function themeSheet(): Plugin {
  const name = "virtual:theme.css";
  return {
    name: "theme-sheet",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => {
      if (id !== `\0${name}`) return undefined;
      const variables = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
      return convertCssVariables(variables, ":root");
    },
  };
}

// Beside each text file its .br and .gz, so that the server compresses nothing.
export function precompressed(): Plugin {
  return {
    name: "precompressed",
    apply: "build",
    writeBundle(options, bundle) {
      for (const file of Object.keys(bundle)) {
        if (!/\.(js|css|html|svg|json|txt|wasm)$/.test(file)) continue;
        const path = join(options.dir ?? ".", file);
        const bytes = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
