// What the desk can do of a request beside passing gates: ask, refuse, hand over, extend, note a confirmation.
import { Button, Modal, NativeSelect, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { categories, type Category, type LegalRequest } from "../api/types.ts";
import { TextDialog } from "../cases/text_dialog.tsx";
import { failed, told } from "../layout/notify.ts";
import { useMay } from "../session/session.ts";
import { t } from "../texts/index.ts";
import { languagesOfDecisions, questionText, refusalText } from "./decision_texts.ts";
import { useAsk, useConfirm, useExtend, useHandOver, useRefuse } from "./queries.ts";

type Dialog = "ask" | "refuse" | "hand" | "extend" | "confirm";

export function Decisions({ found }: { found: LegalRequest }) {
  const desk = useMay("legalRequests");
  const officer = useMay("legalOfficer");
  const [dialog, setDialog] = useState<Dialog>();
  const open = found.closed_at === undefined;
  const close = () => setDialog(undefined);
  const extend = useExtend(found.id);
  const confirm = useConfirm(found.id);
  const done = (text: string) => ({ onSuccess: () => { told(text); close(); }, onError: failed });
  const buttons: [Dialog, string, boolean][] = [
    ["ask", t.legal.ask, desk && open && !found.passed.includes("logged")],
    ["refuse", t.legal.refuse, desk && open && found.state !== "disclosed"],
    ["hand", t.legal.handOver, officer && open && found.type === "removal" && found.passed.includes("valid")],
    ["extend", t.legal.extend, officer && found.outcome === "preserved"],
    ["confirm", t.legal.confirmEmergency, officer && found.clocks.some((one) => one.kind === "confirm" && !one.done_at)],
  ];
  return (
    <>
      {buttons.filter(([, , shown]) => shown).map(([name, text]) => <Button key={name} variant={name === "refuse" ? "outline" : "default"} color={name === "refuse" ? "red" : undefined} onClick={() => setDialog(name)}>{text}</Button>)}
      <Modal opened={dialog === "ask" || dialog === "refuse" || dialog === "hand"} onClose={close} title={dialog === "ask" ? t.legal.ask : dialog === "hand" ? t.legal.handOver : t.legal.refuse} size="lg" closeButtonProps={{ "aria-label": t.common.close }}>
        {dialog === "ask" && <Ask found={found} close={close} />}
        {dialog === "refuse" && <Refuse found={found} close={close} />}
        {dialog === "hand" && <HandOver found={found} close={close} />}
      </Modal>
      <TextDialog opened={dialog === "extend"} close={close} title={t.legal.extend} label={t.escalate.why} submit={t.legal.extend} busy={extend.isPending} act={(text) => extend.mutate(text, done(t.legal.extended))} />
      <TextDialog opened={dialog === "confirm"} close={close} title={t.legal.confirmEmergency} label={t.legal.confirmText} submit={t.legal.confirmEmergency} busy={confirm.isPending} act={(text) => confirm.mutate(text, done(t.legal.confirmed))} />
    </>
  );
}

const languageOf = (found: LegalRequest): string => languagesOfDecisions.find((one) => found.form.language?.startsWith(one)) ?? "en";

function Ask({ found, close }: { found: LegalRequest; close: () => void }) {
  const act = useAsk(found.id);
  const [language, setLanguage] = useState(languageOf(found));
  const [text, setText] = useState("");
  return (
    <Stack>
      <Standard language={language} setLanguage={setLanguage} use={() => setText(questionText(found, language))} />
      <Textarea label={t.legal.toAgency} description={t.legal.askHint} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={6} maxLength={4000} data-autofocus />
      <Button disabled={!text.trim()} loading={act.isPending} onClick={() => act.mutate(text.trim(), { onSuccess: () => { told(t.legal.hasAsked); close(); }, onError: failed })}>{t.legal.ask}</Button>
    </Stack>
  );
}

function Refuse({ found, close }: { found: LegalRequest; close: () => void }) {
  const act = useRefuse(found.id);
  const [language, setLanguage] = useState(languageOf(found));
  const [ground, setGround] = useState(!found.form.suspicion?.trim() ? "not_suspect" : "");
  const [text, setText] = useState("");
  return (
    <Stack>
      <NativeSelect label={t.legal.ground} description={ground === "nothing_held" ? t.legal.nothingHeldHint : undefined} value={ground} onChange={(event) => setGround(event.currentTarget.value)} data={[{ value: "", label: t.legal.chooseGround }, ...Object.entries(t.legal.grounds).map(([value, label]) => ({ value, label }))]} />
      <Standard language={language} setLanguage={setLanguage} use={() => setText(refusalText(found, ground, language))} disabled={!ground} />
      <Textarea label={t.legal.toAgency} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={6} maxLength={4000} data-autofocus />
      <Button color="red" disabled={!ground || !text.trim()} loading={act.isPending} onClick={() => act.mutate({ ground, text: text.trim() }, { onSuccess: () => { told(t.legal.hasRefused); close(); }, onError: failed })}>{t.legal.refuse}</Button>
    </Stack>
  );
}

function Standard({ language, setLanguage, use, disabled }: { language: string; setLanguage: (to: string) => void; use: () => void; disabled?: boolean }) {
  return (
    <div>
      <NativeSelect label={t.legal.standardIn} value={language} onChange={(event) => setLanguage(event.currentTarget.value)} data={languagesOfDecisions.map((value) => ({ value, label: new Intl.DisplayNames([value], { type: "language" }).of(value) ?? value }))} mb="xs" />
      <Button size="xs" variant="default" disabled={disabled} onClick={use}>{t.legal.useStandard}</Button>
    </div>
  );
}

function HandOver({ found, close }: { found: LegalRequest; close: () => void }) {
  const act = useHandOver(found.id);
  const [category, setCategory] = useState<Category | "">("");
  return (
    <Stack>
      <Text size="sm">{t.legal.handOverText}</Text>
      <NativeSelect label={t.queue.category} value={category} onChange={(event) => setCategory(event.currentTarget.value as Category | "")} data={[{ value: "", label: t.legal.chooseCategory }, ...categories.map((value) => ({ value, label: t.categories[value] }))]} data-autofocus />
      <Button disabled={!category} loading={act.isPending} onClick={() => category && act.mutate(category, { onSuccess: () => { told(t.legal.handedOver); close(); }, onError: failed })}>{t.legal.handOver}</Button>
    </Stack>
  );
}
