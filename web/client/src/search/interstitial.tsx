// What stands where a search was stopped: the server's help, a way on only where the server has one, and the way to say
// that it was stopped without need.
import { Button, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Message } from "@mtcute/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { RichText } from "../history/rich_text.tsx";
import { failed } from "../layout/notify.ts";
import page from "../layout/page.module.css";
import { useAct } from "../layout/use_act.ts";
import { askBot } from "../links/follow.tsx";
import { reportSearch } from "../report/report.tsx";
import { findPosts, helpText, wayOn } from "./queries.ts";

// `help` where the answer brought it; a search for names brings the channel alone, so its post is asked for.
export function Interstitial({ query, help }: { query: string; help?: Message | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const asked = useQuery({ queryKey: ["search", "help", query], queryFn: async () => (await findPosts(query)).help ?? null, enabled: help === undefined });
  const post = help ?? asked.data ?? undefined;
  const parameter = post && wayOn(post);
  return (
    <section className={page.notice} aria-label={t("search.held")}>
      <Text fw={600}>{t("search.held")}</Text>
      {post && <RichText text={helpText(post)} entities={[]} />}
      {parameter !== undefined && <Button variant="default" loading={busy} onClick={() => void act(async () => { await askBot("searchreport", parameter); await queries.invalidateQueries({ queryKey: ["search"] }); })}>{t("search.showAnyway")}</Button>}
      <Button variant="subtle" size="compact-sm" onClick={() => void reportSearch(query, navigate).catch(failed)}>{t("search.stoppedWrongly")}</Button>
    </section>
  );
}
