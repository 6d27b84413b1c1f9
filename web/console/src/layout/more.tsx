import { Button } from "@mantine/core";
import { t } from "../texts/index.ts";

// The next page of a list, if there is one. Of a list in a card that is `flush`, with room of its own.
export function More({ query, flush }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }; flush?: boolean }) {
  return query.hasNextPage && <Button size="xs" variant="default" {...(flush ? { m: "sm" } : { mt: "xs" })} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t.common.more}</Button>;
}
