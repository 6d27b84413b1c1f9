// What all members of a group may do who have no rights of their own.
import { Button, Checkbox, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Chat } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { told } from "../layout/notify.ts";
import { PanelPage, Section } from "../layout/page.tsx";
import { allowedOf, type BannedRight, bannedOf, memberRights, toggled } from "./may.ts";
import { useChange, useGroup } from "./queries.ts";

export function PermissionsPanel() {
  const chat = useGroup();
  return chat ? <Permissions chat={chat} /> : null;
}

function Permissions({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const [allowed, setAllowed] = useState<ReadonlySet<BannedRight>>(() => allowedOf("defaultBannedRights" in chat.raw ? chat.raw.defaultBannedRights : undefined));
  return (
    <PanelPage title={t("groups.permissions")} close={`/chat/${chat.id}`} back={`/chat/${chat.id}/manage`}>
      <Text size="sm" c="dimmed">{t("groups.permissionsText")}</Text>
      <Section>
        {memberRights.map((each) => <Checkbox key={each} label={t(`groups.may.${each}` as "groups.may.sendPlain")} checked={allowed.has(each)} onChange={(event) => setAllowed(toggled(allowed, each, event.currentTarget.checked))} />)}
        <Button loading={busy} onClick={() => void change(() => tg().setChatDefaultPermissions(chat, bannedOf(allowed))).then((done) => done && told(t("settings.saved")))}>{t("common.save")}</Button>
      </Section>
    </PanelPage>
  );
}
