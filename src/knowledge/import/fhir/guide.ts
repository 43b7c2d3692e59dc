import * as z from 'zod'
import { Fault } from '../../../terms/fault.ts'
import type { FactPack } from '../../fact-pack.ts'
import type { FhirDefinitions } from '../../fhir/definitions.ts'
import { releaseFiles, releaseJson } from '../release-file.ts'
import { writePack } from '../write-pack.ts'
import { CodeSystem, Expander, ValueSet } from './codes.ts'
import { StructureDefinition } from './structure-definition.ts'
import { boundSets, profileFiles, valueSetFile } from './tables.ts'

const MEND =
  'Give the folder of a published FHIR R4 guide: StructureDefinition-*.json with snapshots, ValueSet-*.json, CodeSystem-*.json.'
const fault = { code: 'FHIR_GUIDE_MALFORMED', mend: MEND }

/** What a guide says of itself, in its ImplementationGuide resource or in package.json. */
const About = z.looseObject({
  resourceType: z.string().optional(),
  title: z.string().optional(),
  version: z.string().optional(),
  license: z.string().optional(),
})
type About = z.infer<typeof About>

/** The definitions of one implementation guide. */
interface Guide {
  readonly about: About
  readonly structures: readonly StructureDefinition[]
  readonly sets: readonly ValueSet[]
  readonly systems: readonly CodeSystem[]
}

/** Reads a folder of definitions. Throws IMPORT_FOLDER_UNREADABLE, IMPORT_FOLDER_EMPTY, FHIR_GUIDE_MALFORMED. */
function readGuide(folder: string): Guide {
  const structures: StructureDefinition[] = []
  const sets: ValueSet[] = []
  const systems: CodeSystem[] = []
  let about: About = {}
  for (const path of releaseFiles(folder, '.json', MEND)) {
    const head = releaseJson(path, About, fault)
    if (head.resourceType === 'ImplementationGuide' || path.endsWith('/package.json'))
      about = { ...about, ...head }
    if (head.resourceType === 'StructureDefinition')
      structures.push(releaseJson(path, StructureDefinition, fault))
    if (head.resourceType === 'ValueSet') sets.push(releaseJson(path, ValueSet, fault))
    if (head.resourceType === 'CodeSystem') systems.push(releaseJson(path, CodeSystem, fault))
  }
  const profiles = structures.filter((one) => one.derivation === 'constraint')
  if (profiles.length === 0) throw new Fault(fault.code, folder, 'no profile is here', MEND)
  return { about, structures: profiles, sets, systems }
}

interface GuideOrder {
  readonly folder: string
  readonly into: string
  /** Where the guide does not name its version, or to name it otherwise. */
  readonly version: string | undefined
  /** ISO date. */
  readonly retrieved: string
  readonly core: FhirDefinitions
  /** Head of the pack that holds another version of the same guide, whose title, source and licence are kept. */
  readonly known: (id: string) => Omit<FactPack, 'sha256'> | undefined
}

/**
 * Makes a pack of a guide. Throws FHIR_GUIDE_MALFORMED on a profile without a snapshot or of a type that R4 does not
 * have, and USAGE_VERSION where neither the guide nor the order names a version.
 */
export function importGuide(order: GuideOrder): { folder: string; profiles: number; valueSets: number } {
  const guide = readGuide(order.folder)
  for (const one of guide.structures) {
    if (one.snapshot === undefined)
      throw new Fault(
        fault.code,
        one.url,
        'the profile has no snapshot, only what differs from its base',
        MEND,
      )
    if (order.core.type(one.type) === undefined)
      throw new Fault(fault.code, one.url, `it constrains "${one.type}", which is no type of R4`, MEND)
  }
  const [first] = guide.structures
  const version = order.version ?? guide.about.version ?? first!.version
  if (version === undefined)
    throw new Fault(
      'USAGE_VERSION',
      '--version',
      'the definitions do not name the version of their guide',
      'Give it, such as --version 3.0.0.',
    )
  const id = guideId(first!.url)
  const structures = guide.structures.map((one) => ({ ...one, version: one.version ?? version }))
  const files = profileFiles(structures, (name) => order.core.type(name))
  const expander = new Expander(guide.sets, guide.systems)
  const bound = boundSets(files.get('profile-elements.tsv')!)
  files.set(...valueSetFile([...guide.sets.map((one) => one.url), ...bound], expander))
  const head = order.known(id) ?? {
    id,
    title: guide.about.title ?? `FHIR implementation guide ${id}`,
    source: first!.url.replace(/\/StructureDefinition\/.*$/, '/'),
    licence: guide.about.license ?? 'as the guide states',
    attribution: `The publisher of ${guide.about.title ?? id}.`,
    limits: ['What the guide demands beyond FHIR R4; rows that repeat the base are left out.'],
  }
  const folder = writePack(order.into, { ...head, version, retrieved: order.retrieved }, files)
  return { folder, profiles: guide.structures.length, valueSets: guide.sets.length }
}

/** "genomics-reporting" of …/fhir/uv/genomics-reporting/StructureDefinition/variant; "us-core" of …/fhir/us/core/…. */
function guideId(url: string): string {
  const [, way = url] = /^https?:\/\/[^/]+\/(.*?)\/?StructureDefinition\//.exec(url) ?? []
  const words = way.split('/').filter((word) => word !== '' && word !== 'fhir' && word !== 'uv')
  return (
    words
      .join('-')
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-') || 'fhir-guide'
  )
}
