import type { DiagnosisCodes } from '../../knowledge/tumor/diagnosis-codes.ts'
import type { OncoTree } from '../../knowledge/tumor/oncotree.ts'
import { tumourTypeOf } from '../../knowledge/tumor/tumour-code.ts'
import type { Resource } from '../../record/resource.ts'
import { type Coded, codings, list } from '../genomics/component.ts'
import { claims } from './observed.ts'

const PRESENT = new Set(['active', 'recurrence', 'relapse'])
/** Not established, or taken back. */
const DOUBTED = new Set(['unconfirmed', 'provisional', 'differential', 'refuted', 'entered-in-error'])
const MORPHOLOGY = /histology-morphology-behavior$/
/** ICD-10 and ICD-10-CM of malignant and uncertain primary tumours; not those of metastases. */
const TUMOUR = /^(C(?!7[789])[0-9]{2}|D(0|3[2-9]|4[0-9]))/

/** A tumour that the record establishes. */
export interface EstablishedTumour {
  /** OncoTree code; undefined: the codes are of another system, or the names not of OncoTree. */
  readonly code: string | undefined
  /** The code, else the name as it was sent. */
  readonly name: string
  /** Codes as they were sent, "system|code" joined by ";"; the name where there is none. */
  readonly given: string
  /** Ids of the Conditions that say so. */
  readonly conditions: readonly string[]
}

/** Tumours that a person has now; of a type and a broader word for it the narrower one, which the Conditions of both establish. */
export function establishedTumours(
  resources: readonly Resource[],
  tree: OncoTree,
  codes: DiagnosisCodes,
): readonly EstablishedTumour[] {
  const found = new Map<string, EstablishedTumour>()
  for (const one of resources) {
    if (one.resourceType !== 'Condition' || !isPresent(one) || claims(one, /secondary-cancer/)) continue
    const morphology = list(one['extension'])
      .filter(({ url }) => MORPHOLOGY.test(String(url)))
      .flatMap((its) => codings(its['valueCodeableConcept']))
    const said = codings(one['code'])
    const all = withSite(said, morphology, one)
    const type = tumourTypeOf(all, tree, codes)
    const isTumour =
      type !== undefined ||
      claims(one, /primary-cancer/) ||
      morphology.length > 0 ||
      said.some(({ system, code }) => isTumourCode(system ?? '', code ?? ''))
    if (!isTumour) continue
    const last = said.at(-1)
    const name = type?.code ?? last?.display ?? last?.code
    if (name === undefined) continue
    const before = found.get(name)
    const id = typeof one.id === 'string' ? [one.id] : []
    found.set(name, {
      code: type?.code,
      name,
      given: before?.given ?? givenOf(all, name),
      conditions: [...(before?.conditions ?? []), ...id],
    })
  }
  const tumours = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return tumours
    .filter((one) => !tumours.some((other) => other !== one && tree.lineage(other.name).has(one.name)))
    .map((one) => ({
      ...one,
      conditions: tumours.flatMap(({ name, conditions }) =>
        name === one.name || tree.lineage(one.name).has(name) ? conditions : [],
      ),
    }))
}

/**
 * The tumour that a person has now, as an OncoTree code; where the codes are of another system or the names not of OncoTree, the
 * name as it was sent, which then leaves criteria unknown. Two tumours of which neither is a kind of the other are named both: it
 * cannot be told which of them a trial is for.
 */
export function diagnosisOf(
  resources: readonly Resource[],
  tree: OncoTree,
  codes: DiagnosisCodes,
): string | undefined {
  const names = establishedTumours(resources, tree, codes).map(({ name }) => name)
  return names.length === 0 ? undefined : names.join(' and ')
}

function isTumourCode(system: string, code: string): boolean {
  return (/icd-?10/i.test(system) && TUMOUR.test(code)) || /icd-o|oncotree|ncicb|ncithesaurus/i.test(system)
}

function givenOf(all: readonly Coded[], name: string): string {
  const coded = all.flatMap(({ system, code }) =>
    code === undefined ? [] : !system || /oncotree|^icd-o-3$/i.test(system) ? [code] : [`${system}|${code}`],
  )
  return coded.length === 0 ? name : [...new Set(coded)].join('; ')
}

/**
 * A morphology of ICD-O-3 means a type together with its site, which ICD-10 codes share; alone it may be of any. Where it
 * has a site it stands for both.
 */
function withSite(
  said: readonly Coded[],
  morphology: readonly Coded[],
  condition: Resource,
): readonly Coded[] {
  const [histology] = morphology.filter(({ code }) => /^\d{4}\/\d$/.test(code ?? ''))
  if (histology === undefined) return [...said, ...morphology]
  const site = [...list(condition['bodySite']).flatMap(codings), ...said].find(({ code }) =>
    /^C\d\d(\.\d)?$/.test(code ?? ''),
  )
  const both = {
    system: 'icd-o-3',
    code: `${site === undefined ? '' : `${site.code} `}${histology.code}`,
    display: undefined,
  }
  return [...said, ...morphology.filter((one) => one !== histology), both]
}

function isPresent(condition: Resource): boolean {
  const status = codings(condition['clinicalStatus']).flatMap(({ code }) => code ?? [])
  const verified = codings(condition['verificationStatus']).flatMap(({ code }) => code ?? [])
  return (
    (status.length === 0 || status.some((one) => PRESENT.has(one))) &&
    !verified.some((one) => DOUBTED.has(one))
  )
}
