import { useState } from "react";
import { failed } from "./notify.ts";

// Something that is done once at a time, and says so when it fails. `act` gives whether it was done.
export function useAct(): { busy: boolean; act: (what: () => Promise<unknown>) => Promise<boolean> } {
  const [busy, setBusy] = useState(false);
  const act = async (what: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    try {
      await what();
      return true;
    } catch (error) {
      failed(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, act };
}
