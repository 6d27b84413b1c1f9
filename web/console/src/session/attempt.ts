// Somebody proves who they are: what went wrong is said, unless it is that they thought better of it.
import { useState } from "react";
import type { Session } from "../api/types.ts";
import { describe } from "../layout/states.tsx";
import { isAbandoned } from "./passkeys.ts";

export function useAttempt(proved: (session: Session) => void) {
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const attempt = async (act: () => Promise<Session>) => {
    setBusy(true);
    setError(undefined);
    try {
      proved(await act());
    } catch (failure) {
      if (!isAbandoned(failure)) setError(describe(failure));
    }
    setBusy(false);
  };
  return { busy, error, attempt };
}
