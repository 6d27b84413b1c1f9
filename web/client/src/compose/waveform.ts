// How loud a voice message is from its beginning to its end: 100 numbers from 0 to 31, the loudest being 31.
export function bars(samples: Float32Array, count = 100): number[] {
  const peaks = Array.from({ length: count }, (_, n) => {
    let peak = 0;
    const end = Math.floor((samples.length * (n + 1)) / count);
    for (let at = Math.floor((samples.length * n) / count); at < end; at += 1) peak = Math.max(peak, Math.abs(samples[at]!));
    return peak;
  });
  const loudest = Math.max(...peaks);
  return peaks.map((peak) => (loudest === 0 ? 0 : Math.round((peak / loudest) * 31)));
}
