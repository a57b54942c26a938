'use strict'
// The same API with Fastify and pg.

const fastify = require('fastify')
const { Pool, types } = require('pg')
const { v4: uuid4, v7: uuid7 } = require('uuid')
const { open, seal, unwrap } = require('./sealing')
const schemas = require('./schemas')
const run = require('./statements')

const PAGE = 25
const TEAM = ['therapist', 'prescriber', 'supervisor']
const MAY = {
  'reflection:create': ['patient'],
  'reflection:read': ['patient', ...TEAM],
  'reflection:list': ['patient', ...TEAM],
  'worklist:read': TEAM
}

// A Date would lose microseconds; the database's own text is an RFC 3339 instant but for the space.
types.setTypeParser(types.builtins.TIMESTAMPTZ, (value) => value.replace(' ', 'T').replace('+00', 'Z'))
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10, options: '-c timezone=UTC' })
const wrappedKeys = new Map() // by patient

const app = fastify({
  ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  logger: { level: 'error' },
  genReqId: () => uuid4().replaceAll('-', '')
})
app.register(require('@fastify/jwt'), {
  secret: Buffer.from(process.env.BENCH_TOKEN_KEY, 'hex'),
  verify: { algorithms: ['HS256'], allowedIss: 'integration-api', allowedAud: 'integration-api', requiredClaims: ['exp'] }
})

class Refused extends Error {
  constructor (statusCode, subjectId = null) {
    super(statusCode === 401 ? 'Not signed in.' : 'Refused.')
    this.statusCode = statusCode
    this.subjectId = subjectId
  }
}

app.setErrorHandler((error, request, reply) => {
  const status = error.validation ? 422 : error.code === '23505' ? 409 : error.statusCode ?? 500
  if (status === 500) request.log.error(error)
  reply.code(status).send({ detail: status < 500 ? error.message : 'Something went wrong.' })
})

// One transaction: who asks, what they ask for, and its ledger row. A refusal is recorded too.
const work = (action, handler) => async (request, reply) => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const { clinic, sub, sid, epoch } = request.user
    const actor = (await run(client, 'actor', [clinic, sub, sid, epoch])).rows[0]
    if (actor === undefined) throw new Refused(401)
    const held = JSON.parse(actor.roles)
    const job = { client, request, reply, action, actor, now: new Date().toISOString() }
    job.role = held.find((role) => MAY[action].includes(role)) ?? null
    try {
      if (job.role === null) throw new Refused(403)
      const answer = await handler(job)
      await client.query('COMMIT')
      return answer
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      await record(job, 'request.refused', {
        subjectId: error.subjectId,
        isPrivate: actor.patient_id !== null && action.startsWith('reflection:'),
        outcome: 'denied',
        reason: error.statusCode === 404 ? 'not-found' : 'forbidden'
      })
      await client.query('COMMIT')
      throw error
    }
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

function record (job, event, { subjectId = null, patientId = null, isPrivate = false, outcome = 'done', reason = null }) {
  const { actor, now, action, role, request } = job
  return run(job.client, 'record', [
    actor.clinic_id, uuid7(), now, event, action, outcome, reason, actor.id, role, subjectId, patientId, isPrivate,
    request.id
  ])
}

function allowedActions (row, role) {
  if (role !== 'patient') return role !== 'supervisor' && row.sharing === 'shared' ? ['reply', 'review'] : []
  if (row.state === 'draft') return ['update', 'delete', 'submit']
  if (row.sharing === 'private') return ['update', 'delete', 'share']
  return row.first_read_at === null ? ['update', 'unshare', 'reply'] : ['update', 'reply']
}

function present (row, role) {
  const key = unwrap(row.wrapped_key, row.clinic_id, row.patient_id)
  return {
    ...row,
    ...open(key, row.id, row.version, 'content', row.content),
    monitoring: open(key, row.id, row.version, 'monitoring', row.monitoring),
    edited_since_review: Boolean(row.edited_at && row.reviewed_at && new Date(row.edited_at) > new Date(row.reviewed_at)),
    allowed_actions: allowedActions(row, role)
  }
}

async function markRead ({ client, actor, now }, rows) {
  const fresh = actor.patient_id === null ? rows.filter((row) => row.first_read_at === null) : []
  if (fresh.length > 0) await run(client, 'markRead', [actor.clinic_id, fresh.map((row) => row.id), now])
  for (const row of fresh) row.first_read_at = now
}

const cursorOf = (at, id) => Buffer.from(`${at}|${id}`).toString('base64url')

function positionOf (cursor) {
  const [at, id] = Buffer.from(cursor, 'base64url').toString().split('|')
  if (!/^[0-9a-f-]{36}$/.test(id) || Number.isNaN(Date.parse(at))) {
    throw Object.assign(new Error('Not a cursor of this list.'), { statusCode: 422 })
  }
  return [at, id]
}

async function wrappedKeyOf (client, clinicId, patientId) {
  if (!wrappedKeys.has(patientId)) {
    const found = await run(client, 'vaultKey', [clinicId, patientId])
    wrappedKeys.set(patientId, found.rows[0].wrapped_key)
  }
  return wrappedKeys.get(patientId)
}

async function createReflection (job) {
  const { client, actor, now, reply } = job
  const { id, session_id: sessionId, kind, captured_at: capturedAt, ...content } = job.request.body
  const { clinic_id: clinicId, patient_id: patientId } = actor
  const rowId = (id ?? uuid7()).toLowerCase()
  content.tags = content.tags.map((tag) => tag.trim())
  content.insights = content.insights.map((one) => ({ id: one.id ?? uuid7(), text: one.text.trim() }))
  if (sessionId !== null) {
    const found = await run(client, 'readSession', [clinicId, patientId, sessionId])
    if (found.rows.length === 0) throw new Refused(404)
  }
  const wrapped = await wrappedKeyOf(client, clinicId, patientId)
  const sealed = seal(unwrap(wrapped, clinicId, patientId), rowId, 1, 'content', content)
  const values = [clinicId, rowId, now, patientId, sessionId, kind, capturedAt, sealed]
  const row = (await run(client, 'createReflection', values)).rows[0]
  row.wrapped_key = wrapped
  await record(job, 'reflection.created', { subjectId: rowId, patientId, isPrivate: true })
  reply.code(201).header('etag', `"${row.version}"`).header('location', `/v1/reflections/${rowId}`)
  return present(row, job.role)
}

async function readReflection (job) {
  const { client, actor, now, request, reply } = job
  const values = [actor.clinic_id, actor.id, now, actor.patient_id, request.params.id]
  const row = (await run(client, 'readReflection', values)).rows[0]
  if (row === undefined) throw new Refused(404, request.params.id)
  await markRead(job, [row])
  const isPrivate = row.sharing === 'private' || (row.release_at !== null && Date.parse(row.release_at) > Date.parse(now))
  await record(job, 'reflection.read', { subjectId: row.id, patientId: row.patient_id, isPrivate })
  reply.header('etag', `"${row.version}"`)
  return present(row, job.role)
}

async function listReflections (job) {
  const { client, actor, now, role } = job
  const { patient_id: patientId, cursor } = job.request.query
  const values = [actor.clinic_id, actor.id, now, actor.patient_id, patientId]
  const { rows } = cursor
    ? await run(client, 'listReflectionsAfter', [...values, ...positionOf(cursor)])
    : await run(client, 'listReflections', values)
  const shown = rows.slice(0, PAGE)
  await markRead(job, shown)
  await record(job, 'reflection.listed', { patientId: shown.length ? patientId : null, isPrivate: role === 'patient' })
  const last = rows.length > PAGE ? shown[PAGE - 1] : null
  return { items: shown.map((row) => present(row, role)), next_cursor: last && cursorOf(last.created_at, last.id) }
}

async function readWorklist (job) {
  const { client, actor, now } = job
  const { cursor } = job.request.query
  const values = [actor.clinic_id, actor.id, now]
  const { rows } = cursor
    ? await run(client, 'listTasksAfter', [...values, ...positionOf(cursor)])
    : await run(client, 'listTasks', values)
  const items = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? items[PAGE - 1] : null
  const waiting = last || cursor ? (await run(client, 'countTasks', values)).rows[0].waiting : items.length
  await record(job, 'worklist.read', {})
  return { items, next_cursor: last && cursorOf(last.due_at, last.id), waiting }
}

app.get('/health', async () => ({}))
app.register(async (api) => {
  api.addHook('onRequest', (request) => request.jwtVerify())
  api.post('/reflections', { schema: schemas.createReflection }, work('reflection:create', createReflection))
  api.get('/reflections', { schema: schemas.listReflections }, work('reflection:list', listReflections))
  api.get('/reflections/:id', { schema: schemas.readReflection }, work('reflection:read', readReflection))
  api.get('/worklist', { schema: schemas.readWorklist }, work('worklist:read', readWorklist))
}, { prefix: '/v1' })

app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
