// The topics of a forum, those with news first.
import { Badge, Text } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Chat } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { live } from "../api/live.ts";
import { peerId } from "../api/peers.ts";
import { nameOf, summary } from "../chats/names.ts";
import { listTime } from "../layout/formats.ts";
import { More } from "../layout/more.tsx";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { plain } from "./plain.ts";
import { serviceText } from "./service_text.ts";
import { NewTopic, TopicMenu } from "./topic_menu.tsx";
import { Icon } from "../layout/icons.tsx";
import classes from "./history.module.css";

const pageSize = 100;
type Offset = Awaited<ReturnType<ReturnType<typeof tg>["getForumTopics"]>>["next"];

export function TopicList({ peer }: { peer: Chat }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const found = useInfiniteQuery({
    queryKey: ["topics", peer.id],
    staleTime: 0,
    queryFn: async ({ pageParam }) => {
      const page = await tg().getForumTopics(peer.id, { limit: pageSize, ...(pageParam ? { offset: pageParam } : {}) });
      return { topics: [...page], next: page.length < pageSize ? undefined : page.next };
    },
    initialPageParam: undefined as Offset | undefined,
    getNextPageParam: (last) => last.next,
  });
  useEffect(() => live.add((update) => {
    const here = (update._ === "updateNewChannelMessage" || update._ === "updateEditChannelMessage") && update.message._ !== "messageEmpty" && peerId(update.message.peerId) === peer.id;
    const read = update._ === "updateReadChannelDiscussionInbox" || update._ === "updatePinnedForumTopic";
    if (here || read) void queries.invalidateQueries({ queryKey: ["topics", peer.id] });
  }), [peer.id, queries]);
  if (found.error) return <Failed text={errorText(found.error)} again={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  // What moved to another place between two pages may be in both.
  const topics = [...new Map(found.data.pages.flatMap((each) => each.topics).map((each) => [each.id, each])).values()];
  return (
    <div className={classes.topics}>
      <NewTopic chat={peer} />
      {topics.length === 0 && <Empty title={t("history.noTopics")} />}
      <ul aria-label={t("history.topics")}>
        {topics.map((topic) => (
          <li key={topic.id}>
            <Link to={`/chat/${peer.id}/topic/${topic.id}`} className={classes.topic}>
              <span className={classes.topicLine}>
                <Text span fw={600} className="clip" dir="auto">{topic.isPinned && <Icon name="pin" size={14} label={t("history.pinned")} />}{topic.isClosed && <Icon name="lock" size={14} label={t("history.closed")} />} {plain(topic.title)}</Text>
                <Text span size="xs" c="dimmed" className={classes.topicTime}>{listTime(topic.lastMessage.date)}</Text>
              </span>
              <span className={classes.topicLine}>
                <Text span size="sm" c="dimmed" className="clip" dir="auto">{topic.lastMessage.isService ? serviceText(topic.lastMessage) : `${nameOf(topic.lastMessage.sender)}: ${summary(topic.lastMessage)}`}</Text>
                {topic.unreadCount > 0 && <Badge size="sm" aria-label={t("chats.unread", { count: topic.unreadCount })} className={classes.topicTime}>{topic.unreadCount}</Badge>}
              </span>
            </Link>
            <TopicMenu chat={peer} topic={topic} />
          </li>
        ))}
      </ul>
      <More of={found} />
    </div>
  );
}
