// One decision for many cases. Each gets its own receipt, statement and undo.
import { Alert, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { CaseSummary } from "../api/types.ts";
import { DecisionForm } from "../cases/decision_form.tsx";
import { failed, told } from "../layout/notify.ts";
import { useMeta } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { useBatchDecide, type BatchResult } from "./queries.ts";

interface Props {
  opened: boolean;
  cases: CaseSummary[];
  close: () => void;
  done?: () => void;
}

export function BatchDialog({ opened, cases, close, done }: Props) {
  const meta = useMeta();
  const batch = useBatchDecide();
  const [result, setResult] = useState<BatchResult>();
  const kinds = [...new Set(cases.map((one) => one.kind))];
  const effects = (meta?.effects ?? []).filter((one) => kinds.every((kind) => one.subjects.includes(kind))).map((one) => one.effect);
  const leave = () => {
    setResult(undefined);
    close();
  };
  return (
    <Modal opened={opened} onClose={leave} title={fill(t.batch.title, { n: cases.length })} size="lg" closeButtonProps={{ "aria-label": t.common.close }}>
      {result ? (
        <Stack>
          <Alert color={result.problems.length ? "yellow" : "green"} variant="light" title={fill(t.batch.done, { n: result.done })}>
            {result.problems.length > 0 && (
              <ul>
                {result.problems.map((one) => <li key={one.id}><Link to={`/cases/${one.id}`}>{fill(t.cases.number, { id: one.id })}</Link>: {one.text}</li>)}
              </ul>
            )}
          </Alert>
        </Stack>
      ) : (
        <Stack>
          <Text size="sm" c="dimmed">{t.batch.lead}</Text>
          {cases.length > 0 && (
            <DecisionForm
              kinds={kinds}
              category={cases[0]!.category}
              effects={effects}
              place={cases[0]!.title}
              excerpt=""
              busy={batch.isPending}
              submitText={fill(t.batch.submit, { n: cases.length })}
              decide={(decision) => batch.mutate({ cases, decision }, {
                onSuccess: (outcome) => {
                  done?.();
                  if (outcome.problems.length > 0) return setResult(outcome);
                  told(fill(t.batch.done, { n: outcome.done }));
                  return leave();
                },
                onError: failed,
              })}
            />
          )}
        </Stack>
      )}
    </Modal>
  );
}
