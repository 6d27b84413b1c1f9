// A moderator's day: sign in, work the queue with the keyboard, decide, take it back.
import { enrol, expect, mocked, test } from "./console.ts";

test.skip(!mocked, "needs the mock's world");

test("a passkey made with the enrolment link signs in again", async ({ quiet: page }) => {
  await enrol(page);
  await page.getByRole("button", { name: /Mira Moderator/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Queue" })).toBeVisible();
});

test("a wrong code signs nobody in, and says so", async ({ quiet: page }) => {
  await page.goto("/console");
  await page.getByLabel("Name").fill("Mira Moderator");
  await page.getByLabel("One-time code").fill("000000");
  await page.getByRole("button", { name: "Sign in with a code" }).click();
  await expect(page.getByRole("alert")).toContainText("This code is not right");
  await page.getByLabel("One-time code").fill("123456");
  await page.getByRole("button", { name: "Sign in with a code" }).click();
  await expect(page.getByRole("heading", { name: "Queue" })).toBeVisible();
});

test("a case is decided in three keystrokes, and taken back with one", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/queue?kind=message&category=illegal_goods");
  const rows = page.locator("[role=option][id^=case-]");
  await expect(rows.first()).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("papers desk");
  const address = page.url();
  await expect(page.getByRole("button", { name: /Offer of illegal goods/ })).toBeVisible();
  await page.keyboard.press("1");
  await expect(page.getByLabel("Reason", { exact: true })).toHaveValue(/You offered goods/);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Decided: Remove")).toBeVisible();
  await expect(page).not.toHaveURL(address);
  await expect(page.getByRole("form", { name: "Decide" })).toBeVisible();
  await page.keyboard.press("u");
  await expect(page).toHaveURL(address);
  await expect(page.getByText(/is open again/)).toBeVisible();
});

test("a severe effect asks once more who is there", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/queue?kind=chat");
  await page.locator("[role=option][id^=case-]").first().click();
  await expect(page.getByRole("form", { name: "Decide" })).toBeVisible();
  await page.keyboard.press("x");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Use my passkey" }).click();
  await expect(page.getByText("Decided: Close channel")).toBeVisible();
});

test("a case that somebody else has claimed cannot be decided", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/queue?assigned=others&kind=message");
  await page.locator("[role=option][id^=case-]").first().click();
  await expect(page.getByRole("complementary")).toContainText("with Sol Senior");
  await expect(page.getByRole("form", { name: "Decide" })).toBeHidden();
});

test("a million cases: the list stays short in the page, however far one goes", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/queue");
  await expect(page.getByText("Cases: 1,000,000")).toBeVisible();
  const list = page.getByRole("listbox", { name: "Queue" });
  for (let step = 0; step < 12; step += 1) {
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.waitForTimeout(150);
  }
  expect(await page.locator("[role=option][id^=case-]").count()).toBeLessThan(60);
  const position = await page.locator("[role=option][id^=case-]").last().getAttribute("aria-posinset");
  expect(Number(position)).toBeGreaterThan(500);
});

test("several cases are decided together", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/queue?kind=campaign&category=spam&assigned=nobody");
  await expect(page.locator("[role=option][id^=case-]").first()).toBeVisible();
  for (const key of ["x", "j", "x", "j", "x", "Shift+D"]) await page.keyboard.press(key);
  const dialog = page.getByRole("dialog", { name: "Decide together: 3" });
  await dialog.getByRole("button", { name: /Spam/ }).click();
  await dialog.getByRole("button", { name: "Decide all 3" }).click();
  await expect(page.getByText("Decided: 3")).toBeVisible();
});

test("pictures are blurred until asked for, and asking counts", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/queue?kind=account");
  await page.locator("[role=option][id^=case-]").first().click();
  const picture = page.getByRole("img", { name: "Profile picture 1, blurred" });
  await expect(picture).toBeVisible();
  await expect(picture).toHaveAttribute("src", /blur=true/);
  await page.keyboard.press("b");
  await expect(page.getByRole("img", { name: "Profile picture 1", exact: true })).toHaveAttribute("src", /blur=false/);
  await expect(page.getByRole("button", { name: /Pictures seen since your last break: 13/ })).toBeVisible();
});

test("a text in a language that nobody here reads is translated when asked for", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/queue?kind=message&language=en");
  await page.locator("[role=option][id^=case-]").first().click();
  await page.getByRole("button", { name: "Translate" }).click();
  await expect(page.getByText(/^In English: /)).toBeVisible();
  await expect(page.getByRole("button", { name: "Translate" })).toHaveCount(0);
});

test("'?' lists the keys that work here", async ({ quiet: page }) => {
  await enrol(page);
  await expect(page.locator("[role=option][id^=case-]").first()).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Claim the next case");
});
