import { Text } from "@mantine/core";
import type { WebPage } from "@mtcute/core";
import { safeUrl } from "../history/entities.ts";
import { plain } from "../history/plain.ts";
import { useBlob } from "./blobs.ts";
import { sizeFor } from "./thumb.ts";
import classes from "./media.module.css";

// What the server read of a page that a message links to; the page itself is not asked.
export function WebPageCard({ page }: { page: WebPage }) {
  const photo = page.photo ? sizeFor(page.photo.thumbnails, 320) : undefined;
  const { url } = useBlob(page.photo && photo ? `photo/${page.photo.id.toString()}/${photo.type}` : undefined, photo);
  const link = safeUrl(page.url);
  if (!page.title && !page.description && !page.siteName) return null;
  return (
    <div className={classes.page}>
      {page.siteName && <Text size="xs" c="dimmed" dir="auto">{plain(page.siteName)}</Text>}
      {page.title && (link === undefined ? <Text size="sm" fw={600} dir="auto">{plain(page.title)}</Text> : <a href={link} target="_blank" rel="noopener noreferrer"><Text span size="sm" fw={600} dir="auto">{plain(page.title)}</Text></a>)}
      {page.description && <Text size="sm" dir="auto" lineClamp={4}>{plain(page.description)}</Text>}
      {url !== undefined && <img src={url} alt="" className={classes.pagePhoto} />}
    </div>
  );
}
