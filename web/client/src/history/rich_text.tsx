// A message's text with its entities, as elements. Never as markup: whatever it says, it is text.
import { memo, useContext, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { tl } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { mayWrite } from "../compose/may_write.ts";
import { sendText } from "../compose/send.ts";
import { failed } from "../layout/notify.ts";
import { followOrTell } from "../links/follow.tsx";
import { parseLink } from "../links/link.ts";
import { ChatContext } from "./context.ts";
import { pieces, type Piece } from "./entities.ts";
import { plain } from "./plain.ts";
import classes from "./history.module.css";

// What is longer is shown when asked for.
const shownMax = 12_000;

export const RichText = memo(function RichText({ text, entities }: { text: string; entities: readonly tl.TypeMessageEntity[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all || text.length <= shownMax ? text : text.slice(0, shownMax);
  const tree = useMemo(() => pieces(shown, entities), [shown, entities]);
  return (
    <div className={classes.text} dir="auto" data-text>
      {tree.map((piece) => <Drawn key={piece.start} piece={piece} text={shown} />)}
      {shown.length < text.length && <button type="button" className={classes.inlineButton} onClick={() => setAll(true)}>… {t("common.more")}</button>}
    </div>
  );
});

function Drawn({ piece, text }: { piece: Piece; text: string }) {
  const inside = piece.inside.length > 0 ? piece.inside.map((each) => <Drawn key={each.start} piece={each} text={text} />) : plain(text.slice(piece.start, piece.end));
  const { what } = piece;
  switch (what.kind) {
    case "plain": return inside;
    case "bold": return <b>{inside}</b>;
    case "italic": return <i>{inside}</i>;
    case "underline": return <u>{inside}</u>;
    case "strike": return <s>{inside}</s>;
    case "code": return <code dir="ltr">{inside}</code>;
    case "pre": return <pre dir="ltr" data-language={what.language || undefined}>{inside}</pre>;
    case "quote": return <blockquote>{inside}</blockquote>;
    case "spoiler": return <Spoiler>{inside}</Spoiler>;
    case "link": return <ToLink url={what.url}>{inside}</ToLink>;
    case "mention": return <ToPeer of={text.slice(piece.start + 1, piece.end)}>{inside}</ToPeer>;
    case "person": return <ToPeer of={what.userId}>{inside}</ToPeer>;
    case "hashtag": return <Hashtag tag={text.slice(piece.start, piece.end)}>{inside}</Hashtag>;
    case "command": return <Command command={text.slice(piece.start, piece.end)}>{inside}</Command>;
    case "phone": return <bdi>{inside}</bdi>;
  }
}

function Spoiler({ children }: { children: React.ReactNode }) {
  const [open, setOpen] = useState(false);
  const { t } = useTranslation();
  return open ? <span>{children}</span> : <button type="button" className={classes.spoiler} aria-label={t("history.spoiler")} onClick={() => setOpen(true)}><span aria-hidden>{children}</span></button>;
}

// What leads to somebody or something here is opened here.
function ToLink({ url, children }: { url: string; children: React.ReactNode }) {
  const navigate = useNavigate();
  if (parseLink(url)) return <button type="button" className={classes.inlineButton} title={url} onClick={() => followOrTell(url, navigate)}>{children}</button>;
  return <a href={url} target="_blank" rel="noopener noreferrer">{children}</a>;
}

function ToPeer({ of, children }: { of: string | number; children: React.ReactNode }) {
  const navigate = useNavigate();
  return <button type="button" className={classes.inlineButton} onClick={() => void tg().getPeer(of).then((peer) => navigate(`/chat/${peer.id}`)).catch(failed)}>{children}</button>;
}

// Says it to the bot, where one may write.
function Command({ command, children }: { command: string; children: React.ReactNode }) {
  const chat = useContext(ChatContext);
  if (!chat || !mayWrite(chat.peer, chat.thread !== undefined)) return <bdi>{children}</bdi>;
  return <button type="button" className={classes.inlineButton} onClick={() => sendText(chat.history, { text: command, entities: [] })}>{children}</button>;
}

// To the search: its screen reads the query from the address.
function Hashtag({ tag, children }: { tag: string; children: React.ReactNode }) {
  const navigate = useNavigate();
  return <button type="button" className={classes.inlineButton} onClick={() => void navigate(`/search?q=${encodeURIComponent(tag)}`)}>{children}</button>;
}
