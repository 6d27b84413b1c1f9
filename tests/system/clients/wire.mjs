// What both JavaScript adapters share: commands in on stdin, answers and events out on stdout, a JSON object a line.
import readline from 'node:readline'

export const emit = value => process.stdout.write(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? v.toString() : v)) + '\n')

// What both libraries name alike, as the scenarios see it; `peerId` and `channelId` are the adapter's.
export const shapes = (peerId, channelId) => ({
  replies: r => ({
    count: r.replies, comments: !!r.comments, group: r.channelId ? channelId(r.channelId) : null,
    recent: (r.recentRepliers ?? []).map(peerId), max_id: r.maxId ?? null, read_max_id: r.readMaxId ?? null,
  }),
  // A poll as it stands; `counts` and `solution` are null, `correct` is -1 as long as the viewer may not know them.
  poll: (p, results) => ({
    id: p.id.toString(), question: p.question.text, answers: p.answers.map(a => a.text.text), closed: !!p.closed, quiz: !!p.quiz,
    public: !!p.publicVoters, total: results.totalVoters ?? 0, min: !!results.min,
    counts: results.results ? results.results.map(r => r.voters ?? 0) : null,
    chosen: (results.results ?? []).flatMap((r, i) => (r.chosen ? [i] : [])),
    correct: (results.results ?? []).findIndex(r => r.correct), solution: results.solution ?? null,
    recent: (results.recentVoters ?? []).map(peerId),
  }),
})

export function serve(adapter, failure) {
  // Libraries log to the console; stdout is ours.
  console.log = console.info = console.warn = console.debug = (...a) => console.error(...a)
  process.on('unhandledRejection', e => console.error('unhandled', e))
  const lines = readline.createInterface({ input: process.stdin })
  lines.on('line', async line => {
    const { id, op, args } = JSON.parse(line)
    try {
      if (typeof adapter[op] !== 'function') throw new Error(`no such command: ${op}`)
      emit({ id, result: (await adapter[op](args ?? {})) ?? null })
    } catch (error) {
      emit({ id, error: failure(error) })
    }
  })
  lines.on('close', () => process.exit(0))
}
