// Runs in the page of a conversation: looks at every frame while one scrolls. What the reader sees must move one way, all of it
// alike, with nothing missing. `scrollWatch.start()`, then `scrollWatch.stop()` gives the figures.
(() => {
  const scroller = () => document.querySelector('[role="log"]');
  // What is on the screen: message id -> where its upper edge is.
  const shown = () => {
    if (!scroller()) return { tops: new Map(), blank: 0, holes: 0 };  // not opened yet
    const frame = scroller().getBoundingClientRect();
    const rows = [...scroller().querySelectorAll("[data-message]")].map((row) => ({ id: Number(row.dataset.message), box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > frame.top && box.top < frame.bottom).sort((a, b) => a.box.top - b.box.top);
    const blank = rows.length === 0 ? frame.height : Math.max(0, rows[0].box.top - frame.top, frame.bottom - rows.at(-1).box.bottom);
    const holes = rows.filter((row, index) => index > 0 && row.id !== rows[index - 1].id + 1).length;
    return { tops: new Map(rows.map(({ id, box }) => [id, box.top])), blank, holes };
  };
  const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

  let on = false, times, long, seen, wrong, uneven, blank, holes, way;
  const observer = new PerformanceObserver((list) => { if (on) long.push(...list.getEntries().map((entry) => entry.duration)); });
  observer.observe({ entryTypes: ["longtask"] });

  globalThis.scrollWatch = {
    // `direction`: 1 if the reader goes to newer messages, -1 to older ones.
    start(direction) {
      [on, way, times, long, wrong, uneven, blank, holes] = [true, direction, [], [], [], [], [], []];
      seen = new Set();
      let before, last;
      const look = () => {
        if (!on) return;
        const present = shown();
        if (before) {
          const moved = [...present.tops].filter(([id]) => before.has(id)).map(([id, top]) => top - before.get(id));
          // Rows move against the direction of reading.
          const back = Math.max(0, ...moved.map((each) => each * way));
          if (back > 1.5) wrong.push(back);
          const spread = moved.length > 0 ? Math.max(...moved) - Math.min(...moved) : 0;
          if (spread > 1.5) uneven.push(spread);
        }
        // A day's heading is less than this; it has no id.
        if (present.blank > 90) blank.push(present.blank);
        if (present.holes > 0) holes.push(present.holes);
        for (const id of present.tops.keys()) seen.add(id);
        before = present.tops;
      };
      // Looked at when the frame has been drawn: what is measured and put right before that nobody sees.
      const drawn = new MessageChannel();
      drawn.port1.onmessage = look;
      const frame = (now) => {
        if (!on) return;
        if (last !== undefined) times.push(now - last);
        last = now;
        drawn.port2.postMessage(0);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    },
    seen: () => seen.size,
    // Whether the newest message of all is on the screen: there is nothing more to scroll to.
    atEnd() {
      const list = scroller();
      return list.dataset.atEnd !== undefined && list.scrollTop + list.clientHeight > list.scrollHeight - 2;
    },
    shows: (id) => shown().tops.has(id),
    stop() {
      on = false;
      const sorted = times.toSorted((a, b) => a - b);
      const largest = (list) => Math.round(Math.max(0, ...list));
      return {
        messages: seen.size, frames: times.length, median: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99), worst: largest(times),
        over50: times.filter((each) => each > 50).length, longTasks: long.length, longest: largest(long), wrongWay: wrong.length, wrongWayMost: largest(wrong), uneven: uneven.length,
        unevenMost: largest(uneven), blank: blank.length, blankMost: largest(blank), holes: holes.length,
      };
    },
    // Milliseconds from the last click or key until this message is on the screen.
    until: (id) => new Promise((resolve, reject) => {
      const began = performance.now();
      const look = () => {
        const { tops } = shown();
        if (tops.has(id)) resolve(performance.now() - globalThis.scrollWatchActed);
        else if (performance.now() - began > 30_000) reject(new Error(`message ${id} does not come; shown: ${[...tops.keys()]}`));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }),
  };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { globalThis.scrollWatchActed = performance.now(); }, true);
})();
