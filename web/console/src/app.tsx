import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router/dom";
import { KeysProvider } from "../../shared/keys.tsx";
import { queries } from "../../shared/queries.ts";
import { theme } from "../../shared/theme.ts";
import { router } from "./routes.tsx";
import { StepUpProvider } from "./session/step_up.tsx";

// Mantine's own <style> elements are off, since the page's Content-Security-Policy allows none: shared/vite.ts writes
// the theme into a style sheet, and layouts are in *.module.css.
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <KeysProvider>
          <StepUpProvider>
            <RouterProvider router={router} />
          </StepUpProvider>
        </KeysProvider>
        <Notifications position="bottom-right" limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
