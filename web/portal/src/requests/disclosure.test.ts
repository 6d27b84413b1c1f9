// The published schema of answers, against an answer as the server writes it (src/legal/disclosure/package_test.cc
// makes sure that it is one), and against others that nobody may ever get.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";

const published = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../../docs/api/${name}`, import.meta.url), "utf8"));
const fits = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(published("disclosure.schema.json") as object);
type Answer = Record<string, unknown> & { ip_addresses: Record<string, unknown>[]; ledger: Record<string, unknown> };
const example = () => published("disclosure.example.json") as Answer;

describe("the schema of answers", () => {
  it("takes what the server writes", () => {
    expect(fits(example()), JSON.stringify(fits.errors)).toBe(true);
    const bare = example();
    delete bare.phone_number;
    bare.ip_addresses = [];
    expect(fits(bare)).toBe(true);
  });

  it.each<[string, (answer: Answer) => void]>([
    ["a name", (answer) => (answer.first_name = "Ann")],
    ["messages", (answer) => (answer.messages = [])],
    ["a place beside an address", (answer) => (answer.ip_addresses[0]!.country = "DE")],
    ["words beside the log's entry", (answer) => (answer.ledger.note = "Ann")],
    ["words instead of a number", (answer) => (answer.phone_number = "Ann, +4915112345678")],
    ["words instead of an address", (answer) => (answer.ip_addresses[0]!.ip = "ann.example.org")],
    ["another schema", (answer) => (answer.schema = "heliograph-disclosure/2")],
    ["no entry in the log", (answer) => (answer.ledger.entry = "")],
    ["a port that is none", (answer) => (answer.ip_addresses[0]!.port = 65_536)],
    ["no time", (answer) => delete answer.ip_addresses[0]!.first],
  ])("refuses %s", (_, change) => {
    const changed = example();
    change(changed);
    expect(fits(changed)).toBe(false);
  });
});
