// The way in: number, code, password or name; or the picture that another device scans.
import { Anchor, Button, Card, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../api/errors.ts";
import { CodeStep } from "./code_step.tsx";
import { NameStep } from "./name_step.tsx";
import { PasswordStep } from "./password_step.tsx";
import { PhoneStep } from "./phone_step.tsx";
import { QrStep } from "./qr_step.tsx";
import { session } from "./session.ts";
import type { Code, Next } from "./steps.ts";
import classes from "./sign_in.module.css";

type Step = { at: "phone" } | { at: "qr" } | { at: "code"; code: Code } | { at: "password" } | { at: "name"; code: Code; terms: string };

export function SignIn() {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>({ at: "phone" });
  const next = (answer: Next, code?: Code) => {
    if (answer.need === "nothing") session.signedIn(answer.user);
    else if (answer.need === "password") setStep({ at: "password" });
    else if (code) setStep({ at: "name", code, terms: answer.terms });
  };
  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <div className={classes.brand}>
          <img src={new URL("../../icon.svg", import.meta.url).href} alt="" width={36} height={36} />
          <Title order={1}>{t("common.product")}</Title>
        </div>
        <Card withBorder padding="lg">
          {step.at === "phone" && <PhoneStep done={(code) => setStep({ at: "code", code })} />}
          {step.at === "qr" && <QrStep done={next} />}
          {step.at === "code" && <CodeStep code={step.code} change={() => setStep({ at: "phone" })} done={(answer) => next(answer, step.code)} />}
          {step.at === "password" && <PasswordStep done={next} />}
          {step.at === "name" && <NameStep code={step.code} terms={step.terms} done={next} />}
          {step.at === "phone" && <Button mt="sm" fullWidth variant="subtle" onClick={() => setStep({ at: "qr" })}>{t("sign_in.qr")}</Button>}
          {step.at === "qr" && <Button mt="sm" fullWidth variant="subtle" onClick={() => setStep({ at: "phone" })}>{t("sign_in.withPhone")}</Button>}
        </Card>
        <Text size="sm" ta="center"><Anchor href="/developers">{t("sign_in.developers")}</Anchor></Text>
      </main>
    </div>
  );
}

// A form that does one thing, says what went wrong, and cannot be sent twice.
export function useStep<T>(act: () => Promise<T>, done: (value: T) => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const submit = (event?: { preventDefault: () => void }) => {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    setError("");
    act().then(done, (reason: unknown) => setError(errorText(reason))).finally(() => setBusy(false));
  };
  return { busy, error, submit };
}
