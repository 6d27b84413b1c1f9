import { beforeAll, expect, test, vi } from "vitest";
import i18next from "i18next";
import { en } from "../texts/en/index.ts";

vi.mock("../layout/formats.ts", () => ({ fullTime: (date: Date) => date.toISOString() }));
const { fieldName, fieldValue } = await import("./entry_words.ts");

beforeAll(() => i18next.init({ lng: "en", resources: { en: { translation: en } }, interpolation: { escapeValue: false } }));

test.each([
  ["book", "1", en.ledger.values.book[1]],
  ["act", "message.withhold", en.ledger.values.act.message_withhold],
  ["category", "illegal_goods", en.ledger.values.category.illegal_goods],
  ["source", "own_initiative", en.ledger.values.source.own_initiative],
  ["automated", "no", en.ledger.values.automated.no],
  ["why", "strikes", en.ledger.values.why.strikes],
  ["at", "1700000000", "2023-11-14T22:13:20.000Z"],
])("%s %s is said in words", (name, value, words) => expect(fieldValue(name, value)).toBe(words));

test.each([["book", "9"], ["act", "message"], ["why", "Sent to many, {{count}} $t(ledger.title)."], ["category", ""], ["subject", "account/7"], ["rule", "strikes"]])("%s %s is shown as it is", (name, value) => expect(fieldValue(name, value)).toBe(value));

test("fields, too", () => {
  expect(fieldName("act")).toBe(en.ledger.fields.act);
  expect(fieldName("locale")).toBe("locale");
});
