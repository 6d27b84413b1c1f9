// What is in these messages was seen or heard: a mention, a voice message. The server tells only other sessions, so this tab
// and the others are told here.
import { tg } from "../api/client.ts";
import { live } from "../api/live.ts";
import { channelBase, isChannelId } from "../api/peers.ts";

export async function contentsRead(chat: number, ids: number[]): Promise<void> {
  const peer = await tg().resolvePeer(chat);
  if (peer._ === "inputPeerChannel") await tg().call({ _: "channels.readMessageContents", channel: { _: "inputChannel", channelId: peer.channelId, accessHash: peer.accessHash }, id: ids });
  else await tg().call({ _: "messages.readMessageContents", id: ids });
  live.did(isChannelId(chat) ? { _: "updateChannelReadMessagesContents", channelId: channelBase - chat, messages: ids } : { _: "updateReadMessagesContents", messages: ids, pts: 0, ptsCount: 0 });
}
