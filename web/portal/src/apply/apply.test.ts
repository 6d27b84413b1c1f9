import { expect, test } from "vitest";
import { empty, missing, toSend, type Filled } from "./apply.ts";

const filled: Filled = {
  authority: " Police of Example ", kind: "police", country: "de", domain: "police.example", address: "1 Square", applicant: "Max", office: "Officer", email: "max@police.example", phone: "+49 30 1",
  legal_basis: "section 1", types: ["production"], text: " ",
};

test("everything is needed but the free text", () => {
  expect(missing(empty)).toEqual(["authority", "kind", "country", "domain", "address", "applicant", "office", "email", "phone", "legal_basis", "types"]);
  expect(missing(filled)).toEqual([]);
  expect(missing({ ...filled, office: " ", types: [] })).toEqual(["office", "types"]);
});

test("what is sent has no spaces around it, and no empty text", () => {
  const sent = toSend(filled);
  expect(sent.authority).toBe("Police of Example");
  expect(sent.country).toBe("DE");
  expect("text" in sent).toBe(false);
  expect(toSend({ ...filled, text: "Hello\n" }).text).toBe("Hello");
});
