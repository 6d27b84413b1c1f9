import { NativeSelect, SegmentedControl, Text, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Page, Section } from "../layout/page.tsx";
import { chooseLanguage, isLanguage, language, languages } from "../texts/index.ts";

const schemes = ["auto", "light", "dark"] as const satisfies readonly MantineColorScheme[];

export function AppearancePage() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <Page title={t("settings.appearance")} back="/settings">
      <Section>
        <NativeSelect label={t("settings.language")} value={language()} onChange={(event) => isLanguage(event.currentTarget.value) && chooseLanguage(event.currentTarget.value)} data={Object.entries(languages).map(([value, label]) => ({ value, label }))} />
      </Section>
      <Section>
        <Text component="label" size="sm" fw={500} id="theme">{t("settings.theme")}</Text>
        <SegmentedControl aria-labelledby="theme" value={colorScheme} onChange={(value) => setColorScheme(schemes.find((each) => each === value) ?? "auto")} data={schemes.map((each) => ({ value: each, label: t(`settings.themes.${each}`) }))} />
      </Section>
    </Page>
  );
}
