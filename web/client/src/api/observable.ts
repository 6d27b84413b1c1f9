// State outside of React that screens follow.
import { useSyncExternalStore } from "react";

export class Observable {
  private listeners = new Set<() => void>();
  version = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  protected changed(): void {
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }
}

// Renders again when this part of `state` is another. A part is the same value as long as it says the same.
export function usePart<T extends Observable, P>(state: T, part: (state: T) => P): P {
  return useSyncExternalStore(state.subscribe, () => part(state));
}

// Renders again whenever `state` changes; gives it back.
export function useFollow<T extends Observable>(state: T): T {
  useSyncExternalStore(state.subscribe, () => state.version);
  return state;
}
