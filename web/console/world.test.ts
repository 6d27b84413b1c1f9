// The map of the world as the build draws it, from what the package has.
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { drawWorld } from "./world.ts";
import { countryOf } from "./world_codes.ts";

const world = drawWorld();
const find = (code: string) => world.countries.find((one) => one.code === code);
const namesOf = (scale: string) => (createRequire(import.meta.url)(`world-atlas/countries-${scale}.json`) as { objects: { countries: { geometries: { id?: string; properties: { name: string } }[] } } }).objects.countries.geometries;

// The corners of the box around an outline.
type Box = [left: number, top: number, right: number, bottom: number];
function box(outline: string): Box {
  let [x, y] = [0, 0];
  const xs: number[] = [], ys: number[] = [];
  for (const ring of outline.split("z").filter(Boolean)) {
    const steps = ring.match(/-?\d+/g)!.map(Number);
    const [left, top] = [x + steps[0]!, y + steps[1]!];
    [x, y] = [left, top];
    for (let at = 2; at < steps.length; at += 2) {
      xs.push(x), ys.push(y);
      [x, y] = [x + steps[at]!, y + steps[at + 1]!];
    }
    xs.push(x), ys.push(y);
    [x, y] = [left, top];
  }
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

test("each country once, as an outline or as a dot, inside the picture", () => {
  expect(new Set(world.countries.map((one) => one.code)).size).toBe(world.countries.length);
  expect(world.countries.length).toBeGreaterThan(230);
  for (const one of world.countries) {
    expect(!one.outline, one.code).toBe(one.dot !== undefined);
    const [left, top, right, bottom] = one.outline ? box(one.outline) : [...one.dot!, ...one.dot!];
    expect(left >= 0 && top >= 0 && right <= world.width && bottom <= world.height, `${one.code} ${left} ${top} ${right} ${bottom}`).toBe(true);
  }
  expect(find("AQ")).toBeUndefined();
  expect(find("SG")?.dot).toBeDefined();
});

test("countries lie where they lie", () => {
  const [de, pl, br, au] = ["DE", "PL", "BR", "AU"].map((code) => box(find(code)!.outline!)) as [Box, Box, Box, Box];
  expect(de[0]).toBeLessThan(pl[0]);
  expect(br[2]).toBeLessThan(de[0]);
  expect(br[1]).toBeGreaterThan(de[3]);
  expect(au[0]).toBeGreaterThan(pl[2]);
  expect(au[3]).toBeGreaterThan(br[3]);
  expect(find("SG")!.dot![0]).toBeLessThan(au[0]);
  expect(find("KI")!.dot![0] < br[0] || find("KI")!.dot![0] > au[2], "its islands are on both sides of the date line").toBe(true);
});

test("a country has the letters of its name", () => {
  const names = new Intl.DisplayNames("en", { type: "region" });
  // What is written otherwise there than here, and no abbreviation.
  const known = new Set(["BS", "CD", "CG", "CI", "FO", "MK", "MM", "PS", "SZ", "TR", "TT", "US", "CV", "HK", "MO", "VA", "ST", "SH", "LC", "AX", "KN", "AU"]);
  const others: string[] = [];
  for (const { id, properties } of [...namesOf("110m"), ...namesOf("50m")]) {
    const code = countryOf(id, properties.name);
    if (id === undefined || /\.|-/.test(properties.name) || known.has(code ?? "")) continue;
    if (code === undefined || names.of(code) !== properties.name) others.push(`${code} ${properties.name}`);
  }
  expect(others.filter((one) => !/ and /.test(one))).toEqual([]);
});

test("what has no letters of its own", () => {
  expect(countryOf(undefined, "Kosovo")).toBe("XK");
  expect(countryOf(undefined, "Siachen Glacier")).toBeUndefined();
});

test("the map stays small", () => {
  expect(JSON.stringify(world).length).toBeLessThan(60_000);
});
