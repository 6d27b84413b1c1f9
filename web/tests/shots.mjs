// Screenshots of all screens in shots/, to be looked at: node tests/shots.mjs [screen...]
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { chromium } from "@playwright/test";

const only = process.argv.slice(2);
mkdirSync("shots", { recursive: true });
const mock = spawn("node", ["dev/mock.mjs", "--port", "8092"], { stdio: ["ignore", "pipe", "inherit"] });
await new Promise((resolve) => mock.stdout.once("data", resolve));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

async function session(role, colorScheme) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme, baseURL: "http://localhost:8092" });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && console.log("  console:", message.text().slice(0, 300)));
  page.on("pageerror", (error) => console.log("  error:", String(error).slice(0, 300)));
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await page.goto(`/console#/enrol/demo-${role}`);
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.getByRole("navigation").waitFor();
  return page;
}

const screens = {
  enrol: ["", async (page) => { await page.goto("/console#/enrol/demo-moderator"); await page.getByRole("button", { name: /authenticator app/ }).click(); await page.getByRole("img").waitFor(); }],
  queue: ["moderator", async (page) => { await page.goto("/console#/queue"); await page.locator("[role=option]").first().waitFor(); await page.keyboard.press("j"); await page.keyboard.press("j"); await page.keyboard.press("x"); }],
  keys: ["moderator", async (page) => { await page.goto("/console#/queue"); await page.locator("[role=option]").first().waitFor(); await page.keyboard.press("?"); await page.getByRole("dialog").waitFor(); await page.waitForTimeout(400); }],
  case: ["moderator", async (page) => { await page.goto("/console#/cases/6"); await page.getByRole("heading", { level: 1 }).waitFor(); await page.keyboard.press("1"); await page.waitForTimeout(700); }],
  map: ["moderator", async (page) => { await page.goto("/console#/cases/11"); await page.getByRole("img", { name: /Map of the world/ }).scrollIntoViewIfNeeded(); }],
  campaign: ["moderator", async (page) => { await page.goto("/console#/cases/9"); await page.getByRole("heading", { level: 1 }).waitFor(); await page.waitForTimeout(700); }],
  appeals: ["senior-moderator", (page) => page.goto("/console#/appeals")],
  appeal: ["senior-moderator", (page) => page.goto("/console#/appeals/2")],
  terms: ["moderator", (page) => page.goto("/console#/terms")],
  term: ["moderator", (page) => page.goto("/console#/terms/1")],
  lists: ["moderator", (page) => page.goto("/console#/lists?list=goods")],
  policy: ["auditor", (page) => page.goto("/console#/policy")],
  lookup: ["moderator", (page) => page.goto("/console#/lookup")],
  quality: ["moderator", (page) => page.goto("/console#/quality")],
  reports: ["legal-approver", (page) => page.goto("/console#/reports")],
  report: ["legal-approver", (page) => page.goto("/console#/reports/2")],
  figures: ["admin", (page) => page.goto("/console#/figures")],
  templates: ["admin", (page) => page.goto("/console#/templates")],
  staff: ["admin", (page) => page.goto("/console#/staff")],
  settings: ["moderator", (page) => page.goto("/console#/settings")],
};
try {
  for (const scheme of (process.env.SCHEMES ?? "light,dark").split(",")) {
    const pages = {};
    for (const [name, [role, go]] of Object.entries(screens)) {
      if (only.length && !only.includes(name)) continue;
      const page = role ? (pages[role] ??= await session(role, scheme)) : await (await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: scheme, baseURL: "http://localhost:8092" })).newPage();
      console.log(name, scheme);
      await go(page);
      await page.waitForTimeout(700);
      await page.screenshot({ path: `shots/${name}-${scheme}.png` });
    }
  }
} finally {
  await browser.close();
  mock.kill();
}
