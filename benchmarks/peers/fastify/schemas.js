'use strict'
// Bodies (validated) and answers (serialised) as JSON schemas.

const text = (more) => ({ type: 'string', ...more })
const maybe = (schema) => ({ ...schema, nullable: true })
const optional = (schema) => ({ ...maybe(schema), default: null })
const strict = (properties, required = []) => ({ type: 'object', additionalProperties: false, properties, required })
const answered = (properties) => ({ type: 'object', properties, required: Object.keys(properties) })

const uuid = text({ format: 'uuid' })
const ownId = text({ pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$' })
const instant = text({ format: 'date-time' })
const key = text({ pattern: '^[a-z0-9_]{1,40}$' })
const prose = text({ maxLength: 20000 })
const score = optional({ type: 'integer', minimum: 0, maximum: 10 })
const ratings = { mood: score, anxiety: score, energy: score, sleep: score, connection: score, distress: score }
const safety = { ...text(), nullable: true, enum: ['safe', 'not_sure', 'not_safe', null], default: null }
const list = (items, maxItems) => ({ type: 'array', items, maxItems, default: [] })

const reflectionCreate = strict({
  id: optional(ownId),
  session_id: optional(uuid),
  kind: text({ enum: ['text', 'prompted'], default: 'text' }),
  text: optional(prose),
  prompt_set: optional(key),
  prompt_set_version: optional({ type: 'integer', minimum: 1, maximum: 9999 }),
  answers: list(strict({ prompt_id: key, text: prose }, ['prompt_id', 'text']), 50),
  ratings: optional(strict(ratings)),
  tags: list(text({ pattern: '\\S', maxLength: 200 }), 20),
  insights: list(strict({ id: optional(ownId), text: text({ pattern: '\\S', maxLength: 500 }) }, ['text']), 20),
  safety,
  contact_me: { type: 'boolean', default: false },
  captured_at: optional(instant)
})

const number = { type: 'integer' }
const crisisLine = answered({
  name: text(), kind: text(), contact: text(), how: text(), verified_on: maybe(text()), source: maybe(text())
})
const monitoring = answered({
  stated_at: text(),
  is_monitored_now: { type: 'boolean' },
  reviewed_by: maybe(text()),
  clinic_opens_at: maybe(text()),
  text: text(),
  crisis_resources: { type: 'array', items: crisisLine }
})

// Instants and ids come from the database as text that is right already.
const reflection = answered({
  id: text(),
  created_at: text(),
  updated_at: text(),
  version: number,
  patient_id: text(),
  session_id: maybe(text()),
  kind: text(),
  state: text(),
  sharing: text(),
  release_at: maybe(text()),
  text: maybe(text()),
  prompt_set: maybe(text()),
  prompt_set_version: maybe(number),
  answers: { type: 'array', items: answered({ prompt_id: text(), text: text() }) },
  ratings: maybe(answered(Object.fromEntries(Object.keys(ratings).map((name) => [name, maybe(number)])))),
  tags: { type: 'array', items: text() },
  insights: { type: 'array', items: answered({ id: text(), text: text() }) },
  safety: maybe(text()),
  contact_me: { type: 'boolean' },
  captured_at: maybe(text()),
  submitted_at: maybe(text()),
  shared_at: maybe(text()),
  first_read_at: maybe(text()),
  reviewed_at: maybe(text()),
  reviewed_by_id: maybe(text()),
  edited_at: maybe(text()),
  edited_since_review: { type: 'boolean' },
  monitoring: maybe(monitoring),
  allowed_actions: { type: 'array', items: text() }
})

const task = answered({
  id: text(), kind: text(), patient_id: text(), subject_id: text(), opened_at: text(), due_at: text()
})
const page = (items, more = {}) => answered({ items: { type: 'array', items }, next_cursor: maybe(text()), ...more })

const cursor = text({ maxLength: 200 })

module.exports = {
  createReflection: { body: reflectionCreate, response: { 201: reflection } },
  readReflection: { params: strict({ id: uuid }), response: { 200: reflection } },
  listReflections: {
    querystring: strict({ patient_id: uuid, cursor }, ['patient_id']),
    response: { 200: page(reflection) }
  },
  readWorklist: { querystring: strict({ cursor }), response: { 200: page(task, { waiting: number }) } }
}
