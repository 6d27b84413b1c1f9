// Which language the portal speaks: what was chosen here before, or else what the browser asks for.
export const languages = ["en", "de", "fr"] as const;
export type Language = (typeof languages)[number];
const place = "heliograph-portal-language";

const known = (text: string | null): Language | undefined => languages.find((one) => one === text);

export function chooseLanguage(): Language {
  const asked = navigator.languages.map((one) => known(one.slice(0, 2).toLowerCase())).find((one) => one !== undefined);
  return known(localStorage.getItem(place)) ?? asked ?? "en";
}

// The page begins anew, so that everything on it speaks the same language.
export function changeLanguage(language: Language): void {
  localStorage.setItem(place, language);
  window.location.reload();
}
