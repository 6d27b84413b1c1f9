// A time as <input type="date"> and <input type="datetime-local"> have it: where the person is, not in UTC.
export function localInput(date: Date, type: "date" | "datetime-local"): string {
  const there = new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString();
  return there.slice(0, type === "date" ? 10 : 16);
}
