import { Avatar, type MantineSize } from "@mantine/core";
import type { Peer } from "@mtcute/core";
import { nameOf } from "../chats/names.ts";
import { session } from "../sign_in/session.ts";
import { Icon } from "../layout/icons.tsx";
import { useBlob } from "./blobs.ts";

// White letters can be read on each.
const colours = ["#a4521a", "#6f42a8", "#17693a", "#1f5f99", "#9c2f5c", "#5f5a1e", "#35606b"];

// Decoration: the name stands beside it.
const photoId = (peer: Peer): string => ("photo" in peer.raw && peer.raw.photo && "photoId" in peer.raw.photo ? peer.raw.photo.photoId.toString() : "");

export function PeerAvatar({ peer, size = "md" }: { peer: Peer; size?: MantineSize | number }) {
  const photo = peer.photo?.small;
  const { url } = useBlob(photo ? `avatar/${peer.id}/${photoId(peer)}` : undefined, photo);
  const name = peer.id === session.userId ? "★" : nameOf(peer);
  return <Avatar src={url ?? null} name={name} color={colours[Math.abs(peer.id) % colours.length]} size={size} radius="50%" alt="" aria-hidden variant="filled">{peer.id === session.userId ? <Icon name="star" /> : undefined}</Avatar>;
}
