// The client's words, by i18next: t("chats.title"), t("chats.members", { count: 3 }). A language is a folder like `en` with the
// same files; texts/texts.test.ts says what is missing. Languages are loaded when they are used.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en/index.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
    returnNull: false;
  }
}

export const languages = { en: "English", ar: "العربية" } as const;
export type Language = keyof typeof languages;

const rightToLeft: readonly Language[] = ["ar"];
const kept = "language";

export const isLanguage = (code: string): code is Language => Object.hasOwn(languages, code);
export const direction = (language: Language): "ltr" | "rtl" => (rightToLeft.includes(language) ? "rtl" : "ltr");

// What was chosen, or the first of the browser's languages that there is.
export function language(): Language {
  const chosen = localStorage.getItem(kept);
  if (chosen && isLanguage(chosen)) return chosen;
  return navigator.languages.map((each) => each.split("-")[0] ?? "").find(isLanguage) ?? "en";
}

// Takes effect when the page loads anew, since formats of dates and numbers follow it, too.
export function chooseLanguage(code: Language): void {
  localStorage.setItem(kept, code);
  location.reload();
}

// Before anything is drawn.
export async function startTexts(): Promise<void> {
  const code = language();
  document.documentElement.lang = code;
  document.documentElement.dir = direction(code);
  const resources: Record<string, { translation: unknown }> = { en: { translation: en } };
  if (code === "ar") resources.ar = { translation: (await import("./ar/index.ts")).ar };
  await i18next.use(initReactI18next).init({
    lng: code,
    fallbackLng: "en",
    resources: resources as never,
    interpolation: { escapeValue: false },  // React writes text, never markup
    returnNull: false,
  });
}

export const t = i18next.t.bind(i18next);
