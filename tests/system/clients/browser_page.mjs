// Opens a transparency page in Chromium, presses the buttons, and prints what they say: URL, then the browser, then if
// wanted files with an opening and its proof, which are chosen as a person's own entry. With SHOTS, pictures of it.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { chromium } = require("@playwright/test");
const [url, executablePath, opening, proof] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(url);
  await page.click("#verify");
  await page.waitForFunction(() => /hold|could not/.test(document.querySelector("#verdict")?.textContent ?? ""), undefined, { timeout: 60_000 });
  const said = { verdict: await page.textContent("#verdict"), problems };
  const says = async (name) => {
    await page.waitForFunction((id) => /hold|could not/.test(document.getElementById(id)?.textContent ?? ""), name, { timeout: 60_000 });
    return page.textContent(`#${name}`);
  };
  if (await page.isVisible("#verify-entries")) {
    await page.click("#verify-entries");
    said.entries = await says("entries-verdict");
  }
  if (opening) {
    await page.setInputFiles("#opening-file", opening);
    await page.setInputFiles("#proof-file", proof);
    await page.click("#check-own");
    said.own = await says("own-verdict");
  }
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/transparency.png`, fullPage: true });
  console.log(JSON.stringify(said));
} finally {
  await browser.close();
}
