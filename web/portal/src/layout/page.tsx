import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./layout.module.css";

export function Page({ title, lead, actions, children }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <div>
          <Title order={1}>{title}</Title>
          {lead && <Text c="dimmed" size="sm" component="div">{lead}</Text>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

export function Card({ title, lead, children }: { title?: ReactNode; lead?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.card}>
      {title && <Title order={2}>{title}</Title>}
      {lead && <Text c="dimmed" size="sm">{lead}</Text>}
      {children}
    </section>
  );
}

// Names and what they stand for.
export function Facts({ rows }: { rows: [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {rows.filter(([, value]) => value !== undefined && value !== "" && value !== null && value !== false).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
