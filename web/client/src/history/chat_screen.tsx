// A conversation with its head, its messages and the field to write in.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useParams } from "react-router";
import type { Message, Peer } from "@mtcute/core";
import { errorText } from "../api/errors.ts";
import { usePart } from "../api/observable.ts";
import { peers } from "../api/peers.ts";
import { chatName } from "../chats/names.ts";
import { Composer } from "../compose/composer.tsx";
import { Main } from "../layout/columns.tsx";
import { Failed, Loading } from "../layout/states.tsx";
import { MediaViewer } from "../media/viewer.tsx";
import { Tombstone, withheldText } from "../report/tombstone.tsx";
import { session } from "../sign_in/session.ts";
import { ChatHead } from "./chat_head.tsx";
import { type Asked, ChatContext, type Reply } from "./context.ts";
import { Dialogs } from "./dialogs.tsx";
import { historyOf } from "./history.ts";
import { HistoryView } from "./history_view.tsx";
import { PinnedBar } from "./pinned_bar.tsx";
import { TopicList } from "./topic_list.tsx";
import classes from "./history.module.css";

export function ChatScreen() {
  const { t } = useTranslation();
  const { peer: peerText, thread: threadText } = useParams();
  const chat = Number(peerText);
  const thread = threadText === undefined ? undefined : Number(threadText);
  const peer = usePart(peers, (all) => all.get(chat));
  const found = useQuery({ queryKey: ["peer", chat], queryFn: () => peers.find(chat), enabled: peer === undefined });
  if (!peer) return <Main>{found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : <Loading />}</Main>;
  // A forum is its topics; each is a conversation.
  if (peer.type === "chat" && peer.isForum && thread === undefined) {
    return <><Main label={`${t("history.topics")}: ${chatName(peer)}`}><ChatHead peer={peer} thread={undefined} /><TopicList peer={peer} /></Main><Outlet context={peer} /></>;
  }
  return <Conversation key={`${chat}/${thread ?? ""}`} peer={peer} thread={thread} />;
}

function Conversation({ peer, thread }: { peer: Peer; thread: number | undefined }) {
  const { t } = useTranslation();
  const history = useMemo(() => historyOf(peer.id, thread), [peer.id, thread]);
  const connection = usePart(session, (state) => state.connection);
  const [reply, setReply] = useState<Reply | undefined>();
  const [editing, setEditing] = useState<Message | undefined>();
  const [asked, ask] = useState<Asked | undefined>();
  useEffect(() => history.open(), [history]);
  useEffect(() => { if (connection === "connected" && history.loadedOnce) void history.refresh(); }, [connection, history]);
  const context = useMemo(() => ({ history, peer, chat: peer.id, thread, reply, setReply, editing, setEditing, asked, ask }), [history, peer, thread, reply, editing, asked]);
  const withheld = withheldText(peer.restrictions);
  return (
    <ChatContext value={context}>
      <Main label={`${t("history.conversation")}: ${chatName(peer)}`}>
        <ChatHead peer={peer} thread={thread} chat={context} />
        {thread === undefined && <PinnedBar history={history} />}
        {withheld === undefined ? <HistoryView history={history} peer={peer} /> : <div className={classes.withheld}><Tombstone text={withheld} own={peer.type === "chat" && peer.isCreator} /></div>}
        <Composer peer={peer} />
        <Dialogs />
        <MediaViewer history={history} />
      </Main>
      <Outlet context={peer} />
    </ChatContext>
  );
}
