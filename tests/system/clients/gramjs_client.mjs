// GramJS behind the JSON-lines commands that the scenarios speak (see ../README.md).
import { createHash, createPublicKey } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import bigInt from 'big-integer'
import telegram from 'telegram'
import sessions from 'telegram/sessions/index.js'
import connections from 'telegram/network/connection/index.js'
import extensions from 'telegram/extensions/index.js'
import rsa from 'telegram/crypto/RSA.js'
import events from 'telegram/events/index.js'
import eventsEdited from 'telegram/events/EditedMessage.js'
import eventsDeleted from 'telegram/events/DeletedMessage.js'
import password from 'telegram/Password.js'
import uploads from 'telegram/client/uploads.js'
import utils from 'telegram/Utils.js'
import generation from 'telegram/tl/generationHelpers.js'
import apiTl from 'telegram/tl/apiTl.js'
import { translator } from './schema.mjs'
import { emit, serve, shapes } from './wire.mjs'

const { TelegramClient, Api, helpers } = telegram
const TRANSPORTS = {
  full: connections.ConnectionTCPFull,
  abridged: connections.ConnectionTCPAbridged,
  obfuscated: connections.ConnectionTCPObfuscated,
}

function trust(pem) {
  const jwk = createPublicKey(pem).export({ format: 'jwk' })
  const n = Buffer.from(jwk.n, 'base64url')
  const tl = Buffer.concat([Buffer.from([254, 0, 1, 0]), n, Buffer.from([3, 1, 0, 1])])
  const fingerprint = createHash('sha1').update(tl).digest().readBigInt64LE(12)
  rsa._serverKeys.set(fingerprint.toString(), { n: bigInt(n.toString('hex'), 16), e: 65537 })
}

const number = v => (v === null || v === undefined ? null : Number(v))
// Groups and channels by the numbers that Bot API made usual: -id, -100...id.
const marked = { group: id => -Number(id), channel: id => -1000000000000 - Number(id) }
const peerId = p => {
  if (p?.chatId !== undefined) return marked.group(p.chatId)
  if (p?.channelId !== undefined) return marked.channel(p.channelId)
  return number(p?.userId ?? p)
}
const chat = c => ({
  peer: c.className === 'Chat' || c.className === 'ChatForbidden' ? marked.group(c.id) : marked.channel(c.id),
  title: c.title, members: c.participantsCount ?? null, username: c.username ?? null, left: !!c.left,
})
const user = u => ({
  id: number(u.id), first_name: u.firstName, last_name: u.lastName ?? null, username: u.username ?? null,
  phone: u.phone ?? null, self: !!u.self, contact: !!u.contact, mutual: !!u.mutualContact, deleted: !!u.deleted,
  status: u.status?.className ?? null,
})
const { replies, poll } = shapes(peerId, marked.channel)
const message = m => ({
  id: m.id, peer: peerId(m.peerId), from: peerId(m.fromId) ?? number(m.senderId ?? (m.out ? null : m.peerId?.userId)), out: !!m.out,
  text: m.message ?? '', date: m.date, edited: !!m.editDate, reply_to: m.replyTo?.replyToMsgId ?? null,
  forward: m.fwdFrom ? { from: peerId(m.fwdFrom.fromId), name: m.fwdFrom.fromName ?? null } : null,
  entities: (m.entities ?? []).map(e => e.className.replace('MessageEntity', '').toLowerCase()),
  action: m.action?.className ?? null, pinned: !!m.pinned, silent: !!m.silent, ttl: m.ttlPeriod ?? null,
  media: m.media ? m.media.className.replace('MessageMedia', '').toLowerCase() : null, album: m.groupedId?.toString() ?? null,
  saved_from: m.fwdFrom?.savedFromPeer ? { peer: peerId(m.fwdFrom.savedFromPeer), id: m.fwdFrom.savedFromMsgId } : null,
  replies: m.replies ? replies(m.replies) : null,
})

// A photo or document with what it takes to fetch it.
const media = m => {
  const thing = m.photo ?? m.document
  const photo = thing.className === 'Photo'
  const sizes = (photo ? thing.sizes : thing.thumbs) ?? []
  const stripped = sizes.find(s => s.className === 'PhotoStrippedSize')
  return {
    kind: photo ? 'photo' : 'document', id: thing.id.toString(), access_hash: thing.accessHash.toString(),
    reference: Buffer.from(thing.fileReference).toString('hex'), size: photo ? null : number(thing.size),
    mime: photo ? null : thing.mimeType,
    name: (thing.attributes ?? []).find(a => a.className === 'DocumentAttributeFilename')?.fileName ?? null,
    sizes: Object.fromEntries(sizes.filter(s => s.className === 'PhotoSize').map(s => [s.type, [s.w, s.h, s.size]])),
    stripped: stripped ? utils.strippedPhotoToJpg(stripped.bytes).toString('hex') : null,
  }
}
const upload = async path => client.uploadFile({ file: new uploads.CustomFile(basename(path), statSync(path).size, path), workers: 4 })

let client
let where
const lower = name => name.replace(/[^.]*$/, last => last[0].toLowerCase() + last.slice(1))
const snake = name => name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`)
const schema = new Map()
for (const { namespace, name, argsConfig } of generation.parseTl(apiTl, 109)) {
  const fields = Object.entries(argsConfig).filter(([, f]) => !f.flagIndicator)
  schema.set(lower(namespace ? `${namespace}.${name}` : name),
    fields.map(([field, f]) => ({ name: snake(field), type: f.type, flag: f.isFlag, vector: f.isVector })))
}
const asInput = { InputPeer: utils.getInputPeer, InputUser: utils.getInputUser, InputChannel: utils.getInputChannel }
const { build, plain, knows } = translator({
  schema, peerId, nameOf: o => lower(o.className), long: text => bigInt(text), longFrom: v => (bigInt.isInstance(v) ? v.toString() : null),
  resolve: async (type, peer) => asInput[type](await client.getInputEntity(peer)),
  make: (name, values) => {
    const [last, space] = name.split('.').reverse()
    const Made = (space ? Api[space] : Api)[last[0].toUpperCase() + last.slice(1)]
    return new Made(values)
  },
})
const adapter = {
  async connect(options) {
    where = options
    const { host, port, pem, transport = 'full', websocket = false, session = '' } = options
    trust(pem)
    const Base = websocket ? connections.ConnectionTCPObfuscated : TRANSPORTS[transport]
    // GramJS fixes its ports at 80 and 443; its own `connection` parameter is the public way round.
    class Fixed extends Base {
      constructor(parameters) { super({ ...parameters, ip: host, port }) }
    }
    const stored = new sessions.StringSession(session)
    if (!session) stored.setDC(2, host, port)
    client = new TelegramClient(stored, 1, 'x', {
      connection: Fixed, connectionRetries: 20, retryDelay: 200, requestRetries: 3, floodSleepThreshold: 0,
      networkSocket: websocket ? extensions.PromisedWebSockets : extensions.PromisedNetSockets,
    })
    client.setLogLevel('error')
    client.addEventHandler(e => emit({ event: 'new_message', message: message(e.message) }), new events.NewMessage({}))
    client.addEventHandler(e => emit({ event: 'edit_message', message: message(e.message) }), new eventsEdited.EditedMessage({}))
    client.addEventHandler(e => emit({ event: 'delete_messages', ids: e.deletedIds }), new eventsDeleted.DeletedMessage({}))
    client.addEventHandler(update => {
      if (update.className && knows(lower(update.className))) emit({ event: lower(update.className), ...plain(update) })
      if (update.className === 'UpdateMessagePoll') emit({ event: 'poll', ...poll(update.poll, update.results) })
      if (update.className === 'UpdateUserTyping') emit({ event: 'typing', user: number(update.userId) })
      if (update.className === 'UpdateUserStatus') emit({ event: 'status', user: number(update.userId), status: update.status.className })
      if (update.className === 'UpdateReadHistoryOutbox') emit({ event: 'read_outbox', peer: peerId(update.peer), max_id: update.maxId })
      if (update.className === 'UpdateReadHistoryInbox') emit({ event: 'read_inbox', peer: peerId(update.peer), max_id: update.maxId })
      if (update.className === 'UpdateReadChannelDiscussionInbox') {
        emit({ event: 'read_discussion', group: marked.channel(update.channelId), top: update.topMsgId, max_id: update.readMaxId, post: update.broadcastPost ?? null })
      }
      if (update.className === 'UpdateReadChannelDiscussionOutbox') {
        emit({ event: 'comments_read', group: marked.channel(update.channelId), top: update.topMsgId, max_id: update.readMaxId })
      }
    })
    await client.connect()
    return { authorized: await client.isUserAuthorized() }
  },
  invoke: async ({ request }) => plain(await client.invoke(await build(request))),
  session: () => client.session.save(),
  async send_code({ phone }) {
    const sent = await client.invoke(new Api.auth.SendCode({ phoneNumber: phone, apiId: 1, apiHash: 'x', settings: new Api.CodeSettings({}) }))
    return { hash: sent.phoneCodeHash, type: sent.type.className }
  },
  async sign_in({ phone, hash, code }) {
    try {
      const result = await client.invoke(new Api.auth.SignIn({ phoneNumber: phone, phoneCodeHash: hash, phoneCode: code }))
      if (result.className === 'auth.AuthorizationSignUpRequired') return { need: 'sign_up', terms: result.termsOfService?.text }
      return { user: user(result.user) }
    } catch (error) {
      if (error.errorMessage === 'SESSION_PASSWORD_NEEDED') return { need: 'password' }
      throw error
    }
  },
  async sign_up({ phone, hash, first, last = '' }) {
    const result = await client.invoke(new Api.auth.SignUp({ phoneNumber: phone, phoneCodeHash: hash, firstName: first, lastName: last }))
    return { user: user(result.user) }
  },
  async password({ password: given }) {
    const state = await client.invoke(new Api.account.GetPassword())
    const check = await password.computeCheck(state, given)
    const result = await client.invoke(new Api.auth.CheckPassword({ password: check }))
    return { user: user(result.user) }
  },
  set_password: ({ new: fresh, current, hint = '' }) =>
    client.updateTwoFaSettings({ isCheckPassword: !!current, currentPassword: current, newPassword: fresh, hint }),
  prove_password: async ({ password: given }) =>
    plain(await password.computeCheck(await client.invoke(new Api.account.GetPassword()), given)),
  async me() {
    const me = await client.getMe()
    return me ? user(me) : null
  },
  resolve: async ({ username }) => user(await client.getEntity(username)),
  set_username: async ({ username }) => { await client.invoke(new Api.account.UpdateUsername({ username })) },
  async import_contact({ phone, first, last = '' }) {
    const result = await client.invoke(new Api.contacts.ImportContacts({
      contacts: [new Api.InputPhoneContact({ clientId: bigInt(0), phone, firstName: first, lastName: last })],
    }))
    return result.users.map(user)
  },
  block: async ({ peer }) => client.invoke(new Api.contacts.Block({ id: await client.getInputEntity(peer) })),
  unblock: async ({ peer }) => client.invoke(new Api.contacts.Unblock({ id: await client.getInputEntity(peer) })),
  async send({ peer, text, reply_to, silent, markdown, schedule }) {
    return message(await client.sendMessage(peer, {
      message: text, replyTo: reply_to ?? undefined, silent, schedule: schedule ?? undefined, parseMode: markdown ? 'md' : false,
    }))
  },
  seen: async ({ peer, ids }) =>
    (await client.invoke(new Api.messages.GetMessagesViews({ peer, id: ids, increment: true }))).views.map(v => v.views),
  link_discussion: async ({ peer, group }) => client.invoke(new Api.channels.SetDiscussionGroup({ broadcast: peer, group })),
  comment: async ({ peer, post, text }) => message(await client.sendMessage(peer, { message: text, commentTo: post, parseMode: false })),
  async discussion({ peer, id }) {
    const found = await client.invoke(new Api.messages.GetDiscussionMessage({ peer, msgId: id }))
    return {
      first: found.messages.map(message), unread: found.unreadCount, max_id: found.maxId ?? null,
      read_inbox: found.readInboxMaxId ?? null, read_outbox: found.readOutboxMaxId ?? null,
    }
  },
  read_discussion: async ({ peer, id, max_id }) => client.invoke(new Api.messages.ReadDiscussion({ peer, msgId: id, readMaxId: max_id })),
  comment_counts: async ({ peer, ids }) =>
    (await client.invoke(new Api.messages.GetMessagesViews({ peer, id: ids, increment: false }))).views.map(v => v.replies?.replies ?? null),
  send_as_peers: async ({ peer }) => (await client.invoke(new Api.channels.GetSendAs({ peer }))).peers.map(p => peerId(p.peer)),
  async send_as({ peer, author, text }) {
    const sent = await client.invoke(new Api.messages.SendMessage({ peer, sendAs: author, message: text, randomId: helpers.generateRandomBigInt() }))
    return message(sent.updates.find(u => u.className === 'UpdateNewChannelMessage').message)
  },
  save_send_as: async ({ peer, author }) => client.invoke(new Api.messages.SaveDefaultSendAs({ peer, sendAs: author })),
  who_read: async ({ peer, id }) =>
    (await client.invoke(new Api.messages.GetMessageReadParticipants({ peer, msgId: id }))).map(r => number(r.userId)),
  message_link: async ({ peer, id }) => (await client.invoke(new Api.channels.ExportMessageLink({ channel: peer, id, thread: true }))).link,
  thread: async ({ peer, id }) => (await client.getMessages(peer, { limit: 50, replyTo: id })).map(message),
  history: async ({ peer, limit = 20, offset_id = 0 }) => (await client.getMessages(peer, { limit, offsetId: offset_id })).map(message),
  search: async ({ peer, query }) => (await client.getMessages(peer, { search: query, limit: 50 })).map(message),
  async search_posts({ hashtag, limit = 50 }) {  // its layer knows hashtags only
    const found = []
    let offset = { offsetRate: 0, offsetPeer: new Api.InputPeerEmpty(), offsetId: 0 }
    for (let pages = 0; pages < 100; pages++) {
      const page = await client.invoke(new Api.channels.SearchPosts({ hashtag, limit, ...offset }))
      found.push(...page.messages.map(m => ({ peer: peerId(m.peerId), id: m.id, text: m.message })))
      if (!page.nextRate) return found
      const last = page.messages.at(-1)
      const chat = page.chats.find(c => c.id.equals(last.peerId.channelId))
      offset = { offsetRate: page.nextRate, offsetPeer: utils.getInputPeer(chat), offsetId: last.id }
    }
    throw new Error('pages without end')
  },
  search_global: async ({ query }) => (await client.getMessages(undefined, { search: query, limit: 50 })).map(message),
  async find_peers({ query }) {
    const found = await client.invoke(new Api.contacts.Search({ q: query, limit: 20 }))
    return { mine: found.myResults.map(peerId), others: found.results.map(peerId) }
  },
  edit: async ({ peer, id, text }) => message(await client.editMessage(peer, { message: id, text })),
  delete: async ({ peer, ids, revoke = true }) => { await client.deleteMessages(peer, ids, { revoke }) },
  async forward({ peer, ids, from_peer, drop_author = false }) {
    const sent = await client.forwardMessages(peer, { messages: ids, fromPeer: from_peer, dropAuthor: drop_author })
    return sent.flat().map(message)
  },
  async send_poll({ peer, question, answers, public_voters, multiple, quiz, correct, solution, close_in }) {
    const text = t => new Api.TextWithEntities({ text: t, entities: [] })
    const media = new Api.InputMediaPoll({
      poll: new Api.Poll({
        id: bigInt(0), question: text(question), publicVoters: public_voters, multipleChoice: multiple, quiz, closePeriod: close_in,
        answers: answers.map((a, i) => new Api.PollAnswer({ text: text(a), option: Buffer.from([i]) })),
      }),
      correctAnswers: correct === undefined ? undefined : [Buffer.from([correct])],
      solution, solutionEntities: solution === undefined ? undefined : [],
    })
    return message(await client.sendMessage(peer, { file: media }))
  },
  async vote({ peer, id, answers }) {
    const [found] = await client.getMessages(peer, { ids: [id] })
    const options = answers.map(i => found.media.poll.answers[i].option)
    const result = await client.invoke(new Api.messages.SendVote({ peer, msgId: id, options }))
    const update = result.updates.find(u => u.className === 'UpdateMessagePoll')
    return poll(update.poll, update.results)
  },
  async poll({ peer, id }) {
    const [found] = await client.getMessages(peer, { ids: [id] })
    return poll(found.media.poll, found.media.results)
  },
  async poll_results({ peer, id }) {
    const result = await client.invoke(new Api.messages.GetPollResults({ peer, msgId: id }))
    return poll(result.updates[0].poll, result.updates[0].results)
  },
  async poll_votes({ peer, id, answer, offset, count }) {
    const [found] = await client.getMessages(peer, { ids: [id] })
    const option = answer === undefined ? undefined : found.media.poll.answers[answer].option
    const page = await client.invoke(new Api.messages.GetPollVotes({ peer, id, option, offset: offset ?? undefined, limit: count }))
    return { total: page.count, users: page.votes.map(v => peerId(v.peer)), next: page.nextOffset ?? null }
  },
  async close_poll({ peer, id }) {
    const [found] = await client.getMessages(peer, { ids: [id] })
    const closed = new Api.Poll({ id: found.media.poll.id, closed: true, question: found.media.poll.question, answers: found.media.poll.answers })
    const result = await client.invoke(new Api.messages.EditMessage({ peer, id, media: new Api.InputMediaPoll({ poll: closed }) }))
    const update = result.updates.find(u => u.className === 'UpdateMessagePoll')
    return poll(update.poll, update.results)
  },
  pin: async ({ peer, id }) => { await client.pinMessage(peer, id) },
  read: async ({ peer, max_id }) => { await client.markAsRead(peer, undefined, { maxId: max_id }) },
  typing: async ({ peer }) => { await client.invoke(new Api.messages.SetTyping({ peer, action: new Api.SendMessageTypingAction() })) },
  online: async ({ online = true }) => { await client.invoke(new Api.account.UpdateStatus({ offline: !online })) },
  dialogs: async () => (await client.getDialogs({})).map(d => ({
    peer: number(d.id), unread: d.unreadCount, top: d.message ? message(d.message) : null, pinned: !!d.pinned,
    draft: d.dialog.draft?.message ?? null,
  })),
  draft: async ({ peer, text }) => client.invoke(new Api.messages.SaveDraft({ peer, message: text })),
  async create_group({ title, users }) {
    const result = await client.invoke(new Api.messages.CreateChat({ users, title }))
    return chat((result.updates ?? result).chats[0])
  },
  async create_channel({ title, broadcast, about = '' }) {
    const result = await client.invoke(new Api.channels.CreateChannel({ title, about, broadcast, megagroup: !broadcast }))
    return chat(result.chats[0])
  },
  set_channel_username: ({ peer, username }) => client.invoke(new Api.channels.UpdateUsername({ channel: peer, username })),
  async join({ username }) {
    const result = await client.invoke(new Api.channels.JoinChannel({ channel: username }))
    return chat((result.updates?.chats ? result.updates : result).chats[0])
  },
  async export_invite({ peer, approve = false }) {
    return { link: (await client.invoke(new Api.messages.ExportChatInvite({ peer, requestNeeded: approve }))).link }
  },
  async join_link({ hash }) {
    try {
      const result = await client.invoke(new Api.messages.ImportChatInvite({ hash }))
      return chat((result.chats ? result : result.updates).chats[0])
    } catch (e) {
      if (e.errorMessage === 'INVITE_REQUEST_SENT') return { waiting: true }
      throw e
    }
  },
  async let_in({ peer, user: who }) {
    await client.invoke(new Api.messages.HideChatJoinRequest({ approved: true, peer, userId: who }))
  },
  async leave({ peer }) {
    if (peer > -1000000000000) await client.invoke(new Api.messages.DeleteChatUser({ chatId: bigInt(-peer), userId: 'me' }))
    else await client.invoke(new Api.channels.LeaveChannel({ channel: peer }))
  },
  participants: async ({ peer }) => (await client.getParticipants(peer, {})).map(user),
  mute_member: async ({ peer, user: who }) => {
    await client.invoke(new Api.channels.EditBanned({
      channel: peer, participant: who, bannedRights: new Api.ChatBannedRights({ untilDate: 0, sendMessages: true }),
    }))
  },
  kick_member: async ({ peer, user: who }) => {
    await client.invoke(new Api.channels.EditBanned({
      channel: peer, participant: who, bannedRights: new Api.ChatBannedRights({ untilDate: 0, viewMessages: true }),
    }))
  },
  async sessions() {
    const result = await client.invoke(new Api.account.GetAuthorizations())
    return result.authorizations.map(a => ({ hash: a.hash.toString(), current: !!a.current, device: a.deviceModel }))
  },
  end_session: async ({ hash }) => client.invoke(new Api.account.ResetAuthorization({ hash: bigInt(hash) })),
  async upload_media({ path, kind = 'document', mime = 'application/octet-stream' }) {
    const file = await upload(path)
    const wanted = kind === 'photo'
      ? new Api.InputMediaUploadedPhoto({ file })
      : new Api.InputMediaUploadedDocument({ file, mimeType: mime, attributes: [new Api.DocumentAttributeFilename({ fileName: basename(path) })] })
    return media(await client.invoke(new Api.messages.UploadMedia({ peer: new Api.InputPeerSelf(), media: wanted })))
  },
  async fetch({ media: m, path, thumb = '' }) {
    const Place = m.kind === 'photo' ? Api.InputPhotoFileLocation : Api.InputDocumentFileLocation
    const place = new Place({ id: bigInt(m.id), accessHash: bigInt(m.access_hash), fileReference: Buffer.from(m.reference, 'hex'), thumbSize: thumb })
    const size = thumb ? m.sizes[thumb][2] : m.size
    writeFileSync(path, await client.downloadFile(place, { dcId: 2, fileSize: bigInt(size), partSizeKb: 512, workers: 4 }))
  },
  async send_file({ peer, path, kind = 'document', caption = '' }) {
    return message(await client.sendFile(peer, { file: path, caption, forceDocument: kind === 'document', workers: 4 }))
  },
  send_album: async ({ peer, paths, caption = '' }) =>
    (await client.sendFile(peer, { file: paths, caption: paths.map((_, i) => (i === 0 ? caption : '')), workers: 4 })).map(message),
  async download({ peer, id, path }) {
    const [found] = await client.getMessages(peer, { ids: [id] })
    writeFileSync(path, await client.downloadMedia(found))
    return media(found.media)
  },
  sticker_set: ({ short_name }) =>
    client.invoke(new Api.messages.GetStickerSet({ stickerset: new Api.InputStickerSetShortName({ shortName: short_name }), hash: 0 })),
  async install_stickers({ short_name }) {
    const { set } = await adapter.sticker_set({ short_name })
    await client.invoke(new Api.messages.InstallStickerSet({ stickerset: new Api.InputStickerSetID({ id: set.id, accessHash: set.accessHash }), archived: false }))
    return (await client.invoke(new Api.messages.GetAllStickers({ hash: bigInt(0) }))).sets.map(s => s.shortName)
  },
  async send_sticker({ peer, short_name }) {
    return message(await client.sendFile(peer, { file: (await adapter.sticker_set({ short_name })).documents[0] }))
  },
  set_photo: async ({ path }) => media(await client.invoke(new Api.photos.UploadProfilePhoto({ file: await upload(path) }))),
  async profile_photo({ peer, path }) {
    const who = await client.getEntity(peer)
    const bytes = await client.downloadProfilePhoto(who, { isBig: false })
    if (bytes?.length) writeFileSync(path, bytes)
    const { photos } = await client.invoke(new Api.photos.GetUserPhotos({ userId: peer, offset: 0, maxId: bigInt(0), limit: 10 }))
    return { shown: who.photo?.className === 'UserProfilePhoto', count: photos.length }
  },
  async takeout({ peer }) {
    const { id } = await client.invoke(new Api.account.InitTakeoutSession({
      contacts: true, messageUsers: true, messageChats: true, messageMegagroups: true, messageChannels: true,
      files: true, fileMaxSize: bigInt(1 << 30),
    }))
    const ask = query => client.invoke(new Api.InvokeWithTakeout({ takeoutId: id, query }))
    const history = async options => new Api.messages.GetHistory({ peer: await client.getInputEntity(peer), hash: bigInt(0), ...options })
    const [range] = await ask(new Api.messages.GetSplitRanges())
    const all = await ask(await history({ limit: 300 }))
    const part = await ask(new Api.InvokeWithMessagesRange({ range, query: await history({ limit: 1 }) }))
    const saved = await ask(new Api.contacts.GetSaved())
    const left = await ask(new Api.channels.GetLeftChannels({ offset: 0 }))
    await ask(new Api.account.FinishTakeoutSession({ success: true }))
    return {
      id: id.toString(), texts: all.messages.map(m => m.message), in_range: part.messages.length,
      contacts: saved.map(c => c.phone), left: left.chats.map(c => c.title),
    }
  },
  after_takeout: ({ id }) => client.invoke(new Api.InvokeWithTakeout({ takeoutId: bigInt(id), query: new Api.contacts.GetSaved() })),
  async saved_dialogs() {
    const page = await client.invoke(new Api.messages.GetSavedDialogs({ offsetPeer: new Api.InputPeerEmpty(), limit: 100, hash: bigInt(0) }))
    return page.dialogs.map(d => ({ peer: Number(d.peer.userId ?? d.peer.channelId), pinned: !!d.pinned }))
  },
  async saved_history({ peer }) {
    const page = await client.invoke(new Api.messages.GetSavedHistory({ peer, limit: 100, hash: bigInt(0) }))
    return page.messages.map(m => m.message)
  },
  pin_saved: async ({ peer, pinned = true }) =>
    client.invoke(new Api.messages.ToggleSavedDialogPin({ pinned, peer: new Api.InputDialogPeer({ peer: await client.getInputEntity(peer) }) })),
  log_out: async () => { await client.invoke(new Api.auth.LogOut()); return true },
  delete_account: async ({ reason = 'test' }) => client.invoke(new Api.account.DeleteAccount({ reason })),
  // A GramJS client that was disconnected does not answer calls when connected again: a new one on the same key does.
  disconnect: async () => { where = { ...where, session: client.session.save() }; await client.destroy() },
  reconnect: async () => {
    await adapter.connect(where)
    await client.getDialogs({}) // a new client knows nobody's access hash yet
  },
}

serve(adapter, error => {
  if (error.constructor.name === 'SlowModeWaitError') return { code: 420, name: `SLOWMODE_WAIT_${error.seconds}` }
  if (error.seconds !== undefined && error.code === 420) return { code: 420, name: `FLOOD_WAIT_${error.seconds}` }
  if (error.errorMessage) return { code: error.code, name: error.errorMessage }
  return { code: -1, name: error.name, message: String(error.stack ?? error) }
})
