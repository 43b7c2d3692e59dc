import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import { AnchorFolder } from '../../src/safeguard/audit/anchor-folder.ts'
import { auditKeyOf } from '../../src/safeguard/audit/audit-key.ts'
import { AuditLog } from '../../src/safeguard/audit/audit-log.ts'
import { verifyLog } from '../../src/safeguard/audit/verify-log.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { Fault } from '../../src/terms/fault.ts'
import { patientId, type TenantId, tenantId } from '../../src/terms/ids.ts'
import { query, write } from '../store/example-resource.ts'
import { ACT, person } from '../store/example-upload.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
const signing = auditKeyOf(generateKeyPairSync('ed25519').privateKey)
let store: Store
let audit: AuditLog
let anchors: AnchorFolder
before(async () => {
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  anchors = new AnchorFolder(join(home, 'anchors'), store.audit.storeId)
  audit = new AuditLog(store.audit, signing, anchors, () => new Date())
})
after(async () => {
  await audit.close()
  await store.close()
  await removeHome(home)
})

/** Ids are the same in every tenant, so that a statement that forgets the tenant is found out. */
const PEOPLE = ['ann', 'ben', 'cleo'].map(patientId)
const NAMES = ['x', 'y', 'z'] as const
const UUIDS = ['0', '1', '2'].map((n) => `0000000${n}-0000-4000-8000-000000000000`)

type Person = (typeof PEOPLE)[number]
type Kind = keyof typeof OPERATIONS
/** What a tenant must see: place, and what lies there. */
type Model = Map<string, string>

/** Each writes something that names its tenant, and says where. Refused: nothing changed. */
const OPERATIONS = {
  async person(tenant: TenantId, who: Person, _name: string, word: string, model: Model) {
    await store.patients.add(tenant, person(who, { name: word }), ACT)
    model.set(`person ${who}`, word)
  },
  async removal(tenant: TenantId, who: Person, _name: string, _word: string, model: Model) {
    await store.patients.remove({ tenant, patient: who }, ACT)
    for (const place of [...model.keys()]) if (place.split(' ')[1] === who) model.delete(place)
  },
  async resource(tenant: TenantId, who: Person, name: string, word: string, model: Model) {
    const one = {
      ...write(who, 'Observation', `${who}-${name}`, {}),
      json: JSON.stringify({ resourceType: 'Observation', id: `${who}-${name}`, word }),
    }
    await store.resources.commit(tenant, [one], ACT)
    model.set(`resource ${who} ${name}`, word)
  },
  async message(tenant: TenantId, who: Person, name: string, word: string, model: Model) {
    const raw = Buffer.from(`${who} ${name} ${word}`)
    const id = `${who}-${name}`
    const message = { id: crypto.randomUUID(), sender: 'LAB|A', controlId: id, type: 'ORU^R01', raw }
    const outcome = {
      state: 'processed' as const,
      patient: who,
      fault: undefined,
      warnings: [],
      unmapped: [],
      ack: word,
      writes: [],
    }
    const done = await store.messages.take(tenant, message, outcome, ACT)
    if ('taken' in done) model.set(`message ${who} ${name}`, word)
  },
  async proposal(tenant: TenantId, who: Person, name: string, word: string, model: Model) {
    const added = await store.proposals.propose(
      { tenant, patient: who },
      { id: name, version: 1 },
      [JSON.stringify(word)],
      ACT,
    )
    if (added > 0) model.set(`proposal ${who} ${name}`, word)
  },
  async job(tenant: TenantId, _who: Person, name: string, word: string, model: Model) {
    const [job] = await store.jobs.enqueue(tenant, [{ kind: 'k', key: name, payload: { word } }], ACT.at)
    model.set(`job - ${name}`, String(job!.payload['word']))
    if (job!.payload['word'] !== word)
      assert.ok(String(job!.payload['word']).startsWith(`${tenant} `), 'another tenant’s job')
  },
  async work(tenant: TenantId, _who: Person, _name: string, _word: string, model: Model) {
    for (const lease of await store.jobs.claim(tenant, ['k'], 'w', 1000, 1, ACT.at)) {
      assert.equal(model.get(`job - ${lease.key}`), lease.payload['word'])
      await lease.complete(ACT.at)
      model.delete(`job - ${lease.key}`)
    }
  },
  async outbound(tenant: TenantId, _who: Person, name: string, word: string, model: Model) {
    const id = UUIDS[NAMES.indexOf(name as 'x')]!
    if (model.has(`outbound - ${name}`)) await store.exports.remove(tenant, id)
    await store.exports.begin(tenant, {
      id,
      owner: word,
      request: {},
      transactionTime: ACT.at,
      expiresAt: '2030-01-01T00:00:00.000Z',
    })
    await store.exports.write(tenant, id, { type: 'Patient', file: 1, part: 0 }, word)
    model.set(`outbound - ${name}`, word)
  },
  async card(tenant: TenantId, who: Person, name: string, word: string, model: Model) {
    const card = {
      uuid: crypto.randomUUID(),
      patient: who,
      service: 's',
      hook: 'h',
      rules: ['r'],
      user: name,
      key: word,
    }
    await store.cards.issue(tenant, [card], ACT)
    model.set(
      `card ${who} ${name}`,
      [...(model.get(`card ${who} ${name}`)?.split('\n') ?? []), word].sort().join('\n'),
    )
  },
  async codes(tenant: TenantId, _who: Person, name: string, word: string, model: Model) {
    const row = { system: 'L', code: name, toSystem: 'urn:s', toCode: word, toDisplay: undefined }
    await store.messages.setCodes(tenant, 'LAB|A', [row], false, ACT)
    model.set(`codes - ${name}`, word)
  },
  async user(tenant: TenantId, _who: Person, name: string, word: string, model: Model) {
    await store.login.users.add(
      tenant,
      { id: name, name: word, roles: ['clinician'], reference: undefined, mustChange: false },
      word,
      ACT,
    )
    model.set(`user - ${name}`, word)
  },
  async follower(tenant: TenantId, _who: Person, name: string, word: string, model: Model) {
    await store.subscriptionOwners.put(tenant, name, { word })
    model.set(`follower - ${name}`, word)
  },
}

/** Everything that a tenant sees. */
async function seen(tenant: TenantId): Promise<Model> {
  const found: Model = new Map()
  for (const { id, name } of (await store.patients.list(tenant)).patients) found.set(`person ${id}`, name!)
  for (const { compartment, id, json } of (
    await store.resources.search(tenant, query('Observation', [], { within: UNRESTRICTED }))
  ).resources)
    found.set(`resource ${compartment} ${id.split('-')[1]}`, (JSON.parse(json!) as { word: string }).word)
  for (const { id, controlId } of await store.messages.list(tenant, { limit: 500 })) {
    const [who, name] = controlId!.split('-')
    const whole = await store.messages.read(tenant, id).catch((error) => {
      // The key of somebody who was removed.
      if (error instanceof Fault) return undefined
      throw error
    })
    if (whole?.patient != null) found.set(`message ${who} ${name}`, whole.ack!)
  }
  for (const { key, payload } of await store.jobs.list(tenant, 'waiting', 100))
    found.set(`job - ${key}`, String(payload['word']))
  for (const { code, toCode } of await store.messages.codeMap(tenant, 'LAB|A'))
    found.set(`codes - ${code}`, toCode)
  for (const { id, name } of await store.login.users.list(tenant)) found.set(`user - ${id}`, name)
  for (const patient of PEOPLE) {
    for (const { document, json } of await store.proposals.list({ tenant, patient }))
      found.set(`proposal ${patient} ${document}`, JSON.parse(json) as string)
    for (const name of NAMES) {
      const cards = await store.cards.earlier(tenant, patient, name, '2020-01-01T00:00:00Z')
      if (cards.length > 0)
        found.set(
          `card ${patient} ${name}`,
          cards
            .map(({ key }) => key)
            .sort()
            .join('\n'),
        )
    }
  }
  for (const [i, name] of NAMES.entries()) {
    const one = await store.exports.get(tenant, UUIDS[i]!)
    if (one !== undefined) {
      let text = ''
      for await (const part of store.exports.read(tenant, UUIDS[i]!, 'Patient', 1)) text += part
      assert.equal(text, one.owner)
      found.set(`outbound - ${name}`, text)
    }
    const owner = (await store.subscriptionOwners.get(tenant, name)) as { word: string } | undefined
    if (owner !== undefined) found.set(`follower - ${name}`, owner.word)
  }
  return found
}

const sorted = (model: Model) => Object.fromEntries([...model].sort())

let runs = 0
test('random operations of three tenants on every part of the store: each sees its own, whole, and nothing else', async (t) => {
  const operation = fc.record({
    tenant: fc.nat(2),
    kind: fc.constantFrom(...(Object.keys(OPERATIONS) as Kind[]), 'person' as const),
    who: fc.constantFrom(...PEOPLE),
    name: fc.constantFrom(...NAMES),
  })
  let done = 0
  const run = fc.asyncProperty(fc.array(operation, { minLength: 40, maxLength: 70 }), async (operations) => {
    runs += 1
    const tenants = [0, 1, 2].map((i) => tenantId(`t${i}-${runs}`))
    const models = tenants.map((): Model => new Map())
    const entries = [0, 0, 0]
    for (const [n, { tenant: i, kind, who, name }] of operations.entries()) {
      const tenant = tenants[i]!
      let outcome: 'success' | 'refused' = 'success'
      try {
        await OPERATIONS[kind](tenant, who, name, `${tenant} ${n}`, models[i]!)
        done += 1
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        outcome = 'refused'
      }
      entries[i]! += 1
      await audit.record(tenant, {
        at: ACT.at,
        action: 'E',
        kind: 'rest',
        interaction: kind,
        outcome,
        who: { id: 'user/a', roles: [] },
        purpose: 'TREAT',
        patients: [who],
        what: [],
      })
    }
    for (const [i, tenant] of tenants.entries()) {
      assert.deepEqual(sorted(await seen(tenant)), sorted(models[i]!))
      assert.equal(await store.audit.count(tenant, {}), entries[i])
      assert.deepEqual((await verifyLog(store.audit, signing, anchors, tenant)).findings, [])
    }
  })
  await fc.assert(run, { numRuns: 6, endOnFailure: true })
  t.diagnostic(`${done} operations in ${runs} runs of three tenants`)
})
