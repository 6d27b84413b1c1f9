// The world, shaded by how many reports came from where. For assistive technology it is one picture with a name: the list
// beside it has the figures.
import { world } from "virtual:world";
import { countryName, number } from "../../../shared/format.ts";
import { fill, t } from "../texts/index.ts";
import classes from "./countries.module.css";
import type { CountryReports } from "./reports_by_country.tsx";

const shades = 4;

// The most of each shade, from light to strong: their proportions are alike, so that one loud country does not make all others
// look the same. Fewer shades where there are fewer figures.
export function shadesUpTo(most: number): number[] {
  const bounds: number[] = [];
  for (let shade = 1; shade <= shades && (bounds.at(-1) ?? 0) < most; ++shade) {
    bounds.push(Math.min(most, Math.max(Math.round(most ** (shade / shades)), (bounds.at(-1) ?? 0) + 1)));
  }
  return bounds;
}

// With fewer shades than there are the strongest still is for the most.
const shadeClass = (index: number, of: number): string => classes[`shade${shades - of + index + 1}`] ?? "";

export default function ReportsMap({ countries, unknown }: { countries: CountryReports[]; unknown: number }) {
  const reports = new Map(countries.map((one) => [one.country, one.reports]));
  const bounds = shadesUpTo(Math.max(...reports.values(), 1));
  const drawn = new Set(world.countries.map((one) => one.code));
  const missing = countries.filter((one) => !drawn.has(one.country)).map((one) => countryName(one.country));
  if (unknown > 0) missing.push(fill(t.reports.withoutCountry, { n: number(unknown) }));
  // Dots over outlines, and what is shaded over what is not: its edge is stronger.
  const order = (one: (typeof world.countries)[number]): number => (one.dot ? 2 : 0) + (reports.has(one.code) ? 1 : 0);
  return (
    <figure className={classes.map}>
      <svg className={classes.world} viewBox={`0 0 ${world.width} ${world.height}`} role="img" aria-label={fill(t.reports.map, { n: number(countries.length) })}>
        {world.countries.toSorted((a, b) => order(a) - order(b)).map((one) => {
          const count = reports.get(one.code);
          if (count === undefined) return one.outline && <path key={one.code} d={one.outline} />;
          const shared = { className: shadeClass(bounds.findIndex((bound) => count <= bound), bounds.length), children: <title>{`${countryName(one.code)}: ${number(count)}`}</title> };
          return one.dot ? <circle key={one.code} cx={one.dot[0]} cy={one.dot[1]} r={5} {...shared} /> : <path key={one.code} d={one.outline} {...shared} />;
        })}
      </svg>
      <figcaption>
        <ul className={classes.legend} aria-label={t.reports.legend}>
          {bounds.map((bound, index) => {
            const least = (bounds[index - 1] ?? 0) + 1;
            return <li key={bound}><svg viewBox="0 0 12 12" aria-hidden><rect x="1" y="1" width="10" height="10" className={shadeClass(index, bounds.length)} /></svg>{least === bound ? number(bound) : `${number(least)}–${number(bound)}`}</li>;
          })}
        </ul>
        {missing.length > 0 && <p>{fill(t.reports.notOnMap, { what: missing.join(", ") })}</p>}
      </figcaption>
    </figure>
  );
}
