// How others see one.
import { Button, FileButton, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FullUser } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { peers } from "../api/peers.ts";
import { told } from "../layout/notify.ts";
import { Page } from "../layout/page.tsx";
import { Failed, Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { PeerAvatar } from "../media/avatar.tsx";
import { squarePicture } from "../media/square.ts";
import { session } from "../sign_in/session.ts";
import page from "../layout/page.module.css";

export function ProfilePage() {
  const { t } = useTranslation();
  const me = useQuery({ queryKey: ["full user", session.userId], queryFn: () => tg().getFullUser("me") });
  return (
    <Page title={t("settings.profile")} back="/settings">
      {me.error ? <Failed text={errorText(me.error)} again={() => void me.refetch()} /> : !me.data ? <Loading /> : <Loaded key={me.dataUpdatedAt} me={me.data} />}
    </Page>
  );
}

function useSaved() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const save = async (what: () => Promise<unknown>) => {
    const done = await act(async () => {
      await what();
      peers.put(await tg().getPeer("me"));
      await queries.invalidateQueries({ queryKey: ["full user", session.userId] });
    });
    if (done) told(t("settings.saved"));
  };
  return { busy, save };
}

function Loaded({ me }: { me: FullUser }) {
  const { t } = useTranslation();
  const { busy, save } = useSaved();
  const [first, setFirst] = useState(me.firstName);
  const [last, setLast] = useState(me.lastName ?? "");
  const [about, setAbout] = useState(me.bio);
  return (
    <>
      <div className={page.row}>
        <PeerAvatar peer={me} size={72} />
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && void save(async () => tg().setMyProfilePhoto({ type: "photo", media: await squarePicture(file) }))}>
          {(given) => <Button {...given} variant="default" loading={busy}>{t("settings.photo")}</Button>}
        </FileButton>
        {me.fullPhoto && <Button variant="subtle" color="red" onClick={() => void save(async () => { const [photo] = await tg().getProfilePhotos("me", { limit: 1 }); if (photo) await tg().deleteProfilePhotos([photo.fileId]); })}>{t("common.remove")}</Button>}
      </div>
      {me.phoneNumber && <Text size="sm" c="dimmed">{t("settings.phone")} <bdi>+{me.phoneNumber}</bdi></Text>}
      <form className={page.section} onSubmit={(event) => { event.preventDefault(); void save(() => tg().updateProfile({ firstName: first.trim(), lastName: last.trim(), bio: about.trim() })); }}>
        <TextInput label={t("sign_in.firstName")} required maxLength={64} value={first} onChange={(event) => setFirst(event.currentTarget.value)} dir="auto" autoComplete="given-name" />
        <TextInput label={t("sign_in.lastName")} maxLength={64} value={last} onChange={(event) => setLast(event.currentTarget.value)} dir="auto" autoComplete="family-name" />
        <Textarea label={t("settings.bio")} description={t("settings.bioText")} maxLength={70} autosize minRows={2} value={about} onChange={(event) => setAbout(event.currentTarget.value)} dir="auto" />
        <div><Button type="submit" loading={busy} disabled={first.trim() === ""}>{t("common.save")}</Button></div>
      </form>
      <Username now={me.username ?? ""} />
    </>
  );
}

function Username({ now }: { now: string }) {
  const { t } = useTranslation();
  const { busy, save } = useSaved();
  const [name, setName] = useState(now);
  return (
    <form className={page.section} onSubmit={(event) => { event.preventDefault(); void save(() => tg().setMyUsername(name.trim() || null)); }}>
      <TextInput label={t("settings.username")} description={t("settings.usernameText")} leftSection="@" maxLength={32} value={name} onChange={(event) => setName(event.currentTarget.value)} dir="ltr" autoComplete="off" spellCheck={false} />
      <div><Button type="submit" loading={busy} disabled={name.trim() === now}>{t("settings.saveUsername")}</Button></div>
    </form>
  );
}
