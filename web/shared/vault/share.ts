// What an officer with a share contributes to opening rows (src/legal/journal; docs/legal.md has all bytes): checks that
// every row is of the account and the time that the question names, multiplies, and proves that it was this share.
import sodium from "libsodium-wrappers-sumo";
import { challenge, document, hashParts, isPoint, joined, numberBytes, Reader, same, utf8, VaultError } from "./document.ts";
import { readCost, unlock } from "./locked.ts";

const secretHeader = "heliograph-journal-secret v1";
const membersMost = 32;
const rowsMost = 100_000;
const labelBytes = 8 + 8 + 8 + 16;
const sealedRowBytes = 147;

interface Key {
  id: Uint8Array;
  members: string[];
  commitments: Uint8Array[];
}

function readKey(text: string): Key {
  const reader = new Reader(text, "heliograph-journal-key v1");
  const threshold = reader.number("threshold", 2, membersMost);
  const count = reader.number("shares", threshold, membersMost);
  const members = Array.from({ length: count }, () => reader.text("member"));
  const commitments = Array.from({ length: threshold }, () => reader.point("commitment"));
  reader.bytes("ceremony", 32);
  reader.done();
  return { id: hashParts("heliograph/journal/key/v1", [utf8(text)]), members, commitments };
}

function scalarOf(value: number): Uint8Array {
  const out = new Uint8Array(32);
  out.set(numberBytes(value));
  return out;
}

// What the share's holder proves to know, times the generator.
function shareKey(key: Key, share: number): Uint8Array {
  const at = scalarOf(share);
  return key.commitments.reduceRight((sum, one) => sodium.crypto_core_ristretto255_add(sodium.crypto_scalarmult_ristretto255(at, sum), one));
}

interface Share {
  number: number;
  secret: Uint8Array;
}

export function openShare(file: string, key: Key, passphrase: string): Share {
  const reader = new Reader(file, secretHeader);
  const kind = reader.text("kind");
  const number = reader.number("share", 1, membersMost);
  const about = reader.bytes("about", 32);
  const cost = readCost(reader);
  const salt = reader.bytes("salt", 16);
  const sealed = reader.bytes("sealed", 32 + 40);
  reader.done();
  const other = () => new VaultError("SHARE_OTHER", "This is not a share of the journal's key.");
  if (kind !== "share" || !same(about, key.id) || number > key.members.length) throw other();
  const secret = unlock(secretHeader, [["kind", kind], ["share", number], ["about", about], ["passes", cost.passes], ["memory_kib", cost.memory_kib], ["salt", salt]], salt, cost, sealed, passphrase);
  if (!same(sodium.crypto_scalarmult_ristretto255_base(secret), shareKey(key, number))) throw other();
  return { number, secret };
}

interface Question {
  binding: Uint8Array;
  request: bigint;
  account: bigint;
  from: number;
  to: number;
  key: Uint8Array;
  rows: Uint8Array[];
}

function readQuestion(text: string): Question {
  const timeMost = 99_999_999_999;
  const reader = new Reader(text, "heliograph-journal-question v1");
  const request = reader.decimal("request");
  reader.bytes("entry");
  const account = reader.decimal("account");
  const from = reader.number("from", 0, timeMost);
  const to = reader.number("to", 0, timeMost);
  const key = reader.bytes("key", 32);
  const count = reader.number("rows", 0, rowsMost);
  const rows = Array.from({ length: count }, () => reader.bytes("row", labelBytes + sealedRowBytes));
  reader.done();
  return { binding: hashParts("heliograph/journal/question/v1", [utf8(text)]), request, account, from, to, key, rows };
}

const wrong = (what: string): VaultError => new VaultError("QUESTION_WRONG", what);

// The row's element, if the row is what it says.
function checkRow(question: Question, publicKey: Uint8Array, row: Uint8Array): Uint8Array {
  const label = row.subarray(0, labelBytes);
  const view = new DataView(row.buffer, row.byteOffset);
  const user = view.getBigInt64(0, true);
  const overlaps = view.getBigInt64(8, true) < BigInt(question.to) && view.getBigInt64(16, true) > BigInt(question.from);
  if (user !== question.account || !overlaps) throw wrong("A row is of another account, or of another time.");
  const sealed = row.subarray(labelBytes);
  const element = sealed.subarray(0, 32);
  const said = sealed.subarray(32, 64);
  const response = sealed.subarray(64, 96);
  const broken = () => new VaultError("ROW_INVALID", "A row of the journal is not what was sealed.");
  if (!isPoint(element)) throw broken();
  let first: Uint8Array;
  try {
    first = sodium.crypto_core_ristretto255_sub(sodium.crypto_scalarmult_ristretto255_base(response), sodium.crypto_scalarmult_ristretto255(said, element));
  } catch {
    throw broken();
  }
  if (!same(challenge("heliograph/journal/row/v1", [publicKey, label, element, first, sealed.subarray(96)]), said)) throw broken();
  return element;
}

export interface Contributed {
  document: string;
  share: number;
  name: string;
}

export function contribute(input: { file: string; passphrase: string; key: string; question: string }, progress: (done: number, all: number) => void): Contributed {
  const key = readKey(input.key);
  const question = readQuestion(input.question);
  if (!same(question.key, key.id)) throw wrong("The question is for another key.");
  if (question.from >= question.to) throw wrong("The question is about no time.");
  const share = openShare(input.file, key, input.passphrase);
  const rows = question.rows;
  const elements: Uint8Array[] = [];
  const parts: Uint8Array[] = [];
  for (const [index, row] of rows.entries()) {
    const element = checkRow(question, key.commitments[0]!, row);
    elements.push(element);
    parts.push(sodium.crypto_scalarmult_ristretto255(share.secret, element));
    if (index % 64 === 0) progress(index, rows.length * 2);
  }
  const context = hashParts("heliograph/journal/contribution/v1", [question.binding, numberBytes(share.number), joined(parts)]);
  // One sum of the elements and one of the parts, with weights that nobody could choose before all of them were fixed.
  let base = new Uint8Array(32);
  let other = new Uint8Array(32);
  for (const [index, element] of elements.entries()) {
    const weight = hashParts("heliograph/journal/weight/v1", [context, numberBytes(index)]);
    weight.fill(0, 16);
    base = sodium.crypto_core_ristretto255_add(base, sodium.crypto_scalarmult_ristretto255(weight, element)) as Uint8Array<ArrayBuffer>;
    other = sodium.crypto_core_ristretto255_add(other, sodium.crypto_scalarmult_ristretto255(weight, parts[index]!)) as Uint8Array<ArrayBuffer>;
    if (index % 64 === 0) progress(rows.length + index, rows.length * 2);
  }
  const nonce = sodium.crypto_core_ristretto255_scalar_random();
  // Without rows the sum is the identity, of which every multiple is the identity again.
  const second = rows.length === 0 ? new Uint8Array(32) : sodium.crypto_scalarmult_ristretto255(nonce, base);
  const said = challenge("heliograph/journal/same/v1", [context, shareKey(key, share.number), base, other, sodium.crypto_scalarmult_ristretto255_base(nonce), second]);
  const response = sodium.crypto_core_ristretto255_scalar_add(nonce, sodium.crypto_core_ristretto255_scalar_mul(said, share.secret));
  sodium.memzero(nonce);
  sodium.memzero(share.secret);
  return {
    document: document("heliograph-journal-contribution v1", [
      ["question", question.binding], ["share", share.number], ["challenge", said], ["response", response], ["parts", parts.length],
      ...parts.map((part): [string, Uint8Array] => ["part", part]),
    ]),
    share: share.number,
    name: key.members[share.number - 1]!,
  };
}
