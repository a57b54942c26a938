'use strict'
// Text as the product seals it: AES-256-GCM under the patient's key, bound to its place. See ../../README.md.

const { createCipheriv, createDecipheriv, randomBytes } = require('node:crypto')

const wrappingKey = Buffer.from(process.env.BENCH_WRAPPING_KEY, 'hex')
const keyId = Buffer.from(process.env.BENCH_KEY_ID, 'hex')
const format = Buffer.from([2])
const keys = new Map() // opened keys, by their wrapped bytes

const bytes = (id) => Buffer.from(id.replaceAll('-', ''), 'hex')

function decrypt (key, nonce, sealed, context) {
  const cipher = createDecipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(context)
  cipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
}

// The patient's key and what it binds all text to. Throws where the wrapped key is not ours.
function unwrap (wrapped, clinicId, patientId) {
  const name = wrapped.toString('latin1')
  let key = keys.get(name)
  if (key === undefined) {
    if (wrapped[0] !== 1 || !wrapped.subarray(1, 5).equals(keyId)) throw new Error('seal broken')
    const context = Buffer.concat([bytes(clinicId), bytes(patientId)])
    const secret = decrypt(wrappingKey, wrapped.subarray(5, 17), wrapped.subarray(17), Buffer.concat([keyId, context]))
    key = { secret, context }
    keys.set(name, key)
  }
  return key
}

function place (key, column, rowId, version) {
  const boundTo = Buffer.alloc(8)
  boundTo.writeBigInt64BE(BigInt(version))
  return Buffer.concat([key.context, Buffer.from(`reflections\0${column}\0`), bytes(rowId), boundTo])
}

function seal (key, rowId, version, column, value) {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce)
  cipher.setAAD(place(key, column, rowId, version))
  const sealed = [cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]
  return Buffer.concat([format, nonce, ...sealed, cipher.getAuthTag()])
}

// The JSON value that was sealed in this column; null where there is none. Throws where it does not open.
function open (key, rowId, version, column, sealed) {
  if (sealed === null) return null
  if (sealed[0] !== 2) throw new Error('seal broken')
  return JSON.parse(decrypt(key.secret, sealed.subarray(1, 13), sealed.subarray(13), place(key, column, rowId, version)))
}

module.exports = { open, seal, unwrap }
