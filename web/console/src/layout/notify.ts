import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { describe } from "./states.tsx";
import { NotSteppedUp } from "../session/step_up.tsx";
import { t } from "../texts/index.ts";

export function told(message: ReactNode, title?: string, id?: string): void {
  notifications.show({ id, message, title, color: "green", autoClose: 8000, closeButtonProps: { "aria-label": t.common.close } });
}

export function failed(error: unknown): void {
  if (error instanceof NotSteppedUp) return; // whoever closed the dialog knows
  notifications.show({ title: t.errors.failed, message: describe(error), color: "red", autoClose: 10_000, closeButtonProps: { "aria-label": t.common.close } });
}
