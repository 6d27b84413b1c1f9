// Answers as the server seals them (src/legal/disclosure/answer.h), opened as the portal opens them.
import sodium from "libsodium-wrappers-sumo";
import { beforeAll, describe, expect, it } from "vitest";
import { makeKey, openAnswer, type AnswerKey } from "../../../shared/vault/answer.ts";
import { base64, fromBase64, joined, utf8 } from "../../../shared/vault/document.ts";

const passphrase = "a long enough passphrase";
const json = '{"schema":"heliograph-disclosure/1"}';
const cms = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x07);
let key: AnswerKey;
let signer: { publicKey: Uint8Array; privateKey: Uint8Array };

const length = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, bytes.length, true);
  return out;
};
const body = (pdf: string) => joined([length(utf8(json)), utf8(json), utf8(pdf)]);
// `before`: what stands between the signature and what is signed.
const sealed = (purpose: string, signed: Uint8Array, before: Uint8Array = new Uint8Array()) =>
  base64(sodium.crypto_box_seal(joined([sodium.crypto_sign_detached(joined([utf8(purpose), signed]), signer.privateKey), before, signed]), fromBase64(key.public_key)));
const open = (answer: string) => openAnswer({ file: key.file, passphrase, package: answer, signer: sodium.to_hex(signer.publicKey) });

beforeAll(async () => {
  await sodium.ready;
  key = makeKey(passphrase);
  signer = sodium.crypto_sign_keypair();
});

describe("an answer", () => {
  it("has a second signature, and what both are over", () => {
    const purpose = "heliograph/disclosure/v3\n";
    const opened = open(sealed(purpose, body("%PDF"), joined([length(cms), cms])));
    expect(opened.json).toBe(json);
    expect(fromBase64(opened.pdf)).toEqual(utf8("%PDF"));
    expect(fromBase64(opened.p7s)).toEqual(cms);
    expect(fromBase64(opened.signed)).toEqual(joined([utf8(purpose), body("%PDF")]));
  });

  it("of before there was one still opens", () => {
    const opened = open(sealed("heliograph/disclosure/v2\n", body("%PDF")));
    expect([opened.json, opened.p7s, opened.signed]).toEqual([json, "", ""]);
    expect(open(sealed("heliograph/disclosure/v1\n", utf8(json)))).toMatchObject({ json, pdf: "", p7s: "" });
  });

  it("is refused where it was signed for something else, or is cut", () => {
    const refused = expect.objectContaining({ code: "PACKAGE_INVALID" });
    const failure = (answer: string) => {
      try {
        return open(answer);
      } catch (error) {
        return error;
      }
    };
    expect(failure(sealed("heliograph/disclosure/v4\n", body("")))).toEqual(refused);
    expect(failure(sealed("heliograph/disclosure/v3\n", body("%PDF"), Uint8Array.of(0xff, 0xff, 0xff, 0xff)))).toEqual(refused);
    expect(failure(sealed("heliograph/disclosure/v2\n", Uint8Array.of(9, 0, 0, 0)))).toEqual(refused);
    expect(failure(base64(sodium.crypto_box_seal(new Uint8Array(10), fromBase64(key.public_key))))).toEqual(refused);
  });
});
