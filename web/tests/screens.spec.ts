// Every screen: it shows something, breaks no rule of the Content-Security-Policy, and axe finds nothing against WCAG 2 AA.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { enrol, expect, mocked, test } from "./console.ts";

test.skip(!mocked, "needs the mock's world");

async function expectAccessible(page: Page): Promise<void> {
  // Of the notes that come and go only the lasting state counts.
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]).exclude(".mantine-Notifications-root").analyze();
  expect.soft(violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`).join(" | ")}`)).toEqual([]);
}

const screens: Record<string, [address: string, shows: string | RegExp][]> = {
  "senior-moderator": [
    ["queue", /Cases: 1,000,000/], ["cases/6", /What it says/], ["cases/1", /What it says/], ["appeals", /Appeal 1/], ["appeals/2", /What the person says/], ["terms", /green papers/], ["terms/1", /What it finds now/],
    ["lists?list=goods", /example term 1/], ["policy", /goods-sure/], ["quality", /Agreement by category/], ["lookup", /Every look-up is recorded/], ["templates", /Offer of illegal goods/], ["figures", /Opened and decided/], ["reports", /is late/], ["reports/2", /I have read this report/], ["reports/1", /A quiet spring/], ["settings", /Blur pictures/],
  ],
  admin: [["staff", /Mira Moderator/], ["figures", /Transparency log/]],
};

for (const scheme of ["light", "dark"] as const) {
  for (const [role, list] of Object.entries(screens)) {
    test(`screens of the ${role}, ${scheme}`, async ({ quiet: page }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await enrol(page, role);
      for (const [address, shows] of list) {
        await test.step(address, async () => {
          await page.goto(`/console#/${address}`);
          await expect(page.getByRole("main").getByText(shows).first()).toBeVisible();
          await expectAccessible(page);
        });
      }
    });
  }
}

test("a moderator does not get what is not theirs, not even by address", async ({ quiet: page }) => {
  await enrol(page);
  await expect(page.getByRole("link", { name: "Staff" })).toBeHidden();
  await page.goto("/console#/staff");
  await expect(page.getByRole("alert")).toContainText("may not do this");
});

test("reports are on a map of the world, which is fetched with the first case that has any, from this server alone", async ({ quiet: page, baseURL }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const maps = () => asked.filter((url) => url.includes("reports_map"));
  await enrol(page);
  await page.goto("/console#/queue");
  await expect(page.locator("[role=option]").first()).toBeVisible();
  expect(maps()).toEqual([]);
  for (const [width, colorScheme] of [[1440, "light"], [1440, "dark"], [360, "light"], [360, "dark"]] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/console#/cases/11");
    const map = page.getByRole("img", { name: /Map of the world/ });
    await expect(map).toBeVisible();
    await expect(map.locator("title", { hasText: /^Germany: 10$/ })).toHaveCount(1);
    await expect(page.getByRole("list", { name: "Reports by country" }).getByText("Germany")).toBeVisible();
    await expect(page.getByText(/^Not on the map: Gibraltar, reports without a country: 2$/)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await expectAccessible(page);
  }
  expect(maps()).toHaveLength(1);
  expect(asked.filter((url) => !url.startsWith(baseURL!))).toEqual([]);
});
