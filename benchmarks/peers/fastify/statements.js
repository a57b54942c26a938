'use strict'
// Named statements: prepared once on each connection.

// $1 clinic, $2 account, $3 now
const granted = (patient) => `EXISTS (
  SELECT 1 FROM care_team g WHERE g.clinic_id = $1 AND g.patient_id = ${patient} AND g.account_id = $2
  AND g.started_at <= $3 AND g.ended_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > $3))`

// and $4 the account's own chart: the patient reads their own, staff what is shared and released
const readable = `
  SELECT r.*, k.wrapped_key FROM reflections r
  JOIN vault_keys k ON k.clinic_id = r.clinic_id AND k.id = r.patient_id
  WHERE r.clinic_id = $1 AND (r.patient_id = $4 OR (
    r.sharing = 'shared' AND (r.release_at IS NULL OR r.release_at <= $3) AND ${granted('r.patient_id')}))`

const mine = `FROM tasks t WHERE t.clinic_id = $1 AND t.account_id = $2 AND t.opened_at <= $3
  AND ${granted('t.patient_id')}`
const listTasks = (more) =>
  `SELECT t.id, t.kind, t.patient_id, t.subject_id, t.opened_at, t.due_at ${mine} ${more} ORDER BY t.due_at, t.id LIMIT 26`
const newestFirst = 'ORDER BY r.created_at DESC, r.id DESC LIMIT 26'

const texts = {
  actor: `
    SELECT a.clinic_id, a.id, a.roles, a.patient_id FROM accounts a
    JOIN sign_ins s ON s.clinic_id = a.clinic_id AND s.account_id = a.id
    WHERE a.clinic_id = $1 AND a.id = $2 AND s.id = $3 AND a.epoch = $4 AND a.state = 'active' AND s.revoked_at IS NULL`,
  readReflection: `${readable} AND r.id = $5`,
  listReflections: `${readable} AND r.patient_id = $5 ${newestFirst}`,
  listReflectionsAfter: `${readable} AND r.patient_id = $5 AND (r.created_at, r.id) < ($6, $7) ${newestFirst}`,
  markRead: `
    UPDATE reflections SET first_read_at = $3 WHERE clinic_id = $1 AND id = ANY($2) AND first_read_at IS NULL`,
  createReflection: `
    INSERT INTO reflections (clinic_id, id, created_at, updated_at, version, patient_id, session_id, kind, state,
      sharing, captured_at, content_number, content)
    VALUES ($1, $2, $3, $3, 1, $4, $5, $6, 'draft', 'private', $7, 0, $8) RETURNING *`,
  readSession: 'SELECT 1 FROM sessions WHERE clinic_id = $1 AND patient_id = $2 AND id = $3',
  vaultKey: 'SELECT wrapped_key FROM vault_keys WHERE clinic_id = $1 AND id = $2',
  listTasks: listTasks(''),
  listTasksAfter: listTasks('AND (t.due_at, t.id) > ($4, $5)'),
  countTasks: `SELECT count(*)::int AS waiting FROM (SELECT 1 ${mine} LIMIT 100) AS counted`,
  record: `
    INSERT INTO ledger (clinic_id, id, at, event, action, outcome, reason, actor_id, actor_role, subject_id,
      patient_id, is_private, request_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
}

module.exports = (client, name, values) => client.query({ name, text: texts[name], values })
