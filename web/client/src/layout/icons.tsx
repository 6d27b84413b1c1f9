// The few signs that the client needs, drawn here: fonts differ in which they have.
const shapes = {
  attach: "M8 12.5l6.2-6.2a3 3 0 0 1 4.3 4.2l-8 8a5 5 0 0 1-7.1-7L11 3.8",
  pin: "M9 3h6l-1 6 4 4v2H6v-2l4-4zM12 15v6",
  muted: "M4 9v6h4l5 4V5L8 9zM17 9l4 6M21 9l-4 6",
  seen: "M2 12s4-6 10-6 10 6 10 6-4 6-10 6S2 12 2 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  place: "M12 21s-6-6.2-6-11a6 6 0 0 1 12 0c0 4.8-6 11-6 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  microphone: "M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3",
  send: "M4 12l16-8-5 17-3.5-7zM11.5 14L20 4",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 10h.01M15 10h.01",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  down: "M12 5v14M6 13l6 6 6-6",
  open: "M6 9l6 6 6-6",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  play: "M8 5l11 7-11 7z",
  close: "M6 6l12 12M18 6L6 18",
  star: "M12 3l2.7 5.8 6.3.800-4.6 4.4 1.2 6.3L12 17.2 6.4 20.3l1.2-6.3L3 9.6l6.3-.800z",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
  heart: "M12 20s-8-5-8-10.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15 12 20 12 20z",
} as const;

// Decoration unless it has a label. `turns`: points the other way where lines run from right to left.
export function Icon({ name, size = 20, label, turns = false }: { name: keyof typeof shapes; size?: number; label?: string; turns?: boolean }) {
  const turned = turns && document.documentElement.dir === "rtl";
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={name === "more" ? 3 : 1.8} strokeLinecap="round" strokeLinejoin="round" style={turned ? { transform: "scaleX(-1)" } : undefined} role={label ? "img" : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      <path d={shapes[name]} />
    </svg>
  );
}
