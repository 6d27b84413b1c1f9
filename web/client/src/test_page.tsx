// For tests of what is drawn: the page around a component, without a server. They run in jsdom, which has no layout.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { afterEach } from "vitest";
import { KeysProvider } from "../../shared/keys.tsx";
import { startTexts } from "./texts/index.ts";

// What Mantine asks of a browser and jsdom lacks.
window.matchMedia = (media) => ({ media, matches: false, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined }) as unknown as MediaQueryList;
window.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} };
Object.defineProperty(document, "fonts", { value: new EventTarget() });
Element.prototype.scrollIntoView = () => undefined;

await startTexts();
afterEach(cleanup);

export function draw(children: ReactNode): void {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MemoryRouter>
      <MantineProvider env="test">
        <QueryClientProvider client={queries}><KeysProvider>{children}</KeysProvider></QueryClientProvider>
      </MantineProvider>
    </MemoryRouter>,
  );
}
