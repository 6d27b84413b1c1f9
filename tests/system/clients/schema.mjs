// Any method by the schema's own names, and what it answers, the same through every library: how the scenarios reach
// what a library has no helper for. {"_": "reactionEmoji", "emoticon": "x"} is an object, {"$long": "1"} a long,
// {"$bytes": "00ff"} bytes, and a peer is its number.
const camel = name => name.replace(/_([a-z0-9])/g, (_, c) => c.toUpperCase())
const lower = name => name[0].toLowerCase() + name.slice(1)
const INPUT_PEERS = ['InputPeer', 'InputUser', 'InputChannel']
const NUMBERS = ['int', 'int53', 'double']

// `schema` maps names to fields ({name, type, flag, vector}). The rest is how the library does it: `make(name, values)`
// an object of its own, `resolve(type, number)` an input peer, `long(text)`, `longFrom(value)` as text or null,
// `nameOf(object)` in the schema, and the `peerId` of a Peer.
export function translator({ schema, make, resolve, long, longFrom, nameOf, peerId }) {
  const random = () => long(String(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)))

  function absent({ name, type, vector }, given) {
    if (name === 'random_id') return vector ? (given.id ?? given.multi_media).map(random) : random()
    if (vector) return []
    if (NUMBERS.includes(type)) return 0
    if (type === 'long') return long('0')
    if (type === 'string') return ''
    if (type === 'bytes') return Buffer.alloc(0)
    if (type === 'Bool') return false
    const empty = `${lower(type)}Empty`
    if (schema.has(empty)) return make(empty, {})
    throw new Error(`${name} is missing`)
  }
  async function one(value, type) {
    if (INPUT_PEERS.includes(type) && typeof value !== 'object') return resolve(type, value)
    if (type === 'long') return long(value.$long ?? String(value))
    if (type === 'int53') return Number(value.$long ?? value)
    if (type === 'bytes') return Buffer.from(value.$bytes, 'hex')
    return value?._ ? build(value) : value
  }
  async function build({ _: name, ...given }) {
    const fields = schema.get(name)
    if (!fields) throw new Error(`this library's layer has no ${name}`)
    for (const key in given) if (!fields.some(f => f.name === key)) throw new Error(`in this library's layer ${name} has no ${key}`)
    const values = {}
    for (const field of fields) {
      const value = given[field.name]
      if (value === undefined || value === null) {
        if (!field.flag) values[camel(field.name)] = absent(field, given)
      } else {
        values[camel(field.name)] = field.vector ? await Promise.all(value.map(v => one(v, field.type))) : await one(value, field.type)
      }
    }
    return make(name, values)
  }
  function plain(value) {
    if (value === null || value === undefined || typeof value !== 'object') return value
    if (ArrayBuffer.isView(value)) return { $bytes: Buffer.from(value).toString('hex') }
    if (Array.isArray(value)) return value.map(plain)
    const number = longFrom(value)
    if (number !== null) return { $long: number }
    const name = nameOf(value)
    if (['peerUser', 'peerChat', 'peerChannel'].includes(name)) return peerId(value)
    const shown = { _: name.split('.').at(-1) }
    for (const field of schema.get(name) ?? []) shown[field.name] = plain(value[camel(field.name)])
    return shown
  }
  return { build, plain, knows: name => schema.has(name) }
}
