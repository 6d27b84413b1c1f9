// Deciding in two strokes: a number chooses a template (or a letter an effect), Enter decides.
import { Button, NativeSelect, NumberInput, Text, Textarea, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useKeys } from "../../../shared/keys.tsx";
import type { Category, Decide, Effect, Limit, SubjectKind } from "../api/types.ts";
import { Combination } from "../layout/key_list.tsx";
import { Loading } from "../layout/states.tsx";
import { useMeta } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { byEffect, byTemplate, effectKeys, emptyDraft, finished, missing, suitable, type Draft } from "./decision.ts";
import classes from "./decision_form.module.css";
import { useTemplates } from "./queries.ts";

interface Props {
  kinds: SubjectKind[];
  category: Category;
  effects: Effect[];
  excerpt: string;
  place: string;
  busy: boolean;
  decide: (decision: Decide) => void;
  submitText?: string;
  // On a page, not in a dialog.
  keys?: boolean;
  // Blind second looks are told to nobody.
  short?: boolean;
}

export function DecisionForm({ kinds, category, effects, excerpt, place, busy, decide, submitText, keys = false, short = false }: Props) {
  const meta = useMeta();
  const templates = suitable(useTemplates().data ?? [], kinds, category, effects).slice(0, 9);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [tried, setTried] = useState(false);
  const subject = `${kinds.join()} ${category} ${place} ${excerpt}`;
  useEffect(() => {
    setDraft(emptyDraft);
    setTried(false);
  }, [subject]);

  const faults = meta ? missing(draft, meta) : {};
  if (short) delete faults.reason;
  const submit = () => {
    setTried(true);
    if (Object.keys(faults).length === 0 && !busy) decide(finished(draft));
  };
  const choose = (index: number) => templates[index] && setDraft(byTemplate(templates[index], { excerpt, place }));
  const take = (effect: Effect) => meta && setDraft((had) => byEffect(effect, had, meta, category));
  useKeys(t.keys.deciding, [
    ...templates.map((one, index) => ({ keys: String(index + 1), text: `${one.title}: ${t.effects[one.effect]}`, run: () => choose(index) })),
    ...effects.filter((one) => effectKeys[one]).map((one) => ({ keys: effectKeys[one]!, text: t.effects[one], run: () => take(one) })),
    { keys: "Enter", text: t.keys.decide, run: submit },
    { keys: "mod+Enter", text: t.keys.decideTyping, run: submit, inFields: true },
  ], keys);
  if (!meta) return <Loading />;

  const rule = meta.effects.find((one) => one.effect === draft.effect);
  const set = (part: Partial<Draft>) => setDraft((had) => ({ ...had, ...part }));
  const shown = (field: keyof typeof faults) => (tried ? faults[field] : undefined);
  return (
    <form className={classes.form} aria-label={t.decide.title} onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {templates.length > 0 && (
        <div role="group" aria-label={t.decide.templates} className={classes.templates}>
          {templates.map((one, index) => (
            <button key={one.id} type="button" aria-pressed={draft.template?.id === one.id} className={classes.template} onClick={() => choose(index)}>
              {keys && <kbd aria-hidden>{index + 1}</kbd>}
              <span className={classes.templateTitle}>{one.title}</span>
              <span className="quiet">{t.effects[one.effect]}</span>
            </button>
          ))}
        </div>
      )}
      <div role="group" aria-label={t.decide.effect} className={classes.effects}>
        {effects.map((one) => (
          <button key={one} type="button" aria-pressed={draft.effect === one} className={classes.effect} onClick={() => take(one)}>
            {keys && effectKeys[one] && <span aria-hidden><Combination keys={effectKeys[one]} /></span>}{t.effects[one]}
          </button>
        ))}
      </div>
      {shown("effect") && <Text size="sm" c="var(--hg-severe)" role="alert">{faults.effect}</Text>}
      {draft.effect && draft.effect !== "allow" && (
        <NativeSelect label={t.decide.clause} value={draft.clause} error={shown("clause")} onChange={(event) => set({ clause: event.currentTarget.value, template: undefined })} data={[{ value: "", label: t.decide.chooseClause }, ...meta.clauses.map((one) => ({ value: one.id, label: one.title }))]} size="sm" />
      )}
      {rule && rule.days !== "none" && <NumberInput label={t.decide.days} description={rule.days === "optional" ? t.decide.daysHint : undefined} error={shown("days")} value={draft.days} min={1} max={3650} onChange={(value) => set({ days: value === "" ? "" : Number(value) })} size="sm" />}
      {rule?.limits && <NativeSelect label={t.decide.limit} value={draft.limit} onChange={(event) => set({ limit: event.currentTarget.value as Limit })} data={rule.limits.map((one) => ({ value: one, label: t.limits[one] }))} size="sm" />}
      {rule?.countries === "required" && <TextInput label={t.decide.countries} description={t.decide.countriesHint} error={shown("countries")} value={draft.countries} onChange={(event) => set({ countries: event.currentTarget.value })} size="sm" />}
      {draft.effect && !short && (
        <>
          <Textarea label={draft.effect === "allow" ? t.decide.reasonAllow : t.decide.reason} description={draft.effect === "allow" ? undefined : t.decide.reasonHint} error={shown("reason")} value={draft.reason} onChange={(event) => set({ reason: event.currentTarget.value })} autosize minRows={2} maxRows={8} maxLength={4000} size="sm" />
          <Textarea label={t.decide.note} value={draft.note} onChange={(event) => set({ note: event.currentTarget.value })} autosize minRows={1} maxRows={4} maxLength={1000} size="sm" />
        </>
      )}
      {rule?.severe && <Text size="xs" c="dimmed">{rule.second_review ? t.decide.secondNeeded : t.decide.stepUpNeeded}</Text>}
      <Button type="submit" loading={busy} disabled={!draft.effect} color={rule?.severe ? "red" : undefined} fullWidth>
        {submitText ?? (draft.effect ? fill(t.decide.submit, { effect: t.effects[draft.effect] }) : t.decide.submitNothing)}{keys && <>&nbsp;<kbd aria-hidden>Enter</kbd></>}
      </Button>
    </form>
  );
}
