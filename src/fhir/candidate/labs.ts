import type { LaboratoryNames } from '../../knowledge/trials/laboratory-names.ts'
import type { LabResult } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { codings, list } from '../genomics/component.ts'
import { dayOf, quantityOf, stands } from './observed.ts'

/** Numeric results under each of their codes, and under the name that trials use. */
export function labsOf(resources: readonly Resource[], names: LaboratoryNames): readonly LabResult[] {
  return resources.flatMap((one): readonly LabResult[] => {
    if (!stands(one)) return []
    const quantity = quantityOf(one['valueQuantity'])
    if (quantity === undefined) return []
    const codes = codings(one['code']).flatMap(({ code }) => code ?? [])
    const tests = [...new Set(codes.flatMap((code) => [code, names.get(code) ?? []].flat()))]
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
