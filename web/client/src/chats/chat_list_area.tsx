// The left column with the chats, beside whatever is open.
import { Suspense } from "react";
import { Outlet, useLocation } from "react-router";
import { useTranslation } from "react-i18next";
import { Columns, Main } from "../layout/columns.tsx";
import { Loading } from "../layout/states.tsx";
import { ChatListColumn } from "./chat_list_column.tsx";

export function ChatListArea() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return <Columns open={pathname === "/" ? "side" : "main"} label={t("chats.title")} side={<ChatListColumn />}><Suspense fallback={<Main><Loading /></Main>}><Outlet /></Suspense></Columns>;
}
