// The buttons that a bot put below its message.
import { Button, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Message, tl } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { told } from "../layout/notify.ts";
import { useAct } from "../layout/use_act.ts";
import { followOrTell } from "../links/follow.tsx";
import { parseLink } from "../links/link.ts";
import { safeUrl } from "./entities.ts";
import { plain } from "./plain.ts";
import { rawOf } from "./raw.ts";
import classes from "./history.module.css";

export function Buttons({ message }: { message: Message }) {
  const markup = rawOf(message)?.replyMarkup;
  if (markup?._ !== "replyInlineMarkup") return null;
  return (
    <div className={classes.buttons}>
      {markup.rows.map((row, at) => <div key={at} className={classes.buttonRow}>{row.buttons.map((button, index) => <One key={index} button={button} message={message} />)}</div>)}
    </div>
  );
}

function One({ button, message }: { button: tl.TypeKeyboardButton; message: Message }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, act } = useAct();
  const [said, setSaid] = useState("");
  const text = "text" in button ? plain(button.text) : "";
  const url = button._ === "keyboardButtonUrl" ? safeUrl(button.url) : undefined;
  // What leads to somebody or something here is opened here.
  if (button._ === "keyboardButtonUrl" && parseLink(button.url)) return <Button variant="light" size="compact-md" className={classes.button} onClick={() => followOrTell(button.url, navigate)}>{text}</Button>;
  if (url !== undefined) return <Button component="a" href={url} target="_blank" rel="noopener noreferrer" variant="light" size="compact-md" className={classes.button}>{text}</Button>;
  if (button._ !== "keyboardButtonCallback") return <Button variant="light" size="compact-md" className={classes.button} disabled title={t("history.unsupported")}>{text}</Button>;
  const press = async () => {
    const answer = await tg().getCallbackAnswer({ chatId: message.chat.id, message: message.id, data: button.data });
    if (answer.message !== undefined && answer.alert === true) setSaid(answer.message);
    else if (answer.message !== undefined) told(plain(answer.message));
  };
  return (
    <>
      <Button variant="light" size="compact-md" className={classes.button} loading={busy} onClick={() => void act(press)}>{text}</Button>
      <Modal opened={said !== ""} onClose={() => setSaid("")} withCloseButton title={text}><Text>{plain(said)}</Text></Modal>
    </>
  );
}
