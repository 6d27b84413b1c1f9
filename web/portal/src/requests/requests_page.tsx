// The register of one's own requests, and drafts.
import { Anchor, Badge, Button, Text } from "@mantine/core";
import { Link } from "react-router";
import { dateTime } from "../../../shared/format.ts";
import type { Draft, RequestSummary } from "../api/types.ts";
import { useDrafts, useRemoveDraft } from "../form/queries.ts";
import classes from "../layout/layout.module.css";
import { Card, Page } from "../layout/page.tsx";
import { Answered, failed, told } from "../layout/states.tsx";
import { fill, t, wordFor } from "../texts/index.ts";
import { useRequests } from "./queries.ts";

const colors: Record<RequestSummary["state"], string> = { received: "gray", asked: "yellow", disclosed: "green", closed: "gray", refused: "red", withdrawn: "gray", expired: "gray" };

export function StateBadge({ request }: { request: RequestSummary }) {
  return <Badge variant="light" color={colors[request.state]} tt="none" c="var(--hg-ink)">{t.states[request.state]}</Badge>;
}

export const outcomeOf = (request: RequestSummary): string => wordFor(t.outcomes, request.outcome);

export function RequestsPage() {
  const query = useRequests();
  return (
    <Page title={t.requests.title} lead={t.requests.lead} actions={<Button component={Link} to="/new">{t.requests.newOne}</Button>}>
      <Drafts />
      <Card>
        <Answered query={query}>
          {({ pages }) => (pages[0]?.items.length === 0 ? <Text size="sm" c="dimmed">{t.requests.none}</Text> : (
            <ul className={classes.rows}>{pages.flatMap((page) => page.items).map((one) => <Row key={one.id} request={one} />)}</ul>
          ))}
        </Answered>
        {query.hasNextPage && <div><Button size="xs" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t.common.more}</Button></div>}
      </Card>
    </Page>
  );
}

function Row({ request }: { request: RequestSummary }) {
  return (
    <li>
      <Anchor component={Link} to={`/requests/${request.id}`}>{fill(t.requests.number, { id: request.id })}</Anchor>
      <span className={classes.grow}>{t.types[request.type]}</span>
      <StateBadge request={request} />
      <Text span size="sm" c="dimmed">
        {request.closed_at ? outcomeOf(request) : `${t.requests.due} ${dateTime(request.due_at)}`}
        {request.bundle !== request.id && ` · ${fill(t.requests.bundle, { id: request.bundle })}`}
      </Text>
    </li>
  );
}

function Drafts() {
  const query = useDrafts();
  const remove = useRemoveDraft();
  if (!query.data || query.data.items.length === 0) return null;
  const about = (draft: Draft) => draft.forms.map((form) => form.identifier).filter(Boolean).join(", ");
  return (
    <Card title={t.requests.drafts} lead={t.requests.draftsText}>
      <ul className={classes.rows}>
        {query.data.items.map((draft) => (
          <li key={draft.id}>
            <span className={classes.grow}>
              {fill(t.requests.draftOf, { type: t.types[draft.type], at: dateTime(draft.changed_at) })}
              {about(draft) && <> · <bdi>{fill(t.requests.draftAbout, { whom: about(draft) })}</bdi></>}
            </span>
            <Button component={Link} to={`/drafts/${draft.id}`} size="compact-sm" variant="default">{t.requests.goOn}</Button>
            <Button size="compact-sm" variant="subtle" color="gray" c="var(--hg-ink)" onClick={() => remove.mutate(draft.id, { onSuccess: () => told(t.requests.thrown), onError: failed })}>{t.requests.throwAway}</Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
