// What is longer than a body, in pieces that are sent one after the other; gives the answer to the last.
export async function inPieces<T>(whole: string, size: number, send: (piece: { piece: number; pieces: number; text: string }) => Promise<T>): Promise<T> {
  const pieces = Math.max(1, Math.ceil(whole.length / size));
  for (let piece = 1; piece < pieces; ++piece) await send({ piece, pieces, text: whole.slice((piece - 1) * size, piece * size) });
  return send({ piece: pieces, pieces, text: whole.slice((pieces - 1) * size) });
}
