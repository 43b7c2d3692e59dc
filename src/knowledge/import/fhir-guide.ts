import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import type { FhirDefinitions } from '../fhir-definitions.ts'
import { CodeSystem, Expander, ValueSet } from './fhir-codes.ts'
import type { TypeRows } from './fhir-elements.ts'
import { boundSets, profileFiles, valueSetFile } from './fhir-tables.ts'
import { releaseFiles, releaseJson } from './release-file.ts'
import { StructureDefinition } from './structure-definition.ts'

const MEND =
  'Give the folder of a published FHIR R4 guide: StructureDefinition-*.json with snapshots, ValueSet-*.json, CodeSystem-*.json.'
const fault = { code: 'FHIR_GUIDE_MALFORMED', mend: MEND }

/** The definitions of one implementation guide. */
export interface Guide {
  readonly structures: readonly StructureDefinition[]
  readonly sets: readonly ValueSet[]
  readonly systems: readonly CodeSystem[]
}

/** Reads a folder of definitions. Throws IMPORT_FOLDER_UNREADABLE, IMPORT_FOLDER_EMPTY, FHIR_GUIDE_MALFORMED. */
export function readGuide(folder: string): Guide {
  const structures: StructureDefinition[] = []
  const sets: ValueSet[] = []
  const systems: CodeSystem[] = []
  for (const path of releaseFiles(folder, '.json', MEND)) {
    const { resourceType } = releaseJson(path, z.looseObject({ resourceType: z.string().optional() }), fault)
    if (resourceType === 'StructureDefinition') structures.push(releaseJson(path, StructureDefinition, fault))
    if (resourceType === 'ValueSet') sets.push(releaseJson(path, ValueSet, fault))
    if (resourceType === 'CodeSystem') systems.push(releaseJson(path, CodeSystem, fault))
  }
  const profiles = structures.filter((one) => one.derivation === 'constraint')
  if (profiles.length === 0) throw new Fault(fault.code, folder, 'no profile is here', MEND)
  return { structures: profiles, sets, systems }
}

/**
 * The tables of a guide, against the core definitions, and its version. Throws FHIR_GUIDE_MALFORMED on a profile
 * without a snapshot or of a type that R4 does not have.
 */
export function guidePack(
  guide: Guide,
  core: FhirDefinitions,
): { files: Map<string, string>; version: string; id: string } {
  for (const one of guide.structures) {
    if (one.snapshot === undefined)
      throw new Fault(
        fault.code,
        one.url,
        'the profile has no snapshot, only what differs from its base',
        MEND,
      )
    if (core.type(one.type) === undefined)
      throw new Fault(fault.code, one.url, `it constrains "${one.type}", which is no type of R4`, MEND)
  }
  const types: TypeRows = (name) => core.type(name)
  const files = profileFiles(guide.structures, types)
  const expander = new Expander(guide.sets, guide.systems)
  const bound = boundSets(files.get('profile-elements.tsv')!)
  files.set(...valueSetFile([...guide.sets.map((one) => one.url), ...bound], expander))
  const [first] = guide.structures
  return { files, version: first!.version ?? '', id: guideId(first!.url) }
}

/** "genomics-reporting" of …/fhir/uv/genomics-reporting/StructureDefinition/variant; "us-core" of …/fhir/us/core/…. */
export function guideId(url: string): string {
  const [, way = url] = /^https?:\/\/[^/]+\/(.*?)\/?StructureDefinition\//.exec(url) ?? []
  const words = way.split('/').filter((word) => word !== '' && word !== 'fhir' && word !== 'uv')
  return (
    words
      .join('-')
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-') || 'fhir-guide'
  )
}
