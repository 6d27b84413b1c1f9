// @vitest-environment jsdom
// A case's reports on the map of the world, and the same figures as a list.
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { shadesUpTo } from "./reports_map.tsx";
import { ReportsByCountry, type CountryReports } from "./reports_by_country.tsx";

window.matchMedia = (media) => ({ media, matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }) as unknown as MediaQueryList;
afterEach(cleanup);
vi.mock("./countries.module.css", () => ({ default: new Proxy({}, { get: (_, name) => String(name) }) }));

function draw(countries: CountryReports[], total = countries.reduce((sum, one) => sum + one.reports, 0)): void {
  render(<MantineProvider env="test"><ReportsByCountry countries={countries} total={total} /></MantineProvider>);
}
const map = () => screen.findByRole("img", { name: /Map of the world/ });
const rows = () => within(screen.getByRole("list", { name: "Reports by country" })).getAllByRole("listitem").map((one) => one.textContent);
// The shade of what the pointer is told this about.
const shadeOf = (picture: HTMLElement, title: string) => [...picture.querySelectorAll("title")].find((one) => one.textContent === title)?.parentElement?.getAttribute("class");

test("the more reports, the stronger the shade; the list says the same in figures, most first", async () => {
  draw([{ country: "DE", reports: 3 }, { country: "PL", reports: 81 }, { country: "US", reports: 1 }]);
  const picture = await map();
  expect(picture.getAttribute("aria-label")).toContain("3 of them");
  expect([shadeOf(picture, "United States: 1"), shadeOf(picture, "Germany: 3"), shadeOf(picture, "Poland: 81")]).toEqual(["shade1", "shade1", "shade4"]);
  expect(picture.querySelectorAll("path").length).toBeGreaterThan(170);
  expect(picture.querySelectorAll("title").length).toBe(3);
  expect(rows()).toEqual(["Poland81", "Germany3", "United States1"]);
});

test("a country too small for an outline is a dot", async () => {
  draw([{ country: "SG", reports: 2 }]);
  expect((await map()).querySelector("circle title")?.textContent).toBe("Singapore: 2");
});

test("what has no place on the map is in the list, and under the map it is said", async () => {
  draw([{ country: "DE", reports: 4 }, { country: "GI", reports: 2 }], 11);
  await map();
  expect(screen.getByText("Not on the map: Gibraltar, reports without a country: 5")).toBeTruthy();
  expect(rows()).toEqual(["Germany4", "Gibraltar2", "Country not known5"]);
});

test("without any country there is no map, and the list says so", () => {
  draw([], 5);
  expect(screen.queryByRole("img")).toBeNull();
  expect(rows()).toEqual(["Country not known5"]);
});

test("of many countries the first eight are listed, the others when they are asked for", async () => {
  draw(["DE", "FR", "PL", "US", "BR", "IN", "NG", "AU", "JP", "KE"].map((country, index) => ({ country, reports: 20 - index })));
  await map();
  expect(rows()).toHaveLength(8);
  fireEvent.click(screen.getByRole("button", { name: "All 10 countries" }));
  expect(rows().at(-1)).toBe("Kenya11");
});

test("shades are even steps of proportion, and never more than there are figures", () => {
  expect(shadesUpTo(1)).toEqual([1]);
  expect(shadesUpTo(3)).toEqual([1, 2, 3]);
  expect(shadesUpTo(12)).toEqual([2, 3, 6, 12]);
  expect(shadesUpTo(10_000)).toEqual([10, 100, 1_000, 10_000]);
});
