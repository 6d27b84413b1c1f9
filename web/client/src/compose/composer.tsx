// Where one writes.
import { ActionIcon, Button, CloseButton, FileButton, Menu, Popover, Portal, Text, Textarea } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { type ClipboardEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Peer } from "@mtcute/core";
import { usePart } from "../api/observable.ts";
import { join } from "../chats/join.ts";
import { nameOf, summary } from "../chats/names.ts";
import { useChat } from "../history/context.ts";
import { entitiesOf } from "../history/raw.ts";
import { failed, told } from "../layout/notify.ts";
import { useAct } from "../layout/use_act.ts";
import { AttachDialog } from "./attach_dialog.tsx";
import { type Attachment, attachmentOf, release, voiceOf } from "./attachments.ts";
import { draftOf, saveDraft } from "./drafts.ts";
import { keepFormats } from "./keep_formats.ts";
import { parseMarkdown, toMarkdown } from "./markdown.ts";
import { mayJoin, mayWrite } from "./may_write.ts";
import { mayRecord, record, type Recorder } from "./recorder.ts";
import { saysTyping } from "./says_typing.ts";
import { ScheduleDialog } from "./schedule_dialog.tsx";
import { edit, type How, sendFiles, sendText } from "./send.ts";
import { StickerPicker } from "./sticker_picker.tsx";
import { VoiceBar } from "./voice_bar.tsx";
import { Icon } from "../layout/icons.tsx";
import classes from "./compose.module.css";

const textMax = 4096;
// What is longer goes as a file: a field with megabytes in it would stand still.
const pasteMax = 20_000;
const filesMax = 50;

export function Composer({ peer }: { peer: Peer }) {
  const { t } = useTranslation();
  const { thread, history } = useChat();
  const { busy, act } = useAct();
  const unbegun = usePart(history, (state) => state.loadedOnce && state.window.atEnd && state.window.messages.length === 0 && state.pending.length === 0);
  const guest = mayWrite(peer, thread !== undefined);
  if (mayJoin(peer) && !guest) return <div className={classes.composer}><Button fullWidth loading={busy} onClick={() => void act(() => join(peer.id))}>{t("chats.join")}</Button></div>;
  if (!guest) return <div className={classes.composer}><Text c="dimmed" size="sm" className={classes.closed}>{t("compose.cannotWrite")}</Text></div>;
  // A bot waits to be begun with.
  if (unbegun && peer.type === "user" && peer.isBot) return <div className={classes.composer}><Button fullWidth onClick={() => sendText(history, { text: "/start", entities: [] })}>{t("chats.start")}</Button></div>;
  return <Field />;
}

function Field() {
  const { t } = useTranslation();
  const { history, reply, setReply, editing, setEditing } = useChat();
  const [text, setText] = useState(() => draftOf(history));
  const [attachments, setAttachments] = useState<readonly Attachment[]>([]);
  const [dragging, setDragging] = useState(false);
  const [scheduling, setScheduling] = useState(false);
  const [recorder, setRecorder] = useState<Recorder>();
  const [askingToRecord, setAskingToRecord] = useState(false);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => { here.current = false; };
  }, []);
  // The browser asks whether it may, for as long as nobody answers; one may be elsewhere by then.
  const beginRecording = () => {
    setAskingToRecord(true);
    record().then((begun) => (here.current ? setRecorder(begun) : begun.cancel()), () => told(t("compose.noMicrophone"))).finally(() => setAskingToRecord(false));
  };
  const field = useRef<HTMLTextAreaElement>(null);
  const written = useRef(text);
  written.current = editing ? "" : text;
  const focus = () => field.current?.focus();
  useEffect(() => { if (!matchMedia("(hover: none)").matches) focus(); }, [reply, editing, recorder]);
  useEffect(() => { if (editing) setText(toMarkdown(editing.text, entitiesOf(editing))); }, [editing]);

  // Kept a moment after the last letter, and when one goes elsewhere.
  useEffect(() => {
    if (editing) return undefined;
    const timer = setTimeout(() => void saveDraft(history, text), 1500);
    return () => clearTimeout(timer);
  }, [text, editing, history]);
  useEffect(() => () => void saveDraft(history, written.current), [history]);

  const attach = useCallback(async (files: readonly File[]) => {
    if (files.length === 0) return;
    if (files.length > filesMax) told(t("compose.tooManyFiles", { max: filesMax }));
    const more = await Promise.all(files.slice(0, filesMax).map((file) => attachmentOf(file)));
    setAttachments((before) => [...before, ...more]);
  }, [t]);

  // The place to drop files is there while something is dragged: from the first moment on, since a pointer that stands still
  // enters nothing more.
  useEffect(() => {
    const over = (event: DragEvent) => { if (!editing && event.dataTransfer?.types.includes("Files")) setDragging(true); };
    const out = (event: DragEvent) => { if (event.relatedTarget === null) setDragging(false); };
    window.addEventListener("dragenter", over);
    window.addEventListener("dragleave", out);
    return () => {
      window.removeEventListener("dragenter", over);
      window.removeEventListener("dragleave", out);
    };
  }, [editing]);
  // Not every end is told. As long as something is dragged no pointer moves.
  useEffect(() => {
    if (!dragging) return undefined;
    const end = () => setDragging(false);
    window.addEventListener("pointermove", end);
    return () => window.removeEventListener("pointermove", end);
  }, [dragging]);

  const formatted = parseMarkdown(text.length > pasteMax ? text.slice(0, pasteMax) : text);
  const over = formatted.text.length - textMax;
  const endEdit = () => { setEditing(undefined); setText(""); };
  const submit = (how: How = {}) => {
    if (formatted.text === "" || over > 0) return;
    if (editing) {
      const before = editing;
      endEdit();
      void edit(history, before, keepFormats({ text: before.text, entities: entitiesOf(before) }, formatted)).catch(failed);
      return;
    }
    sendText(history, formatted, { reply, ...how });
    if (how.schedule) told(t("compose.scheduled"));
    setText("");
    setReply(undefined);
    void saveDraft(history, "");
    focus();
  };

  const wrap = (sign: string) => {
    const element = field.current;
    if (!element) return;
    const { selectionStart: from, selectionEnd: to } = element;
    element.setRangeText(`${sign}${text.slice(from, to)}${sign}`, from, to, "end");
    setText(element.value);
    element.setSelectionRange(from + sign.length, to + sign.length);
  };
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    const sign = mod ? (event.shiftKey ? { X: "~~", M: "`", P: "||" }[event.key.toUpperCase()] : { b: "**", i: "__" }[event.key]) : undefined;
    if (sign !== undefined) {
      event.preventDefault();
      wrap(sign);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && (editing || reply)) {
      event.preventDefault();
      if (editing) endEdit();
      else setReply(undefined);
    } else if (event.key === "ArrowUp" && text === "" && !editing) {
      const last = history.window.messages.findLast((each) => each.isOutgoing && !each.isService && each.text !== "");
      if (last) {
        event.preventDefault();
        setEditing(last);
      }
    }
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = [...event.clipboardData.files];
    const pasted = event.clipboardData.getData("text/plain");
    if (files.length > 0) {
      event.preventDefault();
      void attach(files);
    } else if (pasted.length > pasteMax) {
      event.preventDefault();
      void attach([new File([pasted], "text.txt", { type: "text/plain" })]);
      told(t("compose.pastedAsFile"));
    }
  };

  const above = editing ?? reply?.message;
  return (
    <form className={classes.outer} onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {dragging && (
        <Portal>
          <Dropzone className={classes.drop} activateOnClick={false} activateOnKeyboard={false} inputProps={{ "aria-label": t("compose.drop") }} onDropAny={() => setDragging(false)} onDrop={(files) => void attach(files)}>
            <Text size="xl">{t("compose.drop")}</Text>
          </Dropzone>
        </Portal>
      )}
      {above && (
        <div className={classes.above}>
          <div className={classes.aboveText}>
            <Text size="xs" fw={600} c="var(--mantine-color-anchor)">{editing ? t("compose.editing") : t("history.replyTo", { name: nameOf(above.sender) })}</Text>
            <Text size="sm" className="clip" dir="auto">{(!editing && reply?.quote?.text) || summary(above)}</Text>
          </div>
          <CloseButton aria-label={t("common.cancel")} onClick={() => (editing ? endEdit() : setReply(undefined))} />
        </div>
      )}
      {recorder ? <VoiceBar recorder={recorder} close={() => setRecorder(undefined)} send={(recorded) => { sendFiles(history, [voiceOf(recorded)], { text: "", entities: [] }, { reply }); setReply(undefined); }} /> : <div className={classes.composer}>
        <FileButton multiple onChange={(files) => void attach(files)}>
          {(properties) => <ActionIcon {...properties} size={38} variant="subtle" color="gray" aria-label={t("compose.attach")} disabled={editing !== undefined}><Icon name="attach" /></ActionIcon>}
        </FileButton>
        <Textarea ref={field} className={classes.field} aria-label={t("compose.message")} placeholder={t("compose.message")} autosize minRows={1} maxRows={10} value={text} dir="auto"
          error={over > 0 ? t("compose.tooLong", { count: over }) : undefined}
          onChange={(event) => { setText(event.currentTarget.value); if (!editing) saysTyping(history); }} onKeyDown={keys} onPaste={paste} />
        <Popover position="top-end" withinPortal trapFocus>
          <Popover.Target><ActionIcon size={38} variant="subtle" color="gray" aria-label={t("compose.stickers")}><Icon name="smile" /></ActionIcon></Popover.Target>
          <Popover.Dropdown><StickerPicker history={history} how={{ reply }} sent={() => setReply(undefined)} insert={(emoji) => setText((before) => before + emoji)} /></Popover.Dropdown>
        </Popover>
        {text === "" && !editing && mayRecord()
          ? <ActionIcon size={38} variant="subtle" color="gray" aria-label={t("compose.record")} loading={askingToRecord} onClick={beginRecording}><Icon name="microphone" /></ActionIcon>
          : <ActionIcon type="submit" size={38} variant="filled" aria-label={editing ? t("common.save") : t("compose.send")} disabled={formatted.text === "" || over > 0}><Icon name="send" turns /></ActionIcon>}
        {!editing && (
          <Menu position="top-end" withinPortal>
            <Menu.Target><ActionIcon size={38} variant="subtle" color="gray" aria-label={t("compose.ways")} disabled={formatted.text === "" || over > 0}><Icon name="open" size={16} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => submit({ silent: true })}>{t("compose.silently")}</Menu.Item>
              <Menu.Item onClick={() => setScheduling(true)}>{t("compose.schedule")}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>}
      {scheduling && <ScheduleDialog close={() => setScheduling(false)} done={(schedule) => { setScheduling(false); submit({ schedule }); }} />}
      {attachments.length > 0 && (
        <AttachDialog attachments={attachments} caption={text} change={setAttachments} close={() => { release(attachments); setAttachments([]); }}
          send={(chosen, caption) => { sendFiles(history, chosen, caption, { reply }); release(chosen); setAttachments([]); setText(""); setReply(undefined); }} />
      )}
    </form>
  );
}
