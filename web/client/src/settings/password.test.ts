import { createHash, pbkdf2Sync } from "node:crypto";
import { expect, test, vi } from "vitest";

vi.mock("../api/client.ts", () => ({ tg: () => undefined }));
const { bytesOf, passwordHash, power } = await import("./password.ts");

test("the hash is that of core.telegram.org/api/srp, as another implementation computes it", async () => {
  const [salt1, salt2] = [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(9, 8, 7)];
  const salted = (data: Uint8Array, salt: Uint8Array) => createHash("sha256").update(salt).update(data).update(salt).digest();
  const first = salted(salted(new TextEncoder().encode("pässword"), salt1), salt2);
  const expected = salted(pbkdf2Sync(first, salt1, 100_000, 64, "sha512"), salt2);
  expect(Buffer.from(await passwordHash("pässword", salt1, salt2))).toEqual(expected);
});

test("powers and bytes", () => {
  expect(power(3n, 200n, 1009n)).toBe(3n ** 200n % 1009n);
  expect(power(5n, 0n, 7n)).toBe(1n);
  expect([...bytesOf(258n, 4)]).toEqual([0, 0, 1, 2]);
});
