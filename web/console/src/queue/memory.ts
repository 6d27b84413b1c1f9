// Where one was in the queue: kept while the console is open, so that coming back from a case goes on there.
export const memory = { filter: "", index: 0, address: "/queue" };
