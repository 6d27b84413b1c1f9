// Below a list that comes in pages: the next one.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

export function More({ of }: { of: Pages }) {
  const { t } = useTranslation();
  return of.hasNextPage ? <Button variant="default" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>{t("search.more")}</Button> : null;
}
