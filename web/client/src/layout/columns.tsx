// The three columns of a screen: an area on the left (chats, settings, ...), what is open in the middle, a panel on the
// right. On a narrow screen one is seen: `open` says which.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./frame.module.css";

interface Parts {
  open: "side" | "main";
  label: string;
  side: ReactNode;
  children: ReactNode;
}

export function Columns({ open, label, side, children }: Parts) {
  return (
    <div className={classes.columns} data-open={open}>
      <nav className={classes.side} aria-label={label}>{side}</nav>
      {children}
    </div>
  );
}

export function Main({ children, label }: { children: ReactNode; label?: string }) {
  const { t } = useTranslation();
  return <main id="main" tabIndex={-1} className={classes.main} aria-label={label ?? t("history.conversation")}>{children}</main>;
}

export function Panel({ children, label }: { children: ReactNode; label: string }) {
  return <aside className={classes.panel} aria-label={label}>{children}</aside>;
}

export function Head({ children }: { children: ReactNode }) {
  return <header className={classes.head}>{children}</header>;
}
