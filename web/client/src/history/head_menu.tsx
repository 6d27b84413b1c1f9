import { ActionIcon, Menu } from "@mantine/core";
import type { Peer } from "@mtcute/core";
import { useTranslation } from "react-i18next";
import { useNavigate, type NavigateFunction } from "react-router";
import { failed } from "../layout/notify.ts";
import type { ChatContextValue } from "./context.ts";
import { Icon } from "../layout/icons.tsx";
import { headActions } from "./head_actions.ts";

export interface HeadAction {
  key: string;
  label: () => string;
  shown: (peer: Peer, chat: ChatContextValue | undefined) => boolean;
  // `chat` is there where a conversation is open, and not above a list of topics.
  run: (given: { peer: Peer; navigate: NavigateFunction; chat: ChatContextValue | undefined }) => void | Promise<unknown>;
  grave?: boolean;
}

export function HeadMenu({ peer, chat }: { peer: Peer; chat: ChatContextValue | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const actions = headActions.filter((each) => each.shown(peer, chat));
  if (actions.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("history.chatMenu")}><Icon name="more" /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {actions.map((each) => <Menu.Item key={each.key} color={each.grave ? "red" : undefined} onClick={() => void Promise.resolve(each.run({ peer, navigate, chat })).catch(failed)}>{each.label()}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}
