// A question with answers to choose from, and how many chose which.
import { Anchor, Button, Checkbox, Progress, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message, Poll } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { plain } from "../history/plain.ts";
import { useAct } from "../layout/use_act.ts";
import classes from "./media.module.css";

export function PollCard({ message, poll }: { message: Message; poll: Poll }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number[]>([]);
  const { busy, act } = useAct();
  const voted = poll.answers.some((each) => each.chosen);
  const open = !poll.isClosed && !voted && !message.isScheduled;
  const vote = (options: number[] | null) => void act(() => tg().sendVote({ chatId: message.chat.id, message: message.id, options })).then(() => setChosen([]));
  const kind = `${t(poll.isQuiz ? "media.quiz" : "media.poll")}${poll.isClosed ? `, ${t("media.closed")}` : ""}${poll.isPublic ? `, ${t("media.open")}` : ""}`;
  return (
    <Stack gap="xs" className={classes.poll} role="group" aria-label={plain(poll.question)}>
      <Text fw={600} dir="auto">{plain(poll.question)}</Text>
      <Text size="xs" c="dimmed">{kind}</Text>
      {poll.answers.map((answer, index) => {
        const share = poll.voters > 0 ? answer.voters / poll.voters : 0;
        const label = <span dir="auto">{plain(answer.text)}</span>;
        if (open && poll.isMultiple) return <Checkbox key={index} label={label} checked={chosen.includes(index)} onChange={(event) => setChosen(event.currentTarget.checked ? [...chosen, index] : chosen.filter((each) => each !== index))} />;
        if (open) return <Radio key={index} label={label} name={`poll ${message.id}`} checked={chosen[0] === index} onChange={() => setChosen([index])} />;
        return (
          <div key={index}>
            <Text size="sm" dir="auto">{answer.chosen && "✓ "}{poll.isQuiz && answer.correct && "★ "}{plain(answer.text)} <Text span size="xs" c="dimmed">{t("media.votes", { count: answer.voters })}</Text></Text>
            <Progress value={share * 100} size="sm" aria-label={plain(answer.text)} />
          </div>
        );
      })}
      {open && <Button size="compact-sm" loading={busy} disabled={chosen.length === 0} onClick={() => vote(chosen)}>{t("media.vote")}</Button>}
      <Text size="xs" c="dimmed">{t("media.votes", { count: poll.voters })} {voted && !poll.isClosed && !poll.isQuiz && <Anchor component="button" type="button" size="xs" disabled={busy} onClick={() => vote(null)}>{t("media.takeBack")}</Anchor>}</Text>
      {voted && poll.solution && <Text size="sm" dir="auto">{plain(poll.solution)}</Text>}
    </Stack>
  );
}
