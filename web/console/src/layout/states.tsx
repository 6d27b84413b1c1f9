// What a screen shows while it has nothing to show.
import { Alert, Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Problem } from "../../../shared/problem.ts";
import { fill, t } from "../texts/index.ts";

export function Loading() {
  return (
    <Center p="xl" role="status" aria-label={t.common.loading}>
      <Loader size="sm" />
    </Center>
  );
}

export function Message({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <Center p="xl">
      <Stack align="center" gap="xs" maw={440}>
        <Title order={2}>{title}</Title>
        {text && <Text c="dimmed" ta="center">{text}</Text>}
        {children}
      </Stack>
    </Center>
  );
}

export function describe(error: unknown): string {
  if (!(error instanceof Problem)) return t.errors.unexpected;
  if (error.code === "UNREACHABLE") return t.errors.unreachable;
  if (error.code === "NOT_OFFERED") return t.errors.notOffered;
  const again = error.document.retry_after;
  return again ? `${error.message} ${fill(t.errors.retryAfter, { n: again })}` : error.message;
}

export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  const away = error instanceof Problem && error.code === "NOT_OFFERED";
  return (
    <Alert color={away ? "gray" : "red"} variant="light" title={away ? t.errors.notOfferedTitle : t.errors.failed} m="md">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{describe(error)}</Text>
        {again && !away && <Button size="xs" variant="default" onClick={again}>{t.common.again}</Button>}
      </Stack>
    </Alert>
  );
}

// A query's answer, or what there is instead of it.
export function Answered<T>({ query, children, empty, isEmpty }: {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  children: (data: T) => ReactNode;
  empty?: ReactNode;
  isEmpty?: (data: T) => boolean;
}) {
  if (query.isPending) return <Loading />;
  if (query.error && query.data === undefined) return <Failed error={query.error} again={() => void query.refetch()} />;
  const data = query.data as T;
  return <>{empty && isEmpty?.(data) ? empty : children(data)}</>;
}
