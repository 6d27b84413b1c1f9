import { chooseLanguage } from "./texts/language.ts";

// Before anything that formats or speaks is loaded.
document.documentElement.lang = chooseLanguage();
void import("./start.tsx");
