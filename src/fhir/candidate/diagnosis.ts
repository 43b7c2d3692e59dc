import type { OncoTree } from '../../knowledge/oncotree.ts'
import type { DiagnosisCodes } from '../../knowledge/tumor/diagnosis-codes.ts'
import { tumourTypeOf } from '../../knowledge/tumour-code.ts'
import type { Resource } from '../../record/resource.ts'
import { type Coded, codings, list } from '../genomics/component.ts'
import { claims } from './observed.ts'

const PRESENT = new Set(['active', 'recurrence', 'relapse'])
/** Not established, or taken back. */
const DOUBTED = new Set(['unconfirmed', 'provisional', 'differential', 'refuted', 'entered-in-error'])
const MORPHOLOGY = /histology-morphology-behavior$/
/** ICD-10 and ICD-10-CM of malignant and uncertain primary tumours; not those of metastases. */
const TUMOUR = /^(C(?!7[789])[0-9]{2}|D(0|3[2-9]|4[0-9]))/

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
  const found = new Map<string, string>()
  for (const one of resources) {
    if (one.resourceType !== 'Condition' || !isPresent(one) || claims(one, /secondary-cancer/)) continue
    const morphology = list(one['extension'])
      .filter(({ url }) => MORPHOLOGY.test(String(url)))
      .flatMap((its) => codings(its['valueCodeableConcept']))
    const said = codings(one['code'])
    const type = tumourTypeOf(withSite(said, morphology, one), tree, codes)
    const isTumour =
      type !== undefined ||
      claims(one, /primary-cancer/) ||
      morphology.length > 0 ||
      said.some(({ system, code }) => /icd-?10/i.test(system ?? '') && TUMOUR.test(code ?? ''))
    if (!isTumour) continue
    const last = said.at(-1)
    const name = type?.code ?? last?.display ?? last?.code
    if (name !== undefined) found.set(name, name)
  }
  const names = [...found.keys()].sort()
  const narrowest = names.filter(
    (name) => !names.some((other) => other !== name && tree.lineage(other).has(name)),
  )
  return narrowest.length === 0 ? undefined : narrowest.join(' and ')
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
