import type { OncoTree } from '../../knowledge/oncotree.ts'
import { tumourTypeOf } from '../../knowledge/tumour-code.ts'
import type { Resource } from '../../record/resource.ts'
import { codings, list } from '../genomics/component.ts'
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
export function diagnosisOf(resources: readonly Resource[], tree: OncoTree): string | undefined {
  const found = new Map<string, string>()
  for (const one of resources) {
    if (one.resourceType !== 'Condition' || !isPresent(one) || claims(one, /secondary-cancer/)) continue
    const morphology = list(one['extension'])
      .filter(({ url }) => MORPHOLOGY.test(String(url)))
      .flatMap((its) => codings(its['valueCodeableConcept']))
    const codes = codings(one['code'])
    const type = tumourTypeOf([...codes, ...morphology], tree)
    const isTumour =
      type !== undefined ||
      claims(one, /primary-cancer/) ||
      codes.some(({ system, code }) => /icd-?10/i.test(system ?? '') && TUMOUR.test(code ?? ''))
    if (!isTumour) continue
    const said = codes.at(-1)
    const name = type?.code ?? said?.display ?? said?.code
    if (name !== undefined) found.set(name, name)
  }
  const names = [...found.keys()].sort()
  const narrowest = names.filter(
    (name) => !names.some((other) => other !== name && tree.lineage(other).has(name)),
  )
  return narrowest.length === 0 ? undefined : narrowest.join(' and ')
}

function isPresent(condition: Resource): boolean {
  const status = codings(condition['clinicalStatus']).flatMap(({ code }) => code ?? [])
  const verified = codings(condition['verificationStatus']).flatMap(({ code }) => code ?? [])
  return (
    (status.length === 0 || status.some((one) => PRESENT.has(one))) &&
    !verified.some((one) => DOUBTED.has(one))
  )
}
