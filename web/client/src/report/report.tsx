// What can be reported, and how it is: messages by the server's own tree of options; people, chats and searches by the
// same words, which stand for the protocol's reasons.
import type { Message, Peer, tl } from "@mtcute/core";
import type { NavigateFunction } from "react-router";
import { base64url } from "../api/base64url.ts";
import { tg } from "../api/client.ts";
import { dialogs } from "../layout/dialogs.tsx";
import { beginBot } from "../links/follow.tsx";
import { t } from "../texts/index.ts";
import { ReportDialog, type Report } from "./report_dialog.tsx";

function open(title: string, report: Report): void {
  dialogs.show(title, (close) => <ReportDialog report={report} close={close} />);
}

export function reportMessages(messages: readonly Message[]): void {
  const chat = messages[0]?.chat;
  if (!chat) return;
  open(t("report.message", { count: messages.length }), async (option, words) =>
    tg().call({ _: "messages.report", peer: await tg().resolvePeer(chat), id: messages.map((each) => each.id), option, message: words }));
}

// The reasons that account.reportPeer has, as one question; what came of it is asked as for messages.
const reasons = [
  ["spam", "inputReportReasonSpam"], ["fraud", "inputReportReasonFake"], ["violence", "inputReportReasonViolence"], ["sexual", "inputReportReasonPornography"], ["child", "inputReportReasonChildAbuse"],
  ["goods", "inputReportReasonIllegalDrugs"], ["personal", "inputReportReasonPersonalDetails"], ["copyright", "inputReportReasonCopyright"], ["other", "inputReportReasonOther"],
] as const satisfies readonly (readonly [string, tl.TypeReportReason["_"]])[];

export function reportPeer(peer: Peer): void {
  open(peer.type === "user" ? t("report.person") : t("report.chat"), async (option, words) => {
    if (option.length === 0) return { _: "reportResultChooseOption", title: t("report.what"), options: reasons.map(([key], at) => ({ _: "messageReportOption", text: t(`report.reasons.${key}`), option: Uint8Array.of(at, 0) })) };
    const reason = reasons[option[0] ?? 0]?.[1] ?? "inputReportReasonOther";
    // Asked for words once, then sent.
    if (option[1] === 0) return { _: "reportResultAddComment", optional: reason !== "inputReportReasonOther", option: Uint8Array.of(option[0] ?? 0, 1) };
    await tg().call({ _: "account.reportPeer", peer: await tg().resolvePeer(peer), reason: { _: reason }, message: words });
    return { _: "reportResultReported" };
  });
}

// A search: @searchreport takes its words as what it is begun with, where they fit in.
export async function reportSearch(query: string, navigate: NavigateFunction): Promise<void> {
  const parameter = base64url(new TextEncoder().encode(query.trim()));
  const bot = await tg().getPeer("searchreport");
  await beginBot("searchreport", parameter.length <= 64 ? parameter : "");
  if (parameter.length > 64) await tg().sendText(bot, query.trim());
  await navigate(`/chat/${bot.id}`);
}
