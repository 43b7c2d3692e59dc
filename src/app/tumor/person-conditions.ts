import type { Facts } from '../../knowledge/facts.ts'
import { labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import type { Resource } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'

interface Concept {
  readonly coding?: readonly { readonly system?: string; readonly code?: string }[]
}

const PRESENT: ReadonlySet<string> = new Set(['active', 'recurrence', 'relapse'])
const DOUBTED: ReadonlySet<string> = new Set([
  'unconfirmed',
  'provisional',
  'differential',
  'refuted',
  'entered-in-error',
])

/** A condition of a person that labels of cancer drugs speak of. */
export interface PersonCondition {
  readonly key: string
  readonly words: string
}

/** Conditions of the record, by their codes of ICD-10, as far as they are present and nobody doubts them. */
export function conditionsAmong(resources: readonly Resource[], facts: Facts): readonly PersonCondition[] {
  const codes = resources
    .filter((one) => one.resourceType === 'Condition' && isPresent(one))
    .flatMap((one) => ((one['code'] ?? {}) as Concept).coding ?? [])
    .filter(({ system }) => /icd-?10/i.test(system ?? ''))
    .flatMap(({ code }) => (code === undefined ? [] : [plain(code)]))
  return labelConditions(facts)
    .conditions.filter(({ icd10 }) =>
      icd10.some((start) => codes.some((code) => code.startsWith(plain(start)))),
    )
    .map(({ key, words }) => ({ key, words }))
}

/** Conditions by their names, as a user writes them. Throws USAGE_CHOICE. */
export function conditionsNamed(names: readonly string[], facts: Facts): readonly PersonCondition[] {
  const { conditions } = labelConditions(facts)
  return names.map((name) => {
    const found = conditions.find(
      ({ key }) =>
        key ===
        name
          .trim()
          .toLowerCase()
          .replaceAll(/[\s_]+/g, '-'),
    )
    if (found !== undefined) return { key: found.key, words: found.words }
    throw new Fault(
      'USAGE_CHOICE',
      '--condition',
      `"${name}" is no condition that labels are looked at for here`,
      `Use ${conditions.map(({ key }) => key).join(', ')}.`,
    )
  })
}

function isPresent(condition: Resource): boolean {
  const codesOf = (part: string) =>
    (((condition[part] ?? {}) as Concept).coding ?? []).flatMap(({ code }) => code ?? [])
  const clinical = codesOf('clinicalStatus')
  return (
    (clinical.length === 0 || clinical.some((one) => PRESENT.has(one))) &&
    !codesOf('verificationStatus').some((one) => DOUBTED.has(one))
  )
}

/** "I50.22" and "I5022" are one code. */
function plain(code: string): string {
  return code.toUpperCase().replaceAll('.', '')
}
