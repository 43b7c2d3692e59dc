import type { LabResult } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { codings, list } from '../genomics/component.ts'
import { dayOf, quantityOf, stands } from './observed.ts'

/** What trials call a laboratory test, by LOINC code. */
const NAMES: Readonly<Record<string, string>> = {
  '1742-6': 'ALT',
  '1743-4': 'ALT',
  '1744-2': 'ALT',
  '1920-8': 'AST',
  '30239-8': 'AST',
  '1975-2': 'bilirubin',
  '14631-6': 'bilirubin',
  '2160-0': 'creatinine',
  '14682-9': 'creatinine',
  '718-7': 'hemoglobin',
  '777-3': 'platelets',
  '26515-7': 'platelets',
  '751-8': 'ANC',
  '26499-4': 'ANC',
  '6690-2': 'WBC',
  '26464-8': 'WBC',
  '1751-7': 'albumin',
  '6301-6': 'INR',
  '34714-6': 'INR',
  '6768-6': 'ALP',
  '2532-0': 'LDH',
  '14804-9': 'LDH',
  '33914-3': 'eGFR',
  '62238-1': 'eGFR',
  '98979-8': 'eGFR',
}

/** Numeric results under each of their codes, and under the name that trials use. */
export function labsOf(resources: readonly Resource[]): readonly LabResult[] {
  return resources.flatMap((one): readonly LabResult[] => {
    if (!stands(one)) return []
    const quantity = quantityOf(one['valueQuantity'])
    if (quantity === undefined) return []
    const codes = codings(one['code']).flatMap(({ code }) => code ?? [])
    const tests = [...new Set(codes.flatMap((code) => [code, NAMES[code] ?? []].flat()))]
    const day = dayOf(one)
    const limit = upperLimit(one, quantity.unit)
    return tests.map((test) => ({
      test,
      ...quantity,
      ...(limit === undefined ? {} : { upperLimit: limit }),
      ...(day === undefined ? {} : { date: day }),
    }))
  })
}

/** Upper end of the normal range, in the unit of the result; undefined where there are several, as by age. */
function upperLimit(observation: Resource, unit: string): number | undefined {
  const limits = list(observation['referenceRange'])
    .filter((one) => {
      const kind = codings(one['type']).flatMap(({ code }) => code ?? [])
      return kind.length === 0 || kind.includes('normal')
    })
    .flatMap((one) => quantityOf(one['high']) ?? [])
    .filter((one) => one.unit === '' || one.unit === unit)
  return limits.length === 1 && limits[0]!.value > 0 ? limits[0]!.value : undefined
}
