import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message, Peer } from "@mtcute/core";
import { failed } from "../layout/notify.ts";
import { useChat } from "./context.ts";
import { messageActions } from "./message_actions.ts";
import { QuickReactions } from "./reactions.tsx";
import { Icon } from "../layout/icons.tsx";
import classes from "./history.module.css";

export function MessageMenu({ message, album, peer }: { message: Message; album: readonly Message[]; peer: Peer }) {
  const { t } = useTranslation();
  const chat = useChat();
  const [open, setOpen] = useState(false);
  return (
    <Menu position="bottom-end" withinPortal opened={open} onChange={setOpen}>
      <Menu.Target><ActionIcon className={classes.menu} variant="subtle" color="gray" size="sm" aria-label={t("history.menu")}><Icon name="more" size={16} /></ActionIcon></Menu.Target>
      {/* What a message allows is worked out when it is asked for, not for each on the screen. */}
      {open && (
        <Menu.Dropdown>
          <QuickReactions message={message} peer={peer} done={() => setOpen(false)} />
          {messageActions.filter((each) => each.shown(message, peer)).map((each) => (
            <Menu.Item key={each.key} color={each.grave ? "red" : undefined} onClick={() => void Promise.resolve(each.run({ message, album, peer, chat })).catch(failed)}>{each.label(message)}</Menu.Item>
          ))}
        </Menu.Dropdown>
      )}
    </Menu>
  );
}
