// Unit tests: *.test.ts beside what they test need no browser, *.test.tsx draw what they test in jsdom (each names it in its first line).
import { defineConfig } from "vitest/config";
import { worldMap } from "./console/world.ts";

// The time is for machines that build beside it.
export default defineConfig({ plugins: [worldMap()], test: { include: ["{client/src,console,portal/src,transparency}/**/*.test.{ts,tsx}"], environment: "node", testTimeout: 60_000 } });
