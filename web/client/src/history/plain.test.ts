import { expect, test } from "vitest";
import { fileName, plain } from "./plain.ts";

test("what turns a line around is taken out", () => expect(plain("invoice\u202Efdp.exe\u2066x\u2069")).toBe("invoicefdp.exex"));
test("control characters are, too; new lines and tabs stay", () => expect(plain("a\u0000b\u001Bc\n\td")).toBe("abc\n\td"));
test("marks heaped on a letter are cut to a few", () => {
  expect(plain(`Z${"\u0300".repeat(500)}!`)).toBe(`Z${"\u0300".repeat(4)}!`);
  expect(plain("é ạ̈ हिन्दी שָׁלוֹם")).toBe("é ạ̈ हिन्दी שָׁלוֹם");
});
test("letters of right-to-left scripts stay as they are", () => expect(plain("مرحبا 123")).toBe("مرحبا 123"));

test.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\Windows\\evil.exe", "evil.exe"],
  [".bashrc", "bashrc"],
  ["a\u202Egpj.exe", "agpj.exe"],
  ["", "file"],
  ["/", "file"],
  ["ok name.pdf", "ok name.pdf"],
])("a file called %s is saved as %s", (name, saved) => expect(fileName(name, "file")).toBe(saved));
test("a long name keeps its ending", () => expect(fileName(`${"x".repeat(500)}.pdf`, "file")).toMatch(/^x{116}\.pdf$/));
