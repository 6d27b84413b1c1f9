// What both JavaScript adapters share: commands in on stdin, answers and events out on stdout, a JSON object a line.
import readline from 'node:readline'

export const emit = value => process.stdout.write(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? v.toString() : v)) + '\n')

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
