// Where secrets are: a worker of its own for each task, which ends with it. The server serves it under a policy by which
// it can reach nobody (src/web/console/assets.cc), so what it is handed stays in the browser.
import sodium from "libsodium-wrappers-sumo";
import { makeKey, openAnswer, publicKeyOf, type Answer, type AnswerKey } from "./answer.ts";
import { VaultError } from "./document.ts";
import { contribute, type Contributed } from "./share.ts";

export interface Tasks {
  makeKey: { input: { passphrase: string }; output: AnswerKey };
  publicKeyOf: { input: { file: string }; output: string };
  openAnswer: { input: { file: string; passphrase: string; package: string; signer: string }; output: Answer };
  contribute: { input: { file: string; passphrase: string; key: string; question: string }; output: Contributed };
}
type Work = { [Name in keyof Tasks]: (input: Tasks[Name]["input"], progress: (done: number, all: number) => void) => Tasks[Name]["output"] };

const work: Work = {
  makeKey: ({ passphrase }) => makeKey(passphrase),
  publicKeyOf: ({ file }) => publicKeyOf(file),
  openAnswer,
  contribute,
};

export type Told = { progress: [number, number] } | { output: unknown } | { failed: { code: string; message: string } };
const tell = (told: Told): void => self.postMessage(told);

self.onmessage = async ({ data }: MessageEvent<{ task: keyof Tasks; input: never }>) => {
  try {
    await sodium.ready;
    tell({ output: work[data.task](data.input, (done, all) => tell({ progress: [done, all] })) });
  } catch (error) {
    const known = error instanceof VaultError;
    tell({ failed: { code: known ? error.code : "VAULT_FAILED", message: error instanceof Error ? error.message : String(error) } });
  }
};
