// Transparency reports of the mock's world.
import { now } from "./people.mjs";

function whole(id, from, to, version, more) {
  const book = (name, counts) => ({ book: name, first: 4096, end: 20_480, counts: Object.entries(counts).map(([cell, count]) => ({ cell, count })), hidden_cells: 214, hidden_sum: 9, hidden_most: 4 });
  return {
    id, name: `${from}/${to}/${version}`, from, to, version, state: "draft", drafted_at: now() - 3600, made_at: now() - 3600, threshold: 5, words: "", ...more,
    tallies: [book("content", { "content/illegal_goods/remove/automated": 812, "content/spam/hide_from_search/automated": 3120 }), book("legal", {}), book("search", { "search/fraud/block/person": 17 })],
    figures: [
      { id: "reports.received", title: "Reports received", source: "Reports that came in in the period, by who reported.", labels: ["source"], values: ["received", "upheld"], rows: [{ labels: ["member"], values: [540, 212] }, { labels: ["trusted_flagger"], values: [31, null] }] },
      { id: "legal.refusals", title: "Requests refused, by reason", source: "Of the same requests, those that were refused.", labels: ["reason"], values: ["refused"], rows: [] },
    ],
  };
}

export const publicReports = [
  whole(2, "2026-07-01", "2026-10-01", 1, {}),
  whole(1, "2026-04-01", "2026-07-01", 1, { state: "published", reviewed_by: "Lea Approver", reviewed_at: now() - 7_000_000, published_at: now() - 6_900_000, words: "A quiet spring.\n\nNothing else." }),
];

export function addPublicReport({ from, to, reason }) {
  const version = 1 + publicReports.filter((one) => one.from === from && one.to === to && one.state === "published").length;
  const made = whole(Math.max(...publicReports.map((one) => one.id)) + 1, from, to, version, reason ? { reason } : {});
  publicReports.unshift(made);
  return made;
}
