import { defineConfig } from "vite";

// One file, which the server embeds: src/web/public/transparency_carried.cc.in.
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: "../dist/transparency",
    emptyOutDir: true,
    target: "es2022",
    lib: { entry: "page.ts", formats: ["es"], fileName: "verify" },
    chunkSizeWarningLimit: 2000,
  },
});
