import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { validateResource } from '../../../src/fhir/validate/validate.ts'
import { openPack } from '../../../src/knowledge/fact-pack.ts'
import { FhirDefinitions } from '../../../src/knowledge/fhir/definitions.ts'
import { importGuide } from '../../../src/knowledge/import/fhir/guide.ts'
import { repositoryDefinitions } from '../../support/fhir-definitions.ts'
import { sharedData } from '../../support/shared-data.ts'
import { type Json, mutantsOf, type SnapshotElement } from './mutations.ts'

export const STU3 = 'interop/genomics-reporting/stu3-3.0.0'
const STU2 = 'interop/genomics-reporting/stu2-2.0.0'
const MUTANTS = 'interop/validator-mutants/mutants.ndjson'

/** Resources that must be valid, and those that were called wrong. */
interface ExampleResult {
  readonly set: string
  readonly files: number
  /** Entries of bundles counted one by one. */
  readonly resources: number
  /** With a profile whose definition was at hand. */
  readonly profiled: number
  readonly alarms: readonly string[]
}

/** Damaged resources by kind of damage, and those that were called right. */
export interface MutantResult {
  readonly kind: string
  readonly mutants: number
  readonly missed: readonly string[]
}

/** The four sets of valid resources. */
export function exampleResults(): ExampleResult[] {
  const stu3 = repositoryDefinitions()
  const stu2 = stu2Definitions()
  return [
    examples('Genomics Reporting STU3, STU3 profiles', `${STU3}/examples`, stu3),
    examples('Genomics Reporting STU2, STU2 profiles', `${STU2}/examples`, stu2),
    examples('mCODE 4.0.0, R4 and STU2 profiles', 'interop/mcode/examples', stu2),
    examples('Synthea, R4', 'interop/synthea-r4', stu3),
  ]
}

/** The set of damaged Observations that lies with the evaluation data; "control-unmodified" must be valid. */
export function givenMutants(): MutantResult[] {
  const byKind = new Map<string, { mutants: number; missed: string[] }>()
  for (const line of readFileSync(sharedData(MUTANTS)!, 'utf8').trim().split('\n')) {
    const { mutation, expectValid, resource } = JSON.parse(line) as {
      mutation: string
      expectValid: boolean
      resource: Json
    }
    const row = byKind.get(mutation) ?? { mutants: 0, missed: [] }
    byKind.set(mutation, row)
    row.mutants++
    if (isFaulty(resource) === expectValid) row.missed.push(String(resource['id']))
  }
  return [...byKind].map(([kind, row]) => ({ kind, ...row })).sort((a, b) => (a.kind < b.kind ? -1 : 1))
}

/** Our own mutants: every example of STU3 that claims a profile, broken wherever the profile's snapshot says how. */
export function profileMutants(): MutantResult[] {
  const folder = join(sharedData(STU3)!, 'definitions')
  const snapshots = new Map<string, readonly SnapshotElement[]>()
  for (const name of readdirSync(folder).filter((one) => one.startsWith('StructureDefinition-'))) {
    const json = readJson(join(folder, name))
    snapshots.set(String(json['url']), (json['snapshot'] as { element: SnapshotElement[] }).element)
  }
  const count = new Counter()
  for (const { resource } of resourcesOf(join(sharedData(STU3)!, 'examples'))) {
    for (const url of claims(resource)) {
      for (const mutant of mutantsOf(resource, snapshots.get(url) ?? []))
        count.add(mutant.kind, isFaulty(mutant.resource), `${String(resource['id'])} ${mutant.element}`)
    }
  }
  return count.rows()
}

/** The same for R4 itself: three resources of each type of each set, against the snapshots of `structures`. */
export function baseMutants(structures: readonly Json[]): MutantResult[] {
  const snapshots = new Map(
    structures.map((one) => [String(one['id']), one['snapshot'] as { element: SnapshotElement[] }]),
  )
  const count = new Counter()
  for (const set of ['interop/mcode/examples', 'interop/synthea-r4', `${STU3}/examples`]) {
    const seen = new Map<string, number>()
    for (const { resource } of resourcesOf(sharedData(set)!)) {
      const type = String(resource['resourceType'])
      seen.set(type, (seen.get(type) ?? 0) + 1)
      if (seen.get(type)! > 3) continue
      for (const mutant of mutantsOf(resource, snapshots.get(type)?.element ?? []))
        count.add(
          mutant.kind,
          isFaulty(mutant.resource, false),
          `${String(resource['id'])} ${mutant.element}`,
        )
    }
  }
  return count.rows()
}

class Counter {
  readonly #rows = new Map<string, { mutants: number; missed: string[] }>()

  add(kind: string, found: boolean, what: string): void {
    const row = this.#rows.get(kind) ?? { mutants: 0, missed: [] }
    this.#rows.set(kind, row)
    row.mutants++
    if (!found) row.missed.push(what)
  }

  rows(): MutantResult[] {
    return [...this.#rows].map(([kind, row]) => ({ kind, ...row })).sort((a, b) => (a.kind < b.kind ? -1 : 1))
  }
}

function isFaulty(resource: Json, claimed = true): boolean {
  return validateResource(repositoryDefinitions(), resource, { claimed }).some(
    (one) => one.severity === 'error',
  )
}

function examples(set: string, folder: string, definitions: FhirDefinitions): ExampleResult {
  const path = sharedData(folder)!
  const alarms = files(path).flatMap((name) =>
    validateResource(definitions, readJson(join(path, name)))
      .filter((one) => one.severity === 'error')
      .map((one) => `${name} ${one.expression}: ${one.words}`),
  )
  const resources = resourcesOf(path).map((one) => one.resource)
  const profiled = resources.filter((one) =>
    claims(one).some((url) => definitions.profile(url) !== undefined),
  )
  return { set, files: files(path).length, resources: resources.length, profiled: profiled.length, alarms }
}

/** R4 core with the second edition of the guide, imported as a site would. */
function stu2Definitions(): FhirDefinitions {
  const into = mkdtempSync(join(tmpdir(), 'garrod-stu2-'))
  try {
    const core = openPack(join(import.meta.dirname, '..', '..', '..', 'facts', 'fhir-r4', '4.0.1'))
    const { folder } = importGuide({
      folder: join(sharedData(STU2)!, 'definitions'),
      into,
      version: '2.0.0',
      retrieved: '2026-11-22',
      core: new FhirDefinitions([core]),
      known: () => undefined,
    })
    return new FhirDefinitions([core, openPack(folder)])
  } finally {
    rmSync(into, { recursive: true, force: true })
  }
}

/** Every resource of a folder, a bundle's entries one by one. */
function resourcesOf(folder: string): { name: string; resource: Json }[] {
  return files(folder).flatMap((name) => {
    const json = readJson(join(folder, name))
    if (json['resourceType'] !== 'Bundle') return [{ name, resource: json }]
    const entries = (json['entry'] as { resource?: Json }[] | undefined) ?? []
    return entries.flatMap(({ resource }) => (resource === undefined ? [] : [{ name, resource }]))
  })
}

function claims(resource: Json): string[] {
  return (resource['meta'] as { profile?: string[] } | undefined)?.profile ?? []
}

function files(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
}

function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8')) as Json
}
