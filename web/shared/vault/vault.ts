// What is done with secrets in the browser, each in a worker of its own: see worker.ts. Failures are thrown as Problem.
import { Problem } from "../problem.ts";
import type { Tasks, Told } from "./worker.ts";

export function inVault<Name extends keyof Tasks>(task: Name, input: Tasks[Name]["input"], progress?: (done: number, all: number) => void): Promise<Tasks[Name]["output"]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const fail = (code: string, message: string) => {
      worker.terminate();
      reject(new Problem({ title: code, status: 0, code, detail: message }));
    };
    worker.onerror = (event) => fail("VAULT_FAILED", event.message || "The part of this page that handles keys could not be loaded.");
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if ("progress" in data) return progress?.(...data.progress);
      if ("failed" in data) return fail(data.failed.code, data.failed.message);
      worker.terminate();
      resolve(data.output as Tasks[Name]["output"]);
    };
    worker.postMessage({ task, input });
  });
}
