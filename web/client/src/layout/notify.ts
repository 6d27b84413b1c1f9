import { notifications } from "@mantine/notifications";
import { errorText } from "../api/errors.ts";
import { t } from "../texts/index.ts";

export function failed(error: unknown): void {
  notifications.show({ title: t("errors.failed"), message: errorText(error), color: "red" });
}

export function told(message: string): void {
  notifications.show({ message });
}

export const copy = (text: string): Promise<void> => navigator.clipboard.writeText(text).then(() => told(t("common.copied")), failed);
