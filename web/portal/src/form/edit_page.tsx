// The guided form: for a new request, a draft, or a correction that the desk has asked for.
import { Anchor, Button, Text } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { duration } from "../../../shared/format.ts";
import type { OwnRequest, Type, TypeRules } from "../api/types.ts";
import classes from "../layout/layout.module.css";
import { Card, Page } from "../layout/page.tsx";
import { Answered, failed, Message, told } from "../layout/states.tsx";
import { useCorrect, useRequest } from "../requests/queries.ts";
import { useSession } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { anOrder, apart, aPerson, complete, together, type Written } from "./form.ts";
import { FilingPart } from "./filing.tsx";
import { OrderPart } from "./order_part.tsx";
import { PersonPart } from "./person_part.tsx";
import { useDrafts } from "./queries.ts";

export function EditPage() {
  const { draft, id } = useParams();
  if (draft !== undefined) return <EditDraft key={draft} id={Number(draft)} />;
  if (id !== undefined) return <EditCorrection key={id} id={Number(id)} />;
  return <Edit />;
}

function EditDraft({ id }: { id: number }) {
  const query = useDrafts();
  return (
    <Answered query={query}>
      {({ items }) => {
        const found = items.find((one) => one.id === id);
        return found ? <Edit draft={id} from={apart(found.type, found.forms)} /> : <Message title={t.errors.nowhere} text={t.errors.nowhereText} />;
      }}
    </Answered>
  );
}

function Edit({ draft, from }: { draft?: number; from?: Written }) {
  const { jurisdiction } = useSession();
  const [written, setWritten] = useState(from);
  const rules = jurisdiction.types.find((one) => one.type === written?.type);
  if (!written || !rules) {
    return (
      <Page title={t.form.title} lead={fill(t.form.chooseTypeText, { jurisdiction: jurisdiction.title })}>
        <Text component="h2" fw={600}>{t.form.chooseType}</Text>
        {jurisdiction.types.map((one) => <TypeChoice key={one.type} rules={one} choose={() => setWritten({ type: one.type, order: written?.order ?? anOrder(document.documentElement.lang), people: written?.people ?? [aPerson(one.type)] })} />)}
      </Page>
    );
  }
  return (
    <Page title={t.types[written.type]} lead={fill(t.form.rests, { cites: rules.cites })} actions={<Button variant="default" onClick={() => setWritten({ ...written, type: "" as Type })}>{t.form.changeType}</Button>}>
      <Parts written={written} change={setWritten} rules={rules} />
      <FilingPart written={written} rules={rules} draft={draft} />
    </Page>
  );
}

function TypeChoice({ rules, choose }: { rules: TypeRules; choose: () => void }) {
  const facts = [
    fill(t.form.answerIn, { time: duration(rules.answer_hours * 3600) }), rules.confirm_hours && fill(t.form.confirmIn, { n: rules.confirm_hours }), rules.hold_days > 0 && fill(t.form.keptFor, { n: rules.hold_days }),
    rules.period_days_most > 0 && fill(t.form.periodMost, { n: rules.period_days_most }),
  ].filter(Boolean);
  return (
    <button type="button" className={classes.choice} onClick={choose}>
      <Text span fw={600}>{t.types[rules.type]}</Text>
      <Text span size="sm">{t.typeTexts[rules.type]}</Text>
      <Text span size="sm" c="dimmed">{facts.join(" · ")}</Text>
      <Text span size="xs" c="dimmed">{fill(t.form.rests, { cites: rules.cites })}</Text>
    </button>
  );
}

function Parts({ written, change, rules, fixed }: { written: Written; change: (to: Written) => void; rules: TypeRules; fixed?: boolean }) {
  const setPerson = (index: number, to: Written["people"][number] | undefined) =>
    change({ ...written, people: to ? written.people.with(index, to) : written.people.toSpliced(index, 1) });
  return (
    <>
      <Card title={t.form.whom} lead={t.form.whomText}>
        {written.people.map((person, index) => (
          <PersonPart key={index} number={written.people.length > 1 ? index + 1 : undefined} person={person} rules={rules} change={(to) => setPerson(index, to)} remove={written.people.length > 1 ? () => setPerson(index, undefined) : undefined} fixed={fixed} />
        ))}
        {!fixed && written.people.length < 50 && <div><Button size="xs" variant="default" onClick={() => change({ ...written, people: [...written.people, aPerson(written.type)] })}>{t.form.addPerson}</Button></div>}
      </Card>
      <OrderPart order={written.order} rules={rules} change={(order) => change({ ...written, order })} />
    </>
  );
}

function EditCorrection({ id }: { id: number }) {
  const query = useRequest(id);
  return <Answered query={query}>{(request) => <Correction request={request} />}</Answered>;
}

function Correction({ request }: { request: OwnRequest }) {
  const { jurisdiction } = useSession();
  const [written, setWritten] = useState(() => apart(request.type, [request.form]));
  const navigate = useNavigate();
  const act = useCorrect(request.id);
  const rules = jurisdiction.types.find((one) => one.type === request.type);
  if (!rules) return <Message title={t.errors.codes.TYPE_NOT_TAKEN} />;
  const send = () => act.mutate(complete(together(written)[0]!), { onSuccess: () => { told(t.request.answered); void navigate(`/requests/${request.id}`); }, onError: failed });
  return (
    <Page title={fill(t.form.correct, { id: request.id })} lead={<Anchor component={Link} to={`/requests/${request.id}`}>{fill(t.requests.number, { id: request.id })}</Anchor>}>
      <Parts written={written} change={setWritten} rules={rules} fixed />
      <div><Button loading={act.isPending} onClick={send}>{t.form.correctSubmit}</Button></div>
    </Page>
  );
}
