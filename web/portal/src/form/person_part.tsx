// Whom it is about, and what is asked of them.
import { Button, Checkbox, Fieldset, NativeSelect, Stack, Text } from "@mantine/core";
import type { PartOfForm, TypeRules } from "../api/types.ts";
import classes from "../layout/layout.module.css";
import { fill, t } from "../texts/index.ts";
import { Line, Moment, why, Words } from "./inputs.tsx";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function PersonPart({ number, person, rules, change, remove, fixed }: { number?: number; person: PartOfForm; rules: TypeRules; change: (to: PartOfForm) => void; remove?: () => void; fixed?: boolean }) {
  const set = <Key extends keyof PartOfForm>(key: Key) => (value: PartOfForm[Key]) => change({ ...person, [key]: value });
  const kind = (person.identifier_kind ?? "username") as keyof typeof t.form.kinds;
  const removal = rules.type === "removal";  // it names what is to go, and asks for no data
  const named = !removal && (kind === "username" || kind === "link");
  const kinds = Object.entries(t.form.kinds).filter(([one]) => !removal || one === "username" || one === "link");
  return (
    <Fieldset legend={number === undefined ? undefined : fill(t.form.personNumber, { n: number })} variant={number === undefined ? "unstyled" : "default"}>
      <Stack gap="sm">
        <div className={classes.pair}>
          <NativeSelect label={t.form.identifierKind} value={kind} disabled={fixed} onChange={(event) => set("identifier_kind")(event.currentTarget.value)} data={kinds.map(([value, label]) => ({ value, label }))} />
          <Line label={t.form.identifier} description={t.form.identifierHints[kind]} value={person.identifier} change={set("identifier")} disabled={fixed} />
        </div>
        {named && <Moment label={t.form.asOf} description={t.form.asOfText} value={person.as_of} change={set("as_of")} />}
        {!removal && <Checkbox.Group label={t.form.wants} description={t.form.wantsText} value={[person.wants_phone && "phone", person.wants_addresses && "addresses"].filter((one) => typeof one === "string")} onChange={(chosen) => change({ ...person, wants_phone: chosen.includes("phone"), wants_addresses: chosen.includes("addresses") })}>
          <Stack gap="xs" mt="xs">
            <Checkbox value="phone" label={t.form.wantsPhone} />
            <Checkbox value="addresses" label={t.form.wantsAddresses} />
          </Stack>
        </Checkbox.Group>}
        {!removal && person.wants_addresses && (
          <>
            <div className={classes.pair}>
              <Moment label={t.form.from} value={person.from} change={set("from")} />
              <Moment label={t.form.to} value={person.to} change={set("to")} />
            </div>
            <Text size="xs" c="dimmed">{fill(t.form.periodText, { zone })} {fill(t.form.periodMost, { n: rules.period_days_most })}. {why(undefined, rules, "period")}</Text>
          </>
        )}
        {!removal && <Words label={t.form.suspicion} description={why(t.form.suspicionText, rules, "suspicion")} value={person.suspicion} change={set("suspicion")} />}
        {remove && <div><Button size="xs" variant="subtle" color="gray" c="var(--hg-ink)" onClick={remove}>{t.form.removePerson}</Button></div>}
      </Stack>
    </Fieldset>
  );
}
