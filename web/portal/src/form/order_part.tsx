// What the order says of itself.
import { NativeSelect } from "@mantine/core";
import type { Issuer, PartOfForm, TypeRules } from "../api/types.ts";
import classes from "../layout/layout.module.css";
import { Card } from "../layout/page.tsx";
import { nameOf, fill, t } from "../texts/index.ts";
import { languages } from "../texts/language.ts";
import { Day, Line, Moment, why, Words } from "./inputs.tsx";

const list = (issuers: Issuer[]): string => issuers.map((one) => t.issuers[one]).join(", ");

export function OrderPart({ order, rules, change }: { order: PartOfForm; rules: TypeRules; change: (to: PartOfForm) => void }) {
  const set = <Key extends keyof PartOfForm>(key: Key) => (value: PartOfForm[Key]) => change({ ...order, [key]: value });
  const issuers = Object.entries(t.issuers).map(([value, label]) => ({ value, label }));
  const validated = rules.validators.length > 0;
  return (
    <>
      <Card title={t.form.orderPart}>
        <div className={classes.pair}>
          <NativeSelect label={t.form.issuer} description={fill(t.form.issuerText, { issuers: list(rules.issuers) })} value={order.issuer ?? ""} onChange={(event) => set("issuer")(event.currentTarget.value)} data={[{ value: "", label: "" }, ...issuers]} />
          <Line label={t.form.issuerName} description={why(t.form.issuerNameText, rules, "issuer_name")} value={order.issuer_name} change={set("issuer_name")} />
        </div>
        {validated && (
          <div className={classes.pair}>
            <NativeSelect label={t.form.validator} description={fill(t.form.validatorText, { validators: list(rules.validators) })} value={order.validator ?? ""} onChange={(event) => set("validator")(event.currentTarget.value)} data={[{ value: "", label: t.form.noValidator }, ...issuers]} />
            {order.validator && <Line label={t.form.validatorName} description={why(undefined, rules, "validator")} value={order.validator_name} change={set("validator_name")} />}
          </div>
        )}
        <div className={classes.pair}>
          <Day label={t.form.issuedAt} description={why(undefined, rules, "issued_at")} value={order.issued_at} change={set("issued_at")} />
          <Day label={t.form.expiresAt} description={t.form.expiresText} value={order.expires_at} change={set("expires_at")} />
        </div>
      </Card>
      <Card title={t.form.matter}>
        <div className={classes.pair}>
          <Line label={t.form.caseNumber} description={why(t.form.caseNumberText, rules, "case_number")} value={order.case_number} change={set("case_number")} />
          <Line label={t.form.offence} description={why(t.form.offenceText, rules, "offence")} value={order.offence} change={set("offence")} />
        </div>
        <Line label={t.form.legalBasis} description={why(t.form.legalBasisText, rules, "legal_basis")} value={order.legal_basis} change={set("legal_basis")} />
        <Words label={t.form.necessity} description={why(t.form.necessityText, rules, "necessity")} value={order.necessity} change={set("necessity")} />
        {rules.type === "emergency" && <Words label={t.form.emergency} description={why(t.form.emergencyText, rules, "emergency")} value={order.emergency} change={set("emergency")} />}
      </Card>
      <Card title={t.form.silence} lead={fill(t.form.silenceText, { n: rules.gag_days_most })}>
        <Moment label={t.form.gagUntil} value={order.gag_until} change={set("gag_until")} />
        {!!order.gag_until && <Words label={t.form.gagReason} description={why(t.form.gagReasonText, rules, "gag_reason")} value={order.gag_reason} change={set("gag_reason")} />}
        <NativeSelect label={t.form.language} description={t.form.languageText} value={order.language ?? document.documentElement.lang} onChange={(event) => set("language")(event.currentTarget.value)} data={languages.map((value) => ({ value, label: nameOf(value) }))} />
      </Card>
    </>
  );
}
