// Proving once more who is there, when the server asks for it: whoever does something severe calls it through
// `useGuarded()`, which asks and then does it again.
import { Button, Modal, Stack, Text } from "@mantine/core";
import { createContext, useCallback, useContext, useRef, useState, type FormEvent, type ReactNode } from "react";
import { isProblem } from "../../../shared/problem.ts";
import { answer, api } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { t } from "../texts/index.ts";
import { CodeInput } from "./code_input.tsx";
import { useAttempt } from "./attempt.ts";
import { passkeysWork, stepUpWithPasskey } from "./passkeys.ts";
import { useSetSession } from "./session.ts";

type Guarded = <T>(act: () => Promise<T>) => Promise<T>;
const StepUpContext = createContext<Guarded>((act) => act());
export const useGuarded = (): Guarded => useContext(StepUpContext);

export class NotSteppedUp extends Error {}

export function StepUpProvider({ children }: { children: ReactNode }) {
  const setSession = useSetSession();
  const [open, setOpen] = useState(false);
  const waiting = useRef<{ done: () => void; dropped: (error: Error) => void }>(null);

  const guarded = useCallback<Guarded>(async (act) => {
    try {
      return await act();
    } catch (error) {
      if (!isProblem(error, "STEP_UP_NEEDED")) throw error;
    }
    await new Promise<void>((done, dropped) => {
      waiting.current = { done, dropped };
      setOpen(true);
    });
    return act();
  }, []);

  const close = () => {
    setOpen(false);
    waiting.current?.dropped(new NotSteppedUp());
    waiting.current = null;
  };
  const proved = (session: Session) => {
    setSession(session);
    setOpen(false);
    waiting.current?.done();
    waiting.current = null;
  };
  return (
    <StepUpContext value={guarded}>
      {children}
      <Modal opened={open} onClose={close} title={t.session.stepUp} zIndex={400} closeButtonProps={{ "aria-label": t.common.close }}>
        {open && <StepUp proved={proved} />}
      </Modal>
    </StepUpContext>
  );
}

function StepUp({ proved }: { proved: (session: Session) => void }) {
  const [code, setCode] = useState("");
  const { busy, error, attempt } = useAttempt(proved);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(() => answer(api.POST("/session/step-up", { body: { code } })));
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t.session.stepUpText}</Text>
        {passkeysWork() && <Button type="button" loading={busy} onClick={() => void attempt(stepUpWithPasskey)} data-autofocus>{t.session.usePasskey}</Button>}
        <CodeInput value={code} onChange={setCode} error={error} />
        <Button type="submit" variant="default" disabled={code.length < 6} loading={busy}>{t.session.useCode}</Button>
      </Stack>
    </form>
  );
}
