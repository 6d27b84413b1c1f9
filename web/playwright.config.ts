// Browser tests of the console: against the mock made from docs/api/console.yaml, or, with CONSOLE_URL, against a server
// that runs already (tests that need the mock's world are left out there). Debian's Chromium; Playwright fetches none.
import { defineConfig } from "@playwright/test";

const url = process.env.CONSOLE_URL;
const port = 8091;

export default defineConfig({
  testDir: "tests",
  timeout: 30_000,
  workers: 1,
  reporter: [["list"]],
  use: {
    baseURL: url ?? `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
  },
  ...(url ? {} : { webServer: { command: `node dev/mock.mjs --port ${port}`, url: `http://localhost:${port}/console`, reuseExistingServer: false } }),
});
