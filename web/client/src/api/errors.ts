// What the server refused, in words.
import { tl } from "@mtcute/core";
import { t } from "../texts/index.ts";

export const isError = (error: unknown, ...names: string[]): boolean => error instanceof tl.RpcError && names.some((name) => tl.RpcError.is(error, name));

// The seconds in the name of an error like TAKEOUT_INIT_DELAY_86000; undefined: it is another.
export function waitOf(error: unknown, name: string): number | undefined {
  if (!(error instanceof tl.RpcError) || !error.text.startsWith(name)) return undefined;
  return Number(/_(\d+)$/.exec(error.text)?.[1] ?? ("seconds" in error ? error.seconds : Number.NaN)) || 86_400;
}

// FLOOD_WAIT_17 has its seconds in its name.
export function errorText(error: unknown): string {
  if (error instanceof tl.RpcError) {
    const wait = /^(?:FLOOD_WAIT|SLOWMODE_WAIT|FLOOD_PREMIUM_WAIT)_(\d+|%d)$/.exec(error.text);
    if (wait) return t("errors.wait", { count: Number(wait[1]) || ("seconds" in error ? Number(error.seconds) : 60) });
    const known = t(`errors.named.${error.text}` as "errors.unexpected", { defaultValue: "" });
    return known !== "" ? known : t("errors.refused", { name: error.text });
  }
  if (error instanceof Error && error.name === "AbortError") return t("errors.cancelled");
  return t("errors.unexpected");
}
