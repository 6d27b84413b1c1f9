// The frame around every screen: nobody sees a chat without having signed in.
import { Suspense, useEffect } from "react";
import { Outlet } from "react-router";
import { useTranslation } from "react-i18next";
import { usePart } from "../api/observable.ts";
import { chatList } from "../chats/chat_list.ts";
import { session } from "../sign_in/session.ts";
import { DialogHost } from "./dialogs.tsx";
import { SignIn } from "./lazy_screens.ts";
import { Failed, Loading } from "./states.tsx";
import { NewVersion } from "./new_version.tsx";
import classes from "./frame.module.css";

export function Frame() {
  const { t } = useTranslation();
  const phase = usePart(session, (state) => state.phase);
  const unread = usePart(chatList, (list) => list.all().filter((entry) => entry.unread > 0 && !entry.muted && !entry.archived).length);
  useEffect(() => { document.title = unread > 0 ? `(${unread}) ${t("common.product")}` : t("common.product"); }, [t, unread]);
  if (phase === "starting") return <div className={classes.frame}><Loading /></div>;
  if (phase === "unreachable") return <div className={classes.frame}><Failed text={t("errors.unreachable")} again={() => location.reload()} /></div>;
  if (phase === "other_tab") return <div className={classes.frame}><Failed text={t("common.otherTab")} again={() => location.reload()} /></div>;
  if (phase === "signed_out") return <Suspense fallback={<div className={classes.frame}><Loading /></div>}><SignIn /></Suspense>;
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>{t("common.skip")}</a>
      <NewVersion />
      <Suspense fallback={<Loading />}><Outlet /></Suspense>
      <DialogHost />
    </div>
  );
}
