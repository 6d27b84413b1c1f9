// What the tests share: a browser with a passkey, and a page that tolerates nothing broken.
import { expect, test as base, type Page } from "@playwright/test";

export const mocked = !process.env.CONSOLE_URL;

// A page whose Content-Security-Policy was never violated and on which nothing threw, whatever the test did.
export const test = base.extend<{ quiet: Page }>({
  quiet: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      // A refusal (4xx) that the screen shows is no fault of the page.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await use(page);
    expect(complaints).toEqual([]);
  },
});

// An authenticator of the browser's own, which says yes to everything.
export async function withAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

// Enrols with a passkey. Of a real server ENROL_<ROLE> holds a link's token.
export async function enrol(page: Page, role = "moderator"): Promise<void> {
  const token = process.env[`ENROL_${role.toUpperCase().replaceAll("-", "_")}`] ?? `demo-${role}`;
  await withAuthenticator(page);
  await page.goto(`/console#/enrol/${token}`);
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await expect(page.getByRole("navigation", { name: "Screens", exact: true })).toBeVisible();
}

export { expect };
