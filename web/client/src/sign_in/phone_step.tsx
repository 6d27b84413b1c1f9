import { Button, Select, Text, TextInput, Title } from "@mantine/core";
import { AsYouType, getCountries, getCountryCallingCode, type CountryCode } from "libphonenumber-js/min";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStep } from "./sign_in.tsx";
import { askForCode, type Code } from "./steps.ts";
import classes from "./sign_in.module.css";

// The browser's region, where it says one.
function likelyCountry(): CountryCode {
  const known = new Set<string>(getCountries());
  const region = navigator.languages.map((each) => new Intl.Locale(each).maximize().region ?? "").find((each) => known.has(each));
  return (region ?? "US") as CountryCode;
}

export function PhoneStep({ done }: { done: (code: Code) => void }) {
  const { t, i18n } = useTranslation();
  const [country, setCountry] = useState<CountryCode>(likelyCountry);
  const [phone, setPhone] = useState(() => `+${getCountryCallingCode(likelyCountry())} `);
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: "region" });
    return getCountries()
      .map((code) => ({ value: code as string, label: `${names.of(code) ?? code} +${getCountryCallingCode(code)}` }))
      .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  }, [i18n.language]);
  const { busy, error, submit } = useStep(() => askForCode(`+${phone.replaceAll(/\D/g, "")}`), done);

  // A number with its country's code says which country it is.
  const type = (value: string) => {
    const typed = new AsYouType();
    const formatted = typed.input(value.startsWith("+") ? value : `+${value}`);
    const found = typed.getCountry();
    if (found) setCountry(found);
    // While deleting, a space that comes back by itself would hold one up.
    setPhone(value.length < phone.length ? value : formatted);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Title order={2}>{t("sign_in.title")}</Title>
      <Text size="sm" c="dimmed">{t("sign_in.lead")}</Text>
      <Select label={t("sign_in.country")} data={countries} value={country} searchable allowDeselect={false} nothingFoundMessage={t("sign_in.noCountry")}
        onChange={(code) => { if (code) { setCountry(code as CountryCode); setPhone(`+${getCountryCallingCode(code as CountryCode)} `); } }} />
      <TextInput label={t("sign_in.phone")} type="tel" autoComplete="tel" inputMode="tel" value={phone} onChange={(event) => type(event.currentTarget.value)} error={error} data-autofocus classNames={{ input: classes.phone }} maxLength={32} required withAsterisk={false} />
      <Button type="submit" loading={busy}>{t("sign_in.next")}</Button>
    </form>
  );
}
