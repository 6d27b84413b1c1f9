// @vitest-environment jsdom
// A report goes by the server's own questions, and ends with the number of the case.
import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { tl } from "@mtcute/core";
import { draw } from "../test_page.tsx";

vi.mock("../api/client.ts", () => ({ tg: () => ({}) }));
const letter = vi.fn<(since: number) => Promise<{ text: string } | undefined>>();
vi.mock("./letters.ts", () => ({ newestLetter: async () => 3, letterSince: (since: number) => letter(since) }));
const { ReportDialog } = await import("./report_dialog.tsx");

const option = (text: string, byte: number) => ({ _: "messageReportOption", text, option: Uint8Array.of(byte) }) as tl.RawMessageReportOption;
const choose = { _: "reportResultChooseOption", title: "What is wrong with it?", options: [option("Spam", 1), option("Fraud", 2)] } as tl.TypeReportResult;
const words = (optional: boolean) => ({ _: "reportResultAddComment", optional, option: Uint8Array.of(9) }) as tl.TypeReportResult;

async function begin(...answers: (tl.TypeReportResult | Error)[]) {
  const report = vi.fn(async () => {
    const next = answers.shift()!;
    if (next instanceof Error) throw next;
    return next;
  });
  const close = vi.fn();
  await act(async () => void draw(<ReportDialog report={report} close={close} />));
  return { report, close };
}
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));

test("option by option, then words, then the case", async () => {
  letter.mockResolvedValue({ text: "Thank you, it is case 12." });
  const { report, close } = await begin(choose, words(false), { _: "reportResultReported" });
  await press("Fraud");
  const send = screen.getByRole("button", { name: "Send the report" });
  expect(send).toHaveProperty("disabled", true);
  fireEvent.change(screen.getByRole("textbox"), { target: { value: "sells nothing" } });
  await press("Send the report");
  expect(report.mock.calls).toEqual([[new Uint8Array(0), ""], [Uint8Array.of(2), ""], [Uint8Array.of(9), "sells nothing"]]);
  expect(letter).toHaveBeenCalledWith(3);
  expect(screen.getByText("Thank you, it is case 12.")).toBeTruthy();
  await press("Done");
  expect(close).toHaveBeenCalledOnce();
});

test("where words are not asked for, it goes without", async () => {
  const { report } = await begin(words(true), { _: "reportResultReported" });
  await press("Send the report");
  expect(report).toHaveBeenLastCalledWith(Uint8Array.of(9), "");
});

test("a failure is said, and nothing is said to have been sent", async () => {
  await begin(choose, new Error("no"));
  await press("Spam");
  expect(screen.getByRole("alert")).toBeTruthy();
  expect(screen.queryByText("The report was sent", { exact: false })).toBeNull();
});
