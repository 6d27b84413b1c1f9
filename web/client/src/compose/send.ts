// Sending: at once on the screen as pending, then as the message that the server made of it.
import { InputMedia, type InputMediaLike, type Message, tl } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { live } from "../api/live.ts";
import { chatList } from "../chats/chat_list.ts";
import type { Reply } from "../history/context.ts";
import type { History } from "../history/history.ts";
import type { Formatted } from "./markdown.ts";
import type { Attachment } from "./attachments.ts";

export interface How {
  reply?: Reply;
  silent?: boolean;
  schedule?: Date;
}

let count = 0;
const nextKey = (): string => `p${(count += 1)}`;

function common(history: History, how: How) {
  const quote = how.reply?.quote;
  return {
    replyTo: how.reply?.message ?? history.thread,
    quote: quote && { text: quote.text, entities: undefined },
    quoteOffset: quote?.offset,
    silent: how.silent,
    schedule: how.schedule,
  };
}

function came(history: History, how: How, messages: readonly Message[]): void {
  if (how.schedule) return history.scheduledChanged();
  for (const message of messages) {
    history.arrived(message);
    chatList.arrived(message);
    live.sent(message);
  }
}

export function sendText(history: History, text: Formatted, how: How = {}): void {
  const key = nextKey();
  const attempt = async () => {
    history.amendPending(key, { state: "sending", error: undefined });
    try {
      const sent = await tg().sendText(history.chat, text, common(history, how));
      history.removePending(key);
      came(history, how, [sent]);
    } catch (error) {
      history.amendPending(key, { state: "failed", error });
    }
  };
  history.addPending({ key, text: text.text, state: "sending", cancel: () => history.removePending(key), again: () => void attempt() });
  if (!history.window.atEnd) void history.toEnd();
  void attempt();
}

// Photos and films that go together are one album; other files go one by one.
export function sendFiles(history: History, files: readonly Attachment[], caption: Formatted, how: How = {}): void {
  const visual = files.filter((each) => each.kind === "photo" || each.kind === "video");
  const groups: Attachment[][] = [];
  for (let at = 0; at < visual.length; at += 10) groups.push(visual.slice(at, at + 10));
  for (const each of files) if (!visual.includes(each)) groups.push([each]);
  // The caption goes with the first.
  groups.forEach((group, index) => sendGroup(history, group, index === 0 ? caption : { text: "", entities: [] }, how));
}

function sendGroup(history: History, files: readonly Attachment[], caption: Formatted, how: How): void {
  const key = nextKey();
  const total = files.reduce((sum, each) => sum + each.file.size, 0) || 1;
  const name = files.length === 1 ? (files[0]?.name ?? "") : files.map((each) => each.name).join(", ");
  let stop = new AbortController();
  const file = { name, progress: 0, preview: files[0]?.preview };
  const attempt = async () => {
    stop = new AbortController();
    history.amendPending(key, { state: "sending", error: undefined, file });
    const done = files.map(() => 0);
    try {
      const media: InputMediaLike[] = [];
      for (const [index, each] of files.entries()) {
        const uploaded = await tg().uploadFile({
          file: each.file, fileName: each.name, fileMime: each.type, abortSignal: stop.signal, requireFileSize: true,
          progressCallback: (sent) => {
            done[index] = sent;
            history.amendPending(key, { file: { ...file, progress: Math.min(1, done.reduce((a, b) => a + b, 0) / total) } });
          },
        });
        const input = { caption: index === 0 ? caption : undefined, fileName: each.name, fileMime: each.type };
        media.push(each.kind === "photo" ? InputMedia.photo(uploaded, { caption: input.caption })
          : each.kind === "video" ? InputMedia.video(uploaded, { ...input, width: each.width, height: each.height, duration: each.duration, supportsStreaming: true })
          : each.kind === "voice" ? InputMedia.voice(uploaded, { fileMime: each.type, duration: each.duration, waveform: each.waveform })
          : each.kind === "audio" ? InputMedia.audio(uploaded, { ...input, duration: each.duration })
          : InputMedia.document(uploaded, input));
      }
      stop.signal.throwIfAborted();
      const sent = media.length > 1 ? await tg().sendMediaGroup(history.chat, media, common(history, how)) : [await tg().sendMedia(history.chat, media[0]!, { ...common(history, how) })];
      history.removePending(key);
      came(history, how, sent);
    } catch (error) {
      if (stop.signal.aborted) history.removePending(key);
      else history.amendPending(key, { state: "failed", error });
    }
  };
  history.addPending({ key, text: caption.text, file, state: "sending", cancel: () => { stop.abort(); history.removePending(key); }, again: () => void attempt() });
  if (!history.window.atEnd) void history.toEnd();
  void attempt();
}

// A sticker or another file that the server has already.
export async function sendExisting(history: History, document: tl.RawDocument, how: How = {}): Promise<void> {
  const { id, accessHash, fileReference } = document;
  const sent = await tg().sendMedia(history.chat, { type: "document", file: { _: "inputMediaDocument", id: { _: "inputDocument", id, accessHash, fileReference } } }, common(history, how));
  came(history, how, [sent]);
}

export async function edit(history: History, message: Message, text: Formatted): Promise<void> {
  const edited = await tg().editMessage({ chatId: history.chat, message: message.id, text });
  history.replaced(edited);
}

