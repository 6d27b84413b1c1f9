// Where one can go from the chat list, and out.
import { ActionIcon, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { session } from "../sign_in/session.ts";
import { Icon } from "./icons.tsx";
import { failed } from "./notify.ts";

export function MainMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("common.menu")}><Icon name="menu" /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void navigate(`/chat/${session.userId}`)}>{t("chats.saved")}</Menu.Item>
        <Menu.Item onClick={() => void navigate("/search")}>{t("common.search")}</Menu.Item>
        <Menu.Item onClick={() => void navigate("/discover")}>{t("search.discover")}</Menu.Item>
        <Menu.Item onClick={() => void navigate("/new/group")}>{t("groups.newGroup")}</Menu.Item>
        <Menu.Item onClick={() => void navigate("/new/channel")}>{t("groups.newChannel")}</Menu.Item>
        <Menu.Item onClick={() => void navigate("/settings")}>{t("common.settings")}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void session.signOut().catch(failed)}>{t("common.signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
