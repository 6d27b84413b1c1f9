// Keys that do something on the page in front of one. Whoever is on screen says which; "?" lists them all.
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";

export interface Key {
  // "j", "Enter", "Shift+B", "mod+Enter" (Ctrl, or Command on a Mac), "g q" (one after the other).
  keys: string;
  text: string;
  run: () => void;
  // Also while typing.
  inFields?: boolean;
}

interface Scope {
  title: string;
  keys: Key[];
}

class Registry {
  readonly scopes = new Map<symbol, Scope>();
  private begun = "";
  private begunAt = 0;

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const typing = isField(event.target);
    const combination = nameOf(event);
    const both = this.begun !== "" && event.timeStamp - this.begunAt < 1200 ? `${this.begun} ${combination}` : combination;
    this.begun = "";
    // What was opened last has the first say; behind a dialog nothing hears.
    if (document.querySelector('[role="dialog"]') !== null && !combination.startsWith("mod+")) return;
    for (const scope of [...this.scopes.values()].reverse()) {
      for (const key of scope.keys) {
        if (typing && !key.inFields) continue;
        if (key.keys === both || key.keys === combination) {
          // A button or link that has the focus keeps its Enter.
          if (combination === "Enter" && event.target instanceof Element && event.target.closest("button,a,summary,[role=option]")) return;
          event.preventDefault();
          key.run();
          return;
        }
        if (key.keys.startsWith(`${combination} `)) {
          this.begun = combination;
          this.begunAt = event.timeStamp;
        }
      }
    }
  }
}

function nameOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const letter = event.key.length === 1;
  const shift = event.shiftKey && (!letter || /[A-Za-z]/.test(event.key)) ? "Shift+" : "";
  return mod + shift + (letter && shift ? event.key.toUpperCase() : event.key);
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

const RegistryContext = createContext<Registry | null>(null);

export function KeysProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(() => new Registry(), []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => registry.press(event);
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

// While the component is on screen. The newest `keys` count; they need not be memoized.
export function useKeys(title: string, keys: Key[], enabled = true): void {
  const registry = useContext(RegistryContext);
  const scope = useRef<Scope>({ title, keys });
  useEffect(() => {
    scope.current.title = title;
    scope.current.keys = keys;
  });
  useEffect(() => {
    if (!registry || !enabled) return undefined;
    const id = Symbol(title);
    registry.scopes.set(id, scope.current);
    return () => void registry.scopes.delete(id);
  }, [registry, enabled, title]);
}

// What can be pressed now, for the list that "?" opens.
export function useActiveKeys(open: boolean): Scope[] {
  const registry = useContext(RegistryContext);
  const [scopes, setScopes] = useState<Scope[]>([]);
  useEffect(() => {
    if (open && registry) setScopes([...registry.scopes.values()].filter((scope) => scope.keys.length > 0));
  }, [open, registry]);
  return scopes;
}
