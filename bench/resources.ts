// Times of the resource store: node bench/resources.ts [people], default 1000. Prints medians in milliseconds.
import type { Criterion, IndexEntry } from '../src/record/resource-query.ts'
import { UNRESTRICTED } from '../src/record/resource-query.ts'
import { openStore } from '../src/store/open-store.ts'
import type { ResourceWrite } from '../src/store/resources/resource-store.ts'
import {
  name,
  patientWrite,
  query,
  reference,
  restriction,
  token,
  write,
} from '../test/store/example-resource.ts'
import { ACT, TENANT } from '../test/store/example-upload.ts'
import { keyringOf } from '../test/support/keyring.ts'
import { newHome, removeHome } from '../test/support/store-home.ts'

const people = Number(process.argv[2] ?? 1000)
const PER_PERSON = 30
const LOINC = 'http://loinc.org'
const UCUM = 'http://unitsofmeasure.org'
const home = newHome()
const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })

async function timed(
  what: string,
  times: number,
  work: (i: number) => Promise<unknown>,
  per = 1,
): Promise<void> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const started = performance.now()
    await work(i)
    taken.push((performance.now() - started) / per)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) =>
    taken[Math.min(taken.length - 1, Math.floor(share * taken.length))]!.toFixed(2)
  process.stdout.write(`${what.padEnd(66)} ${at(0.5).padStart(7)}   p99 ${at(0.99).padStart(7)}\n`)
}

/** About 1.2 kB of JSON and ten index values, as an Observation of a laboratory has. */
function observation(person: string, n: number): ResourceWrite {
  const code = `${1000 + (n % 30)}-${n % 7}`
  const low = Date.UTC(2025, n % 12, 1 + (n % 28))
  const index: IndexEntry[] = [
    token('code', LOINC, code),
    token('category', 'http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory'),
    token('status', 'http://hl7.org/fhir/observation-status', 'final'),
    token('identifier', 'urn:lab', `${person}-${n}`),
    reference('subject', 'Patient', person),
    reference('patient', 'Patient', person),
    reference('performer', 'Practitioner', `dr${n % 10}`),
    { kind: 'date', param: 'date', low, high: low + 86_400_000 },
    { kind: 'quantity', param: 'value-quantity', low: n, high: n + 1, system: UCUM, code: 'mg/dL' },
    {
      kind: 'composite',
      param: 'code-value-quantity',
      parts: [`${LOINC}|${code}`, ''],
      interval: { of: 'number', low: n, high: n + 1, unit: `${UCUM}|mg/dL` },
    },
  ]
  return write(person, 'Observation', `${person}-o${n}`, {
    index,
    body: { note: [{ text: 'x'.repeat(1000) }] },
  })
}

function patient(i: number): ResourceWrite {
  const id = `p${i}`
  const text = `Person${i % 97} Family${i % 331}`
  return patientWrite(id, {
    identity: {
      ...patientWrite(id).identity!,
      name: text,
      identifiers: [{ system: 'urn:mrn', value: String(i) }],
    },
    index: [
      name('name', text),
      name('family', `Family${i % 331}`),
      name('given', `Person${i % 97}`),
      token('identifier', 'urn:mrn', String(i)),
      token('gender', 'http://hl7.org/fhir/administrative-gender', i % 2 === 0 ? 'female' : 'male'),
      { kind: 'date', param: 'birthdate', low: i * 86_400_000, high: (i + 1) * 86_400_000 },
    ],
  })
}

await timed(
  `ingest: a person and ${PER_PERSON} observations in one transaction, per resource`,
  people,
  (i) =>
    store.resources.commit(
      TENANT,
      [patient(i), ...Array.from({ length: PER_PERSON }, (_, n) => observation(`p${i}`, n))],
      ACT,
    ),
  PER_PERSON + 1,
)
await timed('create one observation in a transaction of its own', 200, (i) =>
  store.resources.commit(TENANT, [observation(`p${i % people}`, 1000 + i)], ACT),
)
await timed('update one observation', 200, (i) => {
  const { json, ...rest } = observation(`p${i % people}`, 1)
  return store.resources.commit(TENANT, [{ ...rest, action: 'put', json: json!.replace('xxx', `${i}`) }], ACT)
})
await timed('read', 500, (i) =>
  store.resources.read(TENANT, { type: 'Observation', id: `p${(i * 7) % people}-o${i % 30}` }, UNRESTRICTED),
)
const hidden = restriction({ hiddenLabels: ['http://terminology.hl7.org/CodeSystem/v3-ActCode|PSY'] })
const search = (type: string, criteria: readonly Criterion[], more: Parameters<typeof query>[2] = {}) =>
  store.resources.search(TENANT, query(type, criteria, { count: 20, total: false, within: hidden, ...more }))
const subject = (i: number): Criterion => ({
  kind: 'reference',
  param: 'subject',
  values: [{ type: 'Patient', id: `p${(i * 7) % people}` }],
})
const code = (i: number): Criterion => ({
  kind: 'token',
  param: 'code',
  not: false,
  identity: false,
  values: [{ system: LOINC, code: `${1000 + (i % 30)}-${(i % 30) % 7}` }],
})
const latest = { sort: [{ param: 'date', descending: true }] }
await timed('patient by identifier', 200, (i) =>
  search('Patient', [
    { kind: 'token', param: 'identifier', not: false, values: [{ system: 'urn:mrn', code: String(i) }] },
  ]),
)
await timed('patients by the beginning of a name, with total', 200, (i) =>
  search('Patient', [{ kind: 'string', param: 'name', match: 'starts', values: [`family${i % 331}`] }], {
    total: true,
  }),
)
await timed('patients by birth date', 200, (i) =>
  search('Patient', [
    {
      kind: 'date',
      param: 'birthdate',
      values: [{ op: 'eq', low: i * 86_400_000, high: (i + 3) * 86_400_000 }],
    },
  ]),
)
await timed('a person’s observations', 200, (i) => search('Observation', [subject(i)]))
await timed('a person’s observations, latest first, with total', 200, (i) =>
  search('Observation', [subject(i)], { ...latest, total: true }),
)
await timed('a person’s observations of a code, latest first', 200, (i) =>
  search('Observation', [subject(i), code(i)], latest),
)
await timed('the same, in the person’s compartment', 200, (i) =>
  search('Observation', [code(i)], {
    ...latest,
    within: { ...hidden, compartments: [`p${(i * 7) % people}` as never] },
  }),
)
await timed('everybody’s observations of a code: a page of 20', 200, (i) => search('Observation', [code(i)]))
await timed('everybody’s observations of a code, with total', 100, (i) =>
  search('Observation', [code(i)], { total: true }),
)
await timed('everybody’s observations of a code above a value (composite)', 100, (i) =>
  search('Observation', [
    {
      kind: 'composite',
      param: 'code-value-quantity',
      values: [[`${LOINC}|${1000 + (i % 30)}-${(i % 30) % 7}`, '']],
      intervals: [{ of: 'number', op: 'gt', low: 3, high: 3 }],
    },
  ]),
)
await timed('observations of people by name (chain)', 100, (i) =>
  search('Observation', [
    {
      kind: 'chain',
      param: 'subject',
      type: 'Patient',
      criteria: [{ kind: 'string', param: 'family', match: 'starts', values: [`family${i % 331}`] }],
    },
  ]),
)
await timed('people who have an observation of a code and family name (_has)', 100, (i) =>
  search('Patient', [
    { kind: 'string', param: 'family', match: 'starts', values: [`family${i % 331}`] },
    { kind: 'has', type: 'Observation', param: 'subject', criteria: [code(i)] },
  ]),
)
await timed('people sorted by family name: a page of 20', 20, () =>
  search('Patient', [], { sort: [{ param: 'family', descending: false }] }),
)
await timed('newest observations of everybody: a page of 20', 100, () =>
  search('Observation', [], { sort: [{ param: '_lastUpdated', descending: true }] }),
)
await timed('history of one observation', 200, (i) =>
  store.resources.history(
    TENANT,
    {
      type: 'Observation',
      id: `p${i % people}-o1`,
      since: undefined,
      at: undefined,
      count: 20,
      after: undefined,
    },
    hidden,
  ),
)
await store.close()
await removeHome(home)
