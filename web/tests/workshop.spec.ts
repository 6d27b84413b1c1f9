// The rest of the work: terms, appeals, look-ups, staff, what one sets for oneself.
import { enrol, expect, mocked, test } from "./console.ts";

test.skip(!mocked, "needs the mock's world");

test("a reported term is looked at, guarded, and a shop that it finds gets a case", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/terms");
  await page.getByRole("link", { name: "party candy" }).click();
  await expect(page.getByText("Green papers shop").first()).toBeVisible();
  await page.getByText("Block: help only").click();
  await page.getByLabel("Reason, for the record").fill("Slang for pills; what it finds are shops.");
  await page.getByRole("button", { name: "Guard", exact: true }).click();
  await expect(page.getByText("It is in force.")).toBeVisible();
  await page.getByRole("listitem").filter({ hasText: "Green papers shop" }).getByRole("button", { name: "Open a case" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Case");
});

test("an appeal is upheld, and the person is told", async ({ quiet: page }) => {
  await enrol(page, "senior-moderator");
  await page.goto("/console#/appeals");
  await page.getByRole("link", { name: "Appeal 3", exact: true }).click();
  await expect(page.getByText("I am a journalist")).toBeVisible();
  await page.getByLabel("Answer").fill("You are right: it was a report about such shops.");
  await page.getByRole("button", { name: "Uphold: restore everything" }).click();
  await expect(page.getByText("The person has been told.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Appeal 3", exact: true })).toBeHidden();
});

test("a transparency report is made, read, and published, and corrected with a reason", async ({ quiet: page }) => {
  await enrol(page, "legal-approver");
  await page.goto("/console#/reports");
  await expect(page.getByText("The report of 2026-01-01 to 2026-04-01 is late")).toBeVisible();
  await page.getByRole("button", { name: "Make a report" }).click();
  await page.getByRole("textbox", { name: "First day", exact: true }).fill("2026-01-01");
  await page.getByLabel("First day after it").fill("2026-04-01");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Report of 2026-01-01 to 2026-04-01");
  await expect(page.getByRole("button", { name: "Publish" })).toBeHidden();
  await page.getByRole("textbox", { name: "Words in the report" }).fill("The log was begun in January.");
  await page.getByRole("button", { name: "I have read this report" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("button", { name: "Check, sign and publish" }).click();
  await page.getByRole("button", { name: "Use my passkey" }).click();
  await expect(page.getByText("unchangeable")).toBeVisible();
  await page.getByRole("button", { name: "Correct it" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("A word was missing.");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await page.goto("/console#/reports");
  await expect(page.getByText("A word was missing.")).toBeVisible();
});

test("nobody is looked up without a reason", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/lookup");
  await page.getByLabel("Username, number, name or whole phone number").fill("@user1012");
  await expect(page.getByRole("button", { name: "Look up" })).toBeDisabled();
  await page.getByLabel("Reason").fill("Case 14: is this the same shop?");
  await page.getByRole("button", { name: "Look up" }).click();
  await page.getByRole("table", { name: "Results" }).getByRole("button").first().click();
  await expect(page.getByText("Writes about films.")).toBeVisible();
});

test("an administrator adds somebody, after a step-up, and gets the link once", async ({ quiet: page }) => {
  await enrol(page, "admin");
  await page.goto("/console#/staff");
  await page.getByRole("button", { name: "Add somebody" }).click();
  await page.getByLabel("Name").fill("Nia Newest");
  await page.getByRole("button", { name: /Add, and make/ }).click();
  await page.getByRole("button", { name: "Use my passkey" }).click();
  await expect(page.getByText("Link for Nia Newest")).toBeVisible();
  await expect(page.getByText(/console#\/enrol\//)).toBeVisible();
});

test("what a person does not want to see stays out of their queue", async ({ quiet: page }) => {
  await enrol(page);
  await page.goto("/console#/settings");
  await page.getByRole("checkbox", { name: "Violence" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto("/console#/queue");
  await expect(page.locator("[role=option][id^=case-]").first()).toBeVisible();
  await expect(page.locator("[role=option][id^=case-]").filter({ hasText: "Banlieue info" })).toHaveCount(0);
});
