/**
 * The real Wechaty puppet service (npm `wechaty-puppet-service`) in front of a mocked
 * puppet, with a control port on loopback by which tests play the village.
 *
 * Ports: argv or JIFEN_GATEWAY_PORT (gRPC) and JIFEN_CONTROL_PORT (HTTP JSON).
 * Token: WECHATY_PUPPET_SERVICE_TOKEN. TLS is off unless
 * WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_SERVER is set to something but "true"; then the
 * certificate is the package's own or WECHATY_PUPPET_SERVICE_TLS_SERVER_CERT / _KEY.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import http from 'node:http'

process.env.WECHATY_LOG ??= 'silent'
process.env.WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_SERVER ??= 'true'

const { FileBox } = await import('file-box')
const PUPPET = await import('wechaty-puppet')
const { PuppetMock, mock } = await import('wechaty-puppet-mock')
const { PuppetServer } = await import('wechaty-puppet-service')

const grpcPort = Number(process.argv[2] ?? process.env.JIFEN_GATEWAY_PORT)
const controlPort = Number(process.argv[3] ?? process.env.JIFEN_CONTROL_PORT)
const token = process.env.WECHATY_PUPPET_SERVICE_TOKEN ?? 'token-of-the-tests'
const self = { id: 'bot', name: process.env.JIFEN_BOT_NAME ?? '积分助手' }
const Type = PUPPET.types.Message

const photos = new Map() // message id -> bytes
const faults = new Map() // message id -> { mode, times, ms }
const aliases = new Map() // room id -> Map(contact id -> alias)
const sent = [] // what the bot sent, oldest first
const counts = { payloads: 0, images: 0, members: 0, contacts: 0, dings: 0, starts: 0 }
const options = { sendIds: false, sendDelay: 0, sendError: '', echo: true }
let lastId = 0
let lastSent = 0

const mocker = new mock.Mocker()
const waiters = new Set() // functions that look whether enough was sent
const wait = ms => new Promise(resolve => setTimeout(resolve, ms))
const newId = () => `m${process.pid}-${++lastId}`

class VillagePuppet extends PuppetMock {

  async messagePayload (id) {
    counts.payloads++
    const fault = faults.get(id)
    if (fault && fault.times > 0) {
      fault.times--
      if (fault.mode === 'fail') { throw new Error('payload not there yet') }
      if (fault.mode === 'slow') { await wait(fault.ms) }
    }
    return this.mocker.messagePayload(id)
  }

  async messageImage (id, type) {
    counts.images++
    const fault = faults.get(`${id}#${type}`) ?? faults.get(`${id}#photo`)
    if (fault && fault.times > 0) {
      fault.times--
      if (fault.mode === 'fail') { throw new Error('image not there') }
      if (fault.mode === 'slow') { await wait(fault.ms) }
    }
    const bytes = photos.get(id)
    if (!bytes) { throw new Error('no photo of this id') }
    return FileBox.fromBuffer(bytes, `${id}.jpg`)
  }

  async messageFile (id) {
    return this.messageImage(id, 0)
  }

  async messageSendText (conversationId, text, mentions) {
    return this.record(conversationId, { mentions: mentions ?? [], text }, Type.Text)
  }

  async messageSendFile (conversationId, file) {
    const bytes = await file.toBuffer()
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const what = { mentions: [], name: file.name, photo: bytes.length, sha256, text: '' }
    return this.record(conversationId, what, Type.Image, bytes)
  }

  async record (conversationId, what, type, bytes) {
    if (options.sendDelay) { await wait(options.sendDelay) }
    if (options.sendError) { throw new Error(options.sendError) }
    if (!this.isLoggedIn) { throw new Error('not logged in') }
    const isRoom = conversationId.includes('@')
    const target = isRoom ? { room: conversationId, to: null } : { room: null, to: conversationId }
    const id = newId()
    sent.push({ n: ++lastSent, id, at: Date.now(), t: performance.now(), ...target, ...what })
    announceSent()
    if (bytes) { photos.set(id, bytes) }
    if (options.echo) {
      const { mentions, text } = what
      tell({ from: this.currentUserId, id, mentions, room: target.room, text, to: target.to, type })
    }
    return options.sendIds ? id : undefined
  }

  async roomMemberRawPayload (roomId, contactId) {
    counts.members++
    const payload = await super.roomMemberRawPayload(roomId, contactId)
    return { ...payload, roomAlias: aliases.get(roomId)?.get(contactId) ?? '' }
  }

  async contactRawPayload (id) {
    counts.contacts++
    return super.contactRawPayload(id)
  }

  ding (data) {
    counts.dings++
    return super.ding(data)
  }

  async start () {
    counts.starts++
    return super.start()
  }

}

const puppet = new VillagePuppet({ mocker })

/** Create a contact, or give a known one another name. */
function contact ({ id, name }) {
  const known = mocker.cacheContactPayload.get(id)
  if (known) {
    if (name) { known.name = name }
    puppet.cache.contact.delete(id)
    return { id }
  }
  const { Unknown } = PUPPET.types.ContactGender
  const type = PUPPET.types.Contact.Individual
  mocker.createContact({
    alias: '', avatar: '', friend: true, gender: Unknown, id, name: name ?? id, phone: [], type,
  })
  return { id }
}

/** Create a room (its id holds an @), or change the topic, members and aliases of a known one. */
function room ({ id, topic, members, aliases: names }) {
  if (!id.includes('@')) { throw new Error('a room id must hold an @') }
  for (const member of members ?? []) { contact({ id: member }) }
  const known = mocker.cacheRoomPayload.get(id)
  if (known) {
    if (topic) { known.topic = topic }
    if (members) { known.memberIdList = [...new Set([self.id, ...members])] }
    puppet.cache.room.delete(id)
  } else {
    const memberIdList = [...new Set([self.id, ...(members ?? [])])]
    mocker.createRoom({ adminIdList: [], id, memberIdList, ownerId: self.id, topic: topic ?? id })
  }
  if (!aliases.has(id)) { aliases.set(id, new Map()) }
  for (const [who, alias] of Object.entries(names ?? {})) { aliases.get(id).set(who, alias) }
  puppet.cache.roomMember.delete(id)
  return { id }
}

/** Put a message into the mocker and emit its event. */
function tell ({ room: roomId, from, to, text, type, mentions, id = newId(), at = Date.now() }) {
  if (!mocker.cacheContactPayload.has(from)) { contact({ id: from }) }
  if (roomId && !mocker.cacheRoomPayload.has(roomId)) { room({ id: roomId, members: [from] }) }
  if (!roomId && to && !mocker.cacheContactPayload.has(to)) { contact({ id: to }) }
  const where = roomId ? { mentionIdList: mentions ?? [], roomId } : { listenerId: to ?? self.id }
  mocker.MessageMock.create({ id, talkerId: from, text, timestamp: at, type, ...where })
  const t = performance.now()
  puppet.emit('message', { messageId: id })
  return { id, t }
}

function announceSent () {
  for (const look of waiters) { look() }
}

/** Answer as soon as n messages were sent in all, or after the timeout (ms); {sent, t}. */
function waitForSent ({ n, timeout = 10_000 }) {
  return new Promise(resolve => {
    const finish = () => {
      clearTimeout(timer)
      waiters.delete(look)
      resolve({ sent: lastSent, t: performance.now() })
    }
    const look = () => { if (lastSent >= n) { finish() } }
    const timer = setTimeout(finish, timeout)
    waiters.add(look)
    look()
  })
}

function say ({ mention, mentions, text, type, ...rest }) {
  const ids = mentions ?? (mention ? [self.id] : [])
  const alias = aliases.get(rest.room)?.get(self.id) || self.name
  const words = mention === true ? `@${alias}\u2005${text}` : text
  return tell({ ...rest, mentions: ids, text: words, type: type ?? Type.Text })
}

async function photo ({ bytes, path, id = newId(), ...rest }) {
  photos.set(id, path ? await readFile(path) : Buffer.from(bytes, 'base64'))
  return tell({ ...rest, id, text: '', type: Type.Image })
}

function recall ({ id }) {
  const { talkerId, roomId, listenerId } = mocker.messagePayload(id)
  return tell({ from: talkerId, room: roomId, text: id, to: listenerId, type: Type.Recalled })
}

function freeze ({ ms }) {
  setTimeout(() => {
    const end = Date.now() + ms
    while (Date.now() < end) { /* the event loop stands still while TCP stays open */ }
  }, 5)
  return {}
}

const doors = {
  'GET /healthz': () => ({ counts, loggedIn: puppet.isLoggedIn, ok: true, sent: lastSent }),
  'GET /sent': ({ after = 0 }) => sent.filter(({ n }) => n > Number(after)),
  'POST /burst': ({ room: roomId, messages }) =>
    ({ t: performance.now(), ids: messages.map(one => say({ room: roomId, ...one }).id) }),
  'POST /contact': contact,
  'POST /dirty': ({ type, id }) => { puppet.emit('dirty', { payloadId: id, payloadType: type }); return {} },
  'POST /duplicate': ({ id }) => { puppet.emit('message', { messageId: id }); return { id } },
  'POST /error': ({ text }) => { puppet.emit('error', new Error(text ?? 'an error of the tests')); return {} },
  'POST /freeze': freeze,
  'POST /login': ({ id }) => { puppet.login(id ?? self.id); return {} },
  'POST /logout': async () => { await puppet.logout('by the tests'); return {} },
  'POST /options': given => Object.assign(options, given),
  'POST /payload': ({ id, mode, times = 1, ms = 2000 }) => { faults.set(id, { mode, ms, times }); return {} },
  'POST /photo': photo,
  'POST /recall': recall,
  'POST /room': room,
  'POST /say': say,
  'POST /wait': waitForSent,
}

async function answer (request, response) {
  const url = new URL(request.url, 'http://127.0.0.1')
  try {
    const chunks = []
    for await (const chunk of request) { chunks.push(chunk) }
    const door = doors[`${request.method} ${url.pathname}`]
    if (!door) { response.writeHead(404).end('{}'); return }
    const query = Object.fromEntries(url.searchParams)
    const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {}
    const result = JSON.stringify(await door({ ...query, ...body }))
    response.writeHead(200, { 'content-type': 'application/json' }).end(result)
  } catch (error) {
    response.writeHead(500).end(JSON.stringify({ error: String(error?.message ?? error) }))
  }
}

contact(self)
puppet.on('error', () => {}) // without a client nobody else listens, and node would throw
const server = new PuppetServer({ endpoint: `127.0.0.1:${grpcPort}`, puppet, token })
await server.start()
await puppet.start()
puppet.login(self.id)
const control = http.createServer(answer)
control.listen(controlPort, '127.0.0.1', () => console.log(`ready ${grpcPort} ${controlPort}`))

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, async () => {
    control.close()
    await Promise.race([server.stop(), wait(1000)])
    process.exit(0)
  })
}
process.on('unhandledRejection', error => console.error('unhandled', error))
process.on('uncaughtException', error => console.error('uncaught', error))
