// What a screen shows while it has nothing to show, and how errors are told.
import { Alert, Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { duration } from "../../../shared/format.ts";
import { Problem } from "../../../shared/problem.ts";
import { fill, t } from "../texts/index.ts";

export function Loading() {
  return (
    <Center p="xl" role="status" aria-label={t.common.loading}>
      <Loader size="sm" />
    </Center>
  );
}

export function Message({ title, text }: { title: string; text?: string }) {
  return (
    <Center p="xl">
      <Stack align="center" gap="xs" maw={440}>
        <Title order={2}>{title}</Title>
        {text && <Text c="dimmed" ta="center">{text}</Text>}
      </Stack>
    </Center>
  );
}

export function describe(error: unknown): string {
  if (!(error instanceof Problem)) return t.errors.unexpected;
  if (error.code === "UNREACHABLE") return t.errors.unreachable;
  const told = (t.errors.codes as Record<string, string>)[error.code] ?? error.message;
  const again = error.document.retry_after;
  if (!again) return told;
  return `${told} ${again < 120 ? fill(t.errors.retryAfter, { n: again }) : fill(t.errors.retryLater, { time: duration(again) })}`;
}

export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  return (
    <Alert color="red" variant="light" title={t.errors.failed} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{describe(error)}</Text>
        {again && <Button size="xs" variant="default" onClick={again}>{t.common.again}</Button>}
      </Stack>
    </Alert>
  );
}

export function Answered<T>({ query, children }: { query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown }; children: (data: T) => ReactNode }) {
  if (query.isPending) return <Loading />;
  if (query.error && query.data === undefined) return <Failed error={query.error} again={() => void query.refetch()} />;
  return <>{children(query.data as T)}</>;
}

export const told = (message: string): void => void notifications.show({ message, color: "green", autoClose: 8000, closeButtonProps: { "aria-label": t.common.close } });
export const failed = (error: unknown): void => void notifications.show({ title: t.errors.failed, message: describe(error), color: "red", autoClose: 12_000, closeButtonProps: { "aria-label": t.common.close } });
