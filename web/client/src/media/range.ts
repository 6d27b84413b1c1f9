// Which part of a file a player asks for (RFC 9110, 14.2), and what it is given of it: one piece, from where it asked on. It asks
// again for the rest.

// As much as the server gives at once, from a multiple of itself.
export const pieceSize = 512 * 1024;

export interface Part {
  start: number;  // of the bytes that are given
  end: number;  // after the last of them
  piece: number;  // where the piece begins that they are in
}

// Of a file of `size` bytes; no header: from the beginning. None: there is nothing there.
export function partOf(header: string | null, size: number): Part | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "bytes=0-") ?? [];
  // "-N": the last N bytes. What cannot be read is as if it was not there.
  const start = from !== "" ? Number(from) : to !== "" ? Math.max(0, size - Number(to)) : 0;
  const asked = from !== "" && to !== "" ? Number(to) + 1 : size;
  if (start >= size || asked <= start) return undefined;
  const piece = Math.floor(start / pieceSize) * pieceSize;
  return { start, end: Math.min(asked, size, piece + pieceSize), piece };
}
