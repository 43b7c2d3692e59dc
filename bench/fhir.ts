// Times of the FHIR server over HTTP: node bench/fhir.ts [people] [resources of each], default 1000 and 40, made from the
// Synthea bundles of the evaluation data. Prints medians in milliseconds beside the targets.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Resource } from '../src/record/resource.ts'
import { fhirServer } from '../test/support/fhir-server.ts'
import { sharedData } from '../test/support/shared-data.ts'

const people = Number(process.argv[2] ?? 1000)
const most = Number(process.argv[3] ?? 40)
const folder = sharedData('interop/synthea-r4')
if (folder === undefined) {
  process.stdout.write('the Synthea bundles are not beside this checkout\n')
  process.exit(1)
}

interface Entry {
  readonly fullUrl: string
  readonly resource: Resource
}

/** The first resources of a bundle that refer to nothing beyond them; bills left out, which are the largest. */
function part(entries: readonly Entry[]): readonly Entry[] {
  const kept = new Set<string>()
  return entries.filter(({ fullUrl, resource }) => {
    if (kept.size >= most || /^(Claim|ExplanationOfBenefit)$/.test(resource.resourceType)) return false
    const refs = [...JSON.stringify(resource).matchAll(/"reference":"(urn:[^"]+)"/g)].map(([, urn]) => urn!)
    if (!refs.every((urn) => kept.has(urn) || urn === fullUrl)) return false
    kept.add(fullUrl)
    return true
  })
}

const bundles = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => part((JSON.parse(readFileSync(join(folder, name), 'utf8')) as { entry: Entry[] }).entry))

/** Another person with the same history: other urns, identifiers and name. */
function copy(entries: readonly Entry[], n: number): string {
  const text = JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: entries.map(({ fullUrl, resource }) => ({
      fullUrl,
      resource,
      request: { method: 'POST', url: resource.resourceType },
    })),
  })
  const mark = n.toString(16).padStart(8, '0')
  const renamed = JSON.parse(text.replace(/urn:uuid:[0-9a-f]{8}/g, (urn) => `${urn}${mark}`)) as {
    entry: Entry[]
  }
  for (const { resource } of renamed.entry) {
    if (resource.resourceType !== 'Patient') continue
    for (const one of resource['identifier'] as { value: string }[]) one.value = `${one.value}-${n}`
    for (const one of resource['name'] as { family: string; given: string[] }[]) {
      one.family = `Family${n % 331}`
      one.given = [`Given${n}`]
    }
  }
  return JSON.stringify(renamed)
}

const server = await fhirServer()
const { base } = server
const FHIR = { 'content-type': 'application/fhir+json' }

function report(what: string, taken: number[], target?: number): void {
  taken.sort((a, b) => a - b)
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(share * taken.length))]!
  const wanted = target === undefined ? '' : `   target ${target}: ${at(0.5) <= target ? 'met' : 'missed'}`
  process.stdout.write(
    `${what.padEnd(60)} ${at(0.5).toFixed(2).padStart(7)}   p99 ${at(0.99).toFixed(2).padStart(7)}${wanted}\n`,
  )
}

async function timed(
  what: string,
  times: number,
  target: number | undefined,
  url: (i: number) => string,
): Promise<void> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const started = performance.now()
    const response = await fetch(`${base}/${url(i)}`)
    await response.text()
    if (!response.ok) throw new Error(`${url(i)}: ${response.status}`)
    taken.push(performance.now() - started)
  }
  report(what, taken.slice(Math.floor(times / 10)), target)
}

const ingest: number[] = []
const ids: string[] = []
let resources = 0
const started = performance.now()
for (let n = 0; n < people; n++) {
  const entries = bundles[n % bundles.length]!
  const body = copy(entries, n)
  const sent = performance.now()
  const response = await fetch(base, { method: 'POST', headers: FHIR, body })
  const answer = (await response.json()) as { entry: { response: { location: string } }[] }
  if (!response.ok) throw new Error(JSON.stringify(answer).slice(0, 500))
  ingest.push((performance.now() - sent) / entries.length)
  resources += entries.length
  ids.push(...answer.entry.flatMap(({ response: one }) => /Patient\/([^/]+)/.exec(one.location)?.[1] ?? []))
}
const seconds = (performance.now() - started) / 1000
process.stdout.write(`${people} people, ${resources} resources in ${seconds.toFixed(1)} s\n`)
report('ingest by transaction, per resource', ingest, 3)

const person = (i: number) => ids[(i * 7) % ids.length]!
await timed('read', 500, undefined, (i) => `Patient/${person(i)}`)
await timed(
  'patient by identifier',
  300,
  5,
  (i) => `Patient?identifier=http://hospital.smarthealthit.org|nobody-${i}`,
)
await timed('patients by family name', 300, 5, (i) => `Patient?family=family${i % 331}&_count=10`)
await timed('a person’s observations', 300, 5, (i) => `Observation?patient=${person(i)}&_count=20`)
await timed(
  'a person’s observations of a code',
  300,
  5,
  (i) => `Observation?patient=${person(i)}&code=8302-2`,
)
await timed(
  'a person’s observations of a code, latest first',
  300,
  5,
  (i) => `Observation?subject=Patient/${person(i)}&code=http://loinc.org|8302-2&_sort=-date`,
)
await timed(
  'everybody’s observations of a code, a page of 20',
  200,
  5,
  () => 'Observation?code=http://loinc.org|8302-2&_count=20',
)
await timed(
  'blood pressure above a value (composite)',
  200,
  5,
  (i) => `Observation?component-code-value-quantity=http://loinc.org|8480-6$gt${140 + (i % 20)}&_count=20`,
)
await timed(
  'observations by family name (chain)',
  200,
  5,
  (i) => `Observation?subject:Patient.family=family${i % 331}&_count=20`,
)
await timed(
  'people with a condition (_has)',
  100,
  undefined,
  () => 'Patient?_has:Condition:patient:code=38341003&_count=20',
)
await timed(
  'a person’s conditions with the patient (_include)',
  200,
  undefined,
  (i) => `Condition?patient=${person(i)}&_include=Condition:subject`,
)
await timed('$everything', 50, undefined, (i) => `Patient/${person(i)}/$everything?_count=100`)
await server.close()
