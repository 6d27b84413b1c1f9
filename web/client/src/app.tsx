import { createTheme, DirectionProvider, MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { KeysProvider } from "../../shared/keys.tsx";
import { theme } from "../../shared/theme.ts";
import { router } from "./routes.tsx";
import { session } from "./sign_in/session.ts";
import { direction, language, t } from "./texts/index.ts";

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } });

// What closes dialogs and notices has a name that is read out.
const named = mergeThemeOverrides(theme, createTheme({ components: { CloseButton: { defaultProps: { "aria-label": t("common.close") } } } }));

// Mantine's own <style> elements are off, since the page's Content-Security-Policy allows none: shared/vite.ts writes
// the theme into a style sheet, and layouts are in *.module.css.
function App() {
  return (
    <DirectionProvider initialDirection={direction(language())} detectDirection={false}>
      <MantineProvider theme={named} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <QueryClientProvider client={queries}>
          <KeysProvider>
            <RouterProvider router={router} />
          </KeysProvider>
          <Notifications position="top-center" limit={4} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

export function start(root: HTMLElement): void {
  createRoot(root).render(<App />);
  void session.start();
  void import("./chats/notices.ts").then(({ notices }) => notices.start());
  // Only where the build put it: not while developing.
  if (import.meta.env.PROD && "serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
