// The map of the world, drawn when the console is built: `import { world } from "virtual:world"`. The browser gets outlines
// that are ready to be shown and no code to project them.
//
// Outlines are Natural Earth's (public domain) as world-atlas has them, 1:110 million, in an equal-area projection, so
// that a shade does not count for more far north. Of a country too small for that scale there is the place, for a dot.
// Antarctica is left out: it has no numbers of its own, and would take a sixth of the height.
import { createRequire } from "node:module";
import { geoArea, geoEqualEarth, geoPath, type GeoContext } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Plugin } from "vite";
import { countryOf } from "./world_codes.ts";

export interface World {
  width: number;
  height: number;
  // Each an outline, as the `d` of an SVG path, or a dot [x, y]. Codes as in reports: ISO 3166-1 alpha-2, XK for Kosovo.
  countries: { code: string; outline?: string; dot?: [number, number] }[];
}

// A unit is more than a pixel where the map is at its widest: nothing finer can be seen.
const width = 800;
const antarctica = "AQ";

function countriesAt(scale: "110m" | "50m") {
  const atlas = createRequire(import.meta.url)(`world-atlas/countries-${scale}.json`) as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  return feature(atlas, atlas.objects.countries).features.flatMap((shape) => {
    const code = countryOf(shape.id, shape.properties.name);
    return code && code !== antarctica ? [{ code, shape }] : [];
  });
}

// The largest island: the middle of all of them may be on the other side of the world.
function largest(shape: ReturnType<typeof countriesAt>[number]["shape"]) {
  if (shape.geometry.type !== "MultiPolygon") return shape.geometry;
  const islands = shape.geometry.coordinates.map((coordinates) => ({ type: "Polygon" as const, coordinates }));
  return islands.reduce((most, one) => (geoArea(one) > geoArea(most) ? one : most));
}

// Whole numbers, each point from the one before it, and none where nothing moves: a quarter of what it would be otherwise.
class Outline implements GeoContext {
  text = "";
  private ring: [number, number][] = [];
  private at: [number, number] = [0, 0];
  private point(x: number, y: number): void {
    const next: [number, number] = [Math.round(x), Math.round(y)];
    const last = this.ring.at(-1);
    if (!last || last[0] !== next[0] || last[1] !== next[1]) this.ring.push(next);
  }
  beginPath(): void {}
  arc(): void {}
  moveTo(x: number, y: number): void {
    this.ring = [];
    this.point(x, y);
  }
  lineTo(x: number, y: number): void {
    this.point(x, y);
  }
  closePath(): void {
    const [first, last] = [this.ring[0], this.ring.at(-1)];
    if (first && last && this.ring.length > 1 && first[0] === last[0] && first[1] === last[1]) this.ring.pop();
    if (this.ring.length < 3) return; // an island of less than a unit
    this.ring.forEach(([x, y], index) => {
      const [dx, dy] = [x - this.at[0], y - this.at[1]];
      this.text += `${index === 0 ? "m" : index === 1 ? "l" : dx < 0 ? "" : " "}${dx}${dy < 0 ? "" : " "}${dy}`;
      this.at = [x, y];
    });
    // `z` leads back to where the ring began, and the next ring goes on from there.
    this.text += "z";
    if (first) this.at = first;
  }
}

export function drawWorld(): World {
  const large = countriesAt("110m");
  const projection = geoEqualEarth().fitWidth(width, { type: "FeatureCollection", features: large.map((one) => one.shape) });
  const path = geoPath(projection);
  const outlines = new Map<string, Outline>();
  let height = 0;
  for (const { code, shape } of large) {
    const outline = outlines.get(code) ?? new Outline();
    outlines.set(code, outline);
    geoPath(projection, outline)(shape);
    height = Math.max(height, path.bounds(shape)[1][1]);
  }
  const countries: World["countries"] = [...outlines].map(([code, { text }]) => ({ code, outline: text }));
  for (const { code, shape } of countriesAt("50m")) {
    if (countries.some((one) => one.code === code)) continue;
    const [x, y] = path.centroid(largest(shape));
    countries.push({ code, dot: [Math.round(x), Math.round(y)] });
  }
  return { width, height: Math.ceil(height), countries };
}

export function worldMap(): Plugin {
  const name = "virtual:world";
  return {
    name: "world-map",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `export const world = JSON.parse(${JSON.stringify(JSON.stringify(drawWorld()))});` : undefined),
  };
}
