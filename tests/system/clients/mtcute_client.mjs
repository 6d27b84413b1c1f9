// mtcute behind the JSON-lines commands that the scenarios speak (see ../README.md).
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { connectWs } from '@fuman/net'
import WebSocket from 'ws'
import { InputMedia, IntermediatePacketCodec, Long, MemoryStorage, ObfuscatedPacketCodec, PaddedIntermediatePacketCodec, TcpTransport, TelegramClient } from '@mtcute/node'
import { addPublicKey, NodeCryptoProvider, strippedPhotoToJpg } from '@mtcute/node/utils.js'
import { translator } from './schema.mjs'
import { emit, serve, shapes } from './wire.mjs'

class Tcp extends TcpTransport {
  constructor(codec) {
    super()
    this.codec = codec
  }
  packetCodec() { return this.codec() }
}
const TRANSPORTS = {
  intermediate: () => new Tcp(() => new IntermediatePacketCodec()),
  padded: () => new Tcp(() => new PaddedIntermediatePacketCodec()),
  obfuscated: () => new Tcp(() => new ObfuscatedPacketCodec(new IntermediatePacketCodec())),
  obfuscated_padded: () => new Tcp(() => new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec())),
}
const overWebSocket = url => ({
  connect: () => connectWs({ url, implementation: WebSocket, protocols: 'binary' }),
  packetCodec: () => new ObfuscatedPacketCodec(new IntermediatePacketCodec()),
})

const user = u => ({
  id: u.id, first_name: u.firstName, last_name: u.lastName ?? null, username: u.username ?? null, phone: u.phone ?? null,
  self: !!u.self, contact: !!u.contact, mutual: !!u.mutualContact, deleted: !!u.deleted, status: u.status?._ ?? null,
})
// Groups and channels by the numbers that Bot API made usual: -id, -100...id.
const marked = { group: id => -id, channel: id => -1000000000000 - id }
const peerId = p => {
  if (p?.chatId !== undefined) return marked.group(p.chatId)
  if (p?.channelId !== undefined) return marked.channel(p.channelId)
  return p?.userId ?? null
}
const chat = c => ({
  peer: c._.startsWith('chat') ? marked.group(c.id) : marked.channel(c.id), title: c.title,
  members: c.participantsCount ?? null, username: c.username ?? null, left: !!c.left,
})
const { replies, poll } = shapes(peerId, marked.channel)
const known = ({ raw, results }) => poll(raw, results)  // of the library's own Poll
const message = m => ({
  id: m.id, peer: peerId(m.peerId), from: peerId(m.fromId) ?? (m.out ? null : peerId(m.peerId)), out: !!m.out,
  text: m.message ?? '', date: m.date, edited: !!m.editDate, reply_to: m.replyTo?.replyToMsgId ?? null,
  forward: m.fwdFrom ? { from: peerId(m.fwdFrom.fromId), name: m.fwdFrom.fromName ?? null } : null,
  entities: (m.entities ?? []).map(e => e._.replace('messageEntity', '').toLowerCase()),
  action: m.action ? m.action._[0].toUpperCase() + m.action._.slice(1) : null,
  pinned: !!m.pinned, silent: !!m.silent, ttl: m.ttlPeriod ?? null,
  media: m.media ? m.media._.replace('messageMedia', '').toLowerCase() : null, album: m.groupedId?.toString() ?? null,
  saved_from: m.fwdFrom?.savedFromPeer ? { peer: peerId(m.fwdFrom.savedFromPeer), id: m.fwdFrom.savedFromMsgId } : null,
  replies: m.replies ? replies(m.replies) : null,
})

// A photo or document with what it takes to fetch it.
const media = m => {
  const thing = m.photo ?? m.document
  const photo = thing._ === 'photo'
  const sizes = (photo ? thing.sizes : thing.thumbs) ?? []
  const stripped = sizes.find(s => s._ === 'photoStrippedSize')
  return {
    kind: photo ? 'photo' : 'document', id: thing.id.toString(), access_hash: thing.accessHash.toString(),
    reference: Buffer.from(thing.fileReference).toString('hex'), size: photo ? null : thing.size,
    mime: photo ? null : thing.mimeType,
    name: (thing.attributes ?? []).find(a => a._ === 'documentAttributeFilename')?.fileName ?? null,
    sizes: Object.fromEntries(sizes.filter(s => s._ === 'photoSize').map(s => [s.type, [s.w, s.h, s.size]])),
    stripped: stripped ? Buffer.from(strippedPhotoToJpg(stripped.bytes)).toString('hex') : null,
  }
}
const upload = async path => (await tg.uploadFile({ file: createReadStream(path), fileName: basename(path), fileSize: statSync(path).size })).inputFile

let tg
const entries = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('@mtcute/core/tl/api-schema.json'))).e
const schema = new Map(entries.map(e => [e.name, e.arguments.filter(a => a.type !== '#').map(a => ({
  name: a.name, type: a.type, flag: !!a.typeModifiers?.predicate, vector: !!a.typeModifiers?.isVector,
}))]))
const asInput = { InputPeer: p => tg.resolvePeer(p), InputUser: p => tg.resolveUser(p), InputChannel: p => tg.resolveChannel(p) }
const { build, plain } = translator({
  schema, peerId, nameOf: o => o._, long: text => Long.fromString(text), longFrom: v => (Long.isLong(v) ? v.toString() : null),
  resolve: (type, peer) => asInput[type](peer), make: (name, values) => ({ _: name, ...values }),
})
const adapter = {
  async connect({ host, port, pem, transport = 'intermediate', websocket = null, session = null, pfs = false }) {
    const crypto = new NodeCryptoProvider()
    addPublicKey(crypto, pem)
    const dc = { id: 2, ipAddress: host, port }
    tg = new TelegramClient({
      apiId: 1, apiHash: 'x', storage: new MemoryStorage(), crypto, defaultDcs: { main: dc, media: dc },
      transport: websocket ? overWebSocket(websocket) : TRANSPORTS[transport](), logLevel: 1, disableUpdates: false,
      floodSleepThreshold: 0, network: { usePfs: pfs }, updates: { catchUp: true, keepAliveInterval: 60_000 },
    })
    tg.onError.add(error => console.error('mtcute', error))
    tg.onNewMessage.add(m => emit({ event: 'new_message', message: message(m.raw) }))
    tg.onEditMessage.add(m => emit({ event: 'edit_message', message: message(m.raw) }))
    tg.onDeleteMessage.add(u => emit({ event: 'delete_messages', ids: u.messageIds }))
    tg.onUserTyping.add(u => emit({ event: 'typing', user: u.userId }))
    tg.onRawUpdate.add(({ update }) => {
      emit({ event: update._, ...plain(update) })
      if (update._ === 'updateReadHistoryOutbox') emit({ event: 'read_outbox', peer: peerId(update.peer), max_id: update.maxId })
      if (update._ === 'updateReadHistoryInbox') emit({ event: 'read_inbox', peer: peerId(update.peer), max_id: update.maxId })
      if (update._ === 'updateMessagePoll') emit({ event: 'poll', ...poll(update.poll, update.results) })
      if (update._ === 'updateReadChannelDiscussionInbox') {
        emit({ event: 'read_discussion', group: marked.channel(update.channelId), top: update.topMsgId, max_id: update.readMaxId, post: update.broadcastPost ?? null })
      }
      if (update._ === 'updateReadChannelDiscussionOutbox') {
        emit({ event: 'comments_read', group: marked.channel(update.channelId), top: update.topMsgId, max_id: update.readMaxId })
      }
      if (update._ === 'updateUserStatus') emit({ event: 'status', user: update.userId, status: update.status._ })
    })
    if (session) await tg.importSession(session)
    await tg.connect()
    try {
      await tg.getMe()
      await start_updates()
      return { authorized: true }
    } catch (error) {
      if (error.text === 'AUTH_KEY_UNREGISTERED') return { authorized: false }
      throw error
    }
  },
  async invoke({ request }) {
    const answer = await tg.call(await build(request))
    if (/^update[^.]*$/.test(answer?._)) tg.handleClientUpdate(answer, false)  // mtcute leaves that to whoever calls
    return plain(answer)
  },
  session: () => tg.exportSession(),
  async send_code({ phone }) {
    const sent = await tg.call({ _: 'auth.sendCode', phoneNumber: phone, apiId: 1, apiHash: 'x', settings: { _: 'codeSettings' } })
    return { hash: sent.phoneCodeHash, type: sent.type._ }
  },
  async sign_in({ phone, hash, code }) {
    try {
      const result = await tg.call({ _: 'auth.signIn', phoneNumber: phone, phoneCodeHash: hash, phoneCode: code })
      if (result._ === 'auth.authorizationSignUpRequired') return { need: 'sign_up', terms: result.termsOfService?.text }
      return { user: user(await logged_in(result)) }
    } catch (error) {
      if (error.text === 'SESSION_PASSWORD_NEEDED') return { need: 'password' }
      throw error
    }
  },
  async sign_up({ phone, hash, first, last = '' }) {
    const result = await tg.call({ _: 'auth.signUp', phoneNumber: phone, phoneCodeHash: hash, firstName: first, lastName: last })
    return { user: user(await logged_in(result)) }
  },
  async password({ password }) {
    const me = await tg.checkPassword(password)
    await start_updates()
    return { user: user(me.raw) }
  },
  async set_password({ new: fresh, current, hint = '' }) {
    if (current && fresh) await tg.changeCloudPassword({ currentPassword: current, newPassword: fresh, hint })
    else if (fresh) await tg.enableCloudPassword({ password: fresh, hint })
    else await tg.removeCloudPassword(current)
    return true
  },
  prove_password: async ({ password }) => plain(await tg.computeSrpParams(await tg.call({ _: 'account.getPassword' }), password)),
  me: async () => user((await tg.getMe()).raw),
  resolve: async ({ username }) => user((await tg.getUser(username)).raw),
  set_username: async ({ username }) => { await tg.setMyUsername(username) },
  async import_contact({ phone, first, last = '' }) {
    return (await tg.importContacts([{ phone, firstName: first, lastName: last }])).users.map(user)
  },
  block: async ({ peer }) => { await tg.blockUser(peer); return true },
  unblock: async ({ peer }) => { await tg.unblockUser(peer); return true },
  async send({ peer, text, reply_to, silent, schedule }) {
    return message((await tg.sendText(peer, text, { replyTo: reply_to ?? undefined, silent, schedule: schedule ? new Date(schedule * 1000) : undefined })).raw)
  },
  async seen({ peer, ids }) {
    const request = { _: 'messages.getMessagesViews', peer: await tg.resolvePeer(peer), id: ids, increment: true }
    return (await tg.call(request)).views.map(v => v.views)
  },
  async link_discussion({ peer, group }) {
    return tg.call({ _: 'channels.setDiscussionGroup', broadcast: await tg.resolveChannel(peer), group: await tg.resolveChannel(group) })
  },
  comment: async ({ peer, post, text }) => message((await tg.sendText(peer, text, { commentTo: post })).raw),
  async discussion({ peer, id }) {
    const found = await tg.call({ _: 'messages.getDiscussionMessage', peer: await tg.resolvePeer(peer), msgId: id })
    return {
      first: found.messages.map(message), unread: found.unreadCount, max_id: found.maxId ?? null,
      read_inbox: found.readInboxMaxId ?? null, read_outbox: found.readOutboxMaxId ?? null,
    }
  },
  async read_discussion({ peer, id, max_id }) {
    return tg.call({ _: 'messages.readDiscussion', peer: await tg.resolvePeer(peer), msgId: id, readMaxId: max_id })
  },
  async comment_counts({ peer, ids }) {
    const request = { _: 'messages.getMessagesViews', peer: await tg.resolvePeer(peer), id: ids, increment: false }
    return (await tg.call(request)).views.map(v => v.replies?.replies ?? null)
  },
  async send_as_peers({ peer }) {
    return (await tg.call({ _: 'channels.getSendAs', peer: await tg.resolvePeer(peer) })).peers.map(p => peerId(p.peer))
  },
  send_as: async ({ peer, author, text }) => message((await tg.sendText(peer, text, { sendAs: author })).raw),
  async save_send_as({ peer, author }) {
    return tg.call({ _: 'messages.saveDefaultSendAs', peer: await tg.resolvePeer(peer), sendAs: await tg.resolvePeer(author) })
  },
  async who_read({ peer, id }) {
    return (await tg.call({ _: 'messages.getMessageReadParticipants', peer: await tg.resolvePeer(peer), msgId: id })).map(r => r.userId)
  },
  async message_link({ peer, id }) {
    return (await tg.call({ _: 'channels.exportMessageLink', channel: await tg.resolveChannel(peer), id, thread: true })).link
  },
  thread: async ({ peer, id }) => {
    const range = { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 50, maxId: 0, minId: 0, hash: Long.ZERO }
    const page = await tg.call({ _: 'messages.getReplies', peer: await tg.resolvePeer(peer), msgId: id, ...range })
    return page.messages.map(message)
  },
  history: async ({ peer, limit = 20, offset_id = 0 }) =>
    [...await tg.getHistory(peer, { limit, offset: offset_id ? { id: offset_id, date: 0 } : undefined })].map(m => message(m.raw)),
  search: async ({ peer, query }) => [...await tg.searchMessages({ chatId: peer, query, limit: 50 })].map(m => message(m.raw)),
  async search_posts({ query, hashtag, limit = 50 }) {
    const found = []
    let offset
    for (let pages = 0; pages < 100; pages++) {
      const page = query !== undefined
        ? await tg.searchPostsGlobal(query, { limit, offset })
        : await tg.searchHashtag(hashtag, { limit, offset })
      if (!page.length) return found
      found.push(...page.map(m => ({ peer: peerId(m.raw.peerId), id: m.id, text: m.raw.message })))
      if (!page.next) return found
      offset = page.next
    }
    throw new Error('pages without end')
  },
  search_global: async ({ query }) => (await tg.searchGlobal({ query, limit: 50 })).map(m => message(m.raw)),
  async find_peers({ query }) {
    const found = await tg.call({ _: 'contacts.search', q: query, limit: 20 })
    return { mine: found.myResults.map(peerId), others: found.results.map(peerId) }
  },
  edit: async ({ peer, id, text }) => message((await tg.editMessage({ chatId: peer, message: id, text })).raw),
  delete: async ({ peer, ids, revoke = true }) => { await tg.deleteMessagesById(peer, ids, { revoke }) },
  async forward({ peer, ids, from_peer, drop_author = false }) {
    return (await tg.forwardMessagesById({ toChatId: peer, fromChatId: from_peer, messages: ids, noAuthor: drop_author })).map(m => message(m.raw))
  },
  async send_poll({ peer, question, answers, public_voters, multiple, quiz, correct, solution, close_in }) {
    const common = { question, answers, public: public_voters, multiple, closePeriod: close_in }
    const wanted = quiz ? InputMedia.quiz({ ...common, correct, solution: solution && { text: solution, entities: [] } }) : InputMedia.poll(common)
    return message((await tg.sendMedia(peer, wanted)).raw)
  },
  async vote({ peer, id, answers }) {
    return known(await tg.sendVote({ chatId: peer, message: id, options: answers.length ? answers : null }))
  },
  async poll({ peer, id }) {
    const [found] = await tg.getMessages(peer, [id])
    return known(found.media)
  },
  async poll_results({ peer, id }) {
    const result = await tg.call({ _: 'messages.getPollResults', peer: await tg.resolvePeer(peer), msgId: id, pollHash: Long.ZERO })
    return poll(result.updates[0].poll, result.updates[0].results)
  },
  async poll_votes({ peer, id, answer, offset, count }) {
    const [found] = await tg.getMessages(peer, [id])
    const option = answer === undefined ? undefined : found.media.raw.answers[answer].option
    const page = await tg.call({ _: 'messages.getPollVotes', peer: await tg.resolvePeer(peer), id, option, offset: offset ?? undefined, limit: count })
    return { total: page.count, users: page.votes.map(v => peerId(v.peer)), next: page.nextOffset ?? null }
  },
  close_poll: async ({ peer, id }) => known(await tg.closePoll({ chatId: peer, message: id })),
  pin: async ({ peer, id }) => { await tg.pinMessage({ chatId: peer, message: id }) },
  read: async ({ peer, max_id }) => { await tg.readHistory(peer, { maxId: max_id }) },
  typing: async ({ peer }) => { await tg.sendTyping(peer, 'typing') },
  online: async ({ online = true }) => { await tg.sendOnline(online) },
  async dialogs() {
    const all = []
    for await (const d of tg.iterDialogs({ archived: 'keep' })) {
      all.push({
        peer: peerId(d.raw.peer), unread: d.unreadCount, top: d.lastMessage ? message(d.lastMessage.raw) : null,
        pinned: !!d.raw.pinned, draft: d.raw.draft?.message ?? null,
      })
    }
    return all
  },
  create_group: async ({ title, users }) => chat((await tg.createGroup({ title, users })).chat.raw),
  create_channel: async ({ title, broadcast, about = '' }) =>
    chat((await (broadcast ? tg.createChannel({ title, description: about }) : tg.createSupergroup({ title, description: about }))).raw),
  set_channel_username: async ({ peer, username }) => { await tg.setChatUsername(peer, username) },
  join: async ({ username }) => {
    const joined = await tg.joinChat(username)
    return chat((joined.chat ?? joined).raw)
  },
  export_invite: async ({ peer, approve = false }) =>
    ({ link: (await tg.createInviteLink(peer, { withApproval: approve })).link }),
  join_link: async ({ hash }) => {
    const joined = await tg.joinChat(`https://t.me/+${hash}`)
    return joined.status === 'request_sent' ? { waiting: true } : chat((joined.chat ?? joined).raw)
  },
  let_in: async ({ peer, user: who }) => { await tg.hideJoinRequest({ chatId: peer, user: who, action: 'approve' }) },
  leave: async ({ peer }) => { await tg.leaveChat(peer) },
  async participants({ peer }) {
    const all = []
    for await (const m of tg.iterChatMembers(peer)) all.push(user(m.user.raw))
    return all
  },
  mute_member: async ({ peer, user: who }) => { await tg.restrictChatMember({ chatId: peer, userId: who, restrictions: { sendMessages: true } }) },
  kick_member: async ({ peer, user: who }) => { await tg.banChatMember({ chatId: peer, participantId: who }) },
  draft: async ({ peer, text }) => tg.call({ _: 'messages.saveDraft', peer: await tg.resolvePeer(peer), message: text }),
  sessions: async () => (await tg.call({ _: 'account.getAuthorizations' })).authorizations
    .map(a => ({ hash: a.hash.toString(), current: !!a.current, device: a.deviceModel })),
  async end_session({ hash }) {
    const { authorizations } = await tg.call({ _: 'account.getAuthorizations' })
    return tg.call({ _: 'account.resetAuthorization', hash: authorizations.find(a => a.hash.toString() === hash).hash })
  },
  async upload_media({ path, kind = 'document', mime = 'application/octet-stream' }) {
    const file = await upload(path)
    const wanted = kind === 'photo'
      ? { _: 'inputMediaUploadedPhoto', file }
      : { _: 'inputMediaUploadedDocument', file, mimeType: mime, attributes: [{ _: 'documentAttributeFilename', fileName: basename(path) }] }
    return media(await tg.call({ _: 'messages.uploadMedia', peer: { _: 'inputPeerSelf' }, media: wanted }))
  },
  async fetch({ media: m, path, thumb = '' }) {
    const location = {
      _: m.kind === 'photo' ? 'inputPhotoFileLocation' : 'inputDocumentFileLocation', id: Long.fromString(m.id),
      accessHash: Long.fromString(m.access_hash), fileReference: Buffer.from(m.reference, 'hex'), thumbSize: thumb,
    }
    writeFileSync(path, await tg.downloadAsBuffer(location, { dcId: 2, fileSize: thumb ? m.sizes[thumb][2] : m.size }))
  },
  async send_file({ peer, path, kind = 'document', caption = '' }) {
    const wanted = { file: createReadStream(path), fileName: basename(path), fileSize: statSync(path).size, caption }
    return message((await tg.sendMedia(peer, kind === 'photo' ? InputMedia.photo(wanted.file, wanted) : InputMedia.document(wanted.file, wanted))).raw)
  },
  async send_album({ peer, paths, caption = '' }) {
    const album = paths.map((path, i) => InputMedia.photo(createReadStream(path), { fileName: basename(path), fileSize: statSync(path).size, caption: i === 0 ? caption : '' }))
    return (await tg.sendMediaGroup(peer, album)).map(m => message(m.raw))
  },
  async download({ peer, id, path }) {
    const [found] = await tg.getMessages(peer, [id])
    writeFileSync(path, await tg.downloadAsBuffer(found.media))
    return media(found.raw.media)
  },
  async install_stickers({ short_name }) {
    const set = await tg.getStickerSet(short_name)
    await tg.call({ _: 'messages.installStickerSet', stickerset: set.inputStickerSet, archived: false })
    return (await tg.getInstalledStickers()).map(s => s.shortName)
  },
  async send_sticker({ peer, short_name }) {
    return message((await tg.sendMedia(peer, (await tg.getStickerSet(short_name)).stickers[0].sticker.inputMedia)).raw)
  },
  set_photo: async ({ path }) => media(await tg.call({ _: 'photos.uploadProfilePhoto', file: await upload(path) })),
  async profile_photo({ peer, path }) {
    const who = await tg.getUser(peer)
    if (who.photo) writeFileSync(path, await tg.downloadAsBuffer(who.photo.small))
    return { shown: !!who.photo, count: (await tg.getProfilePhotos(peer)).total }
  },
  async takeout({ peer }) {
    const session = await tg.initTakeoutSession({
      contacts: true, messageUsers: true, messageChats: true, messageMegagroups: true, messageChannels: true,
      files: true, fileMaxSize: 1 << 30,
    })
    const history = async limit => ({
      _: 'messages.getHistory', peer: await tg.resolvePeer(peer), offsetId: 0, offsetDate: 0, addOffset: 0, limit,
      maxId: 0, minId: 0, hash: Long.ZERO,
    })
    const [range] = await session.call({ _: 'messages.getSplitRanges' })
    const all = await session.call(await history(300))
    const part = await session.call(await history(1), { withMessageRange: range })
    const saved = await session.call({ _: 'contacts.getSaved' })
    const left = await session.call({ _: 'channels.getLeftChannels', offset: 0 })
    await session.finish()
    return {
      id: session.id.toString(), texts: all.messages.map(m => m.message), in_range: part.messages.length,
      contacts: saved.map(c => c.phone), left: left.chats.map(c => c.title),
    }
  },
  after_takeout: ({ id }) => tg.call({ _: 'invokeWithTakeout', takeoutId: Long.fromString(id), query: { _: 'contacts.getSaved' } }),
  async saved_dialogs() {
    const page = await tg.call({ _: 'messages.getSavedDialogs', offsetDate: 0, offsetId: 0, offsetPeer: { _: 'inputPeerEmpty' }, limit: 100, hash: Long.ZERO })
    return page.dialogs.map(d => ({ peer: d.peer.userId ?? d.peer.channelId, pinned: !!d.pinned }))
  },
  async saved_history({ peer }) {
    const page = await tg.call({
      _: 'messages.getSavedHistory', peer: await tg.resolvePeer(peer), offsetId: 0, offsetDate: 0, addOffset: 0, limit: 100,
      maxId: 0, minId: 0, hash: Long.ZERO,
    })
    return page.messages.map(m => m.message)
  },
  pin_saved: async ({ peer, pinned = true }) =>
    tg.call({ _: 'messages.toggleSavedDialogPin', pinned, peer: { _: 'inputDialogPeer', peer: await tg.resolvePeer(peer) } }),
  log_out: async () => { await tg.logOut(); return true },
  delete_account: ({ reason = 'test' }) => tg.call({ _: 'account.deleteAccount', reason }),
  // Any method of the schema, as mtcute writes it: {_: 'messages.getHistory', peer: ..., ...}.
  raw: ({ request }) => tg.call(request),
  resolve_peer: ({ peer }) => tg.resolvePeer(peer),
  disconnect: async () => { await tg.disconnect() },
  reconnect: async () => { await tg.connect(); await start_updates() },
}

// mtcute asks for its first state in the background, and what arrives before the answer is no news to it:
// ready is when it has caught up. Its connection states do not tell: "connected" is also said by the transport.
async function start_updates() {
  await tg.startUpdatesLoop()
  while (tg._client.updates.catchingUp) await new Promise(done => setTimeout(done, 5))
}

async function logged_in(authorization) {
  await tg.notifyLoggedIn(authorization)
  await start_updates()
  return authorization.user
}

serve(adapter, error => {
  if (error.code !== undefined && error.text !== undefined) {
    // What is a number in a name, mtcute has under a name of its own.
    return { code: error.code, name: error.text.replace('%d', Object.values(error).find(v => typeof v === 'number' && v !== error.code)) }
  }
  return { code: -1, name: error.name, message: String(error.stack ?? error) }
})
