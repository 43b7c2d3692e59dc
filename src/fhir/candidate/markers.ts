import type { Candidate } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { codings } from '../genomics/component.ts'
import { dayOf, hasLoinc, newest, quantityOf, stands } from './observed.ts'

const TMB = new Set(['94076-7'])
/** Mutations per megabase, however the unit is written. */
const PER_MEGABASE = /(\/|per)\s*\{?(mb|megabase|1000000|10\*6)/i

/** By LOINC code: the marker, and what its answers say of it. */
const MARKERS: ReadonlyMap<string, string> = new Map([
  ['81695-9', 'mismatch-repair'],
  ['16112-5', 'er'],
  ['85337-4', 'er'],
  ['16113-3', 'pr'],
  ['85339-0', 'pr'],
  ['48676-1', 'her2'],
  ['85319-2', 'her2'],
])
const REPAIR: Readonly<Record<string, string>> = {
  'LA26203-4': 'deficient',
  'MSI-H': 'deficient',
  // Low instability counts as stable for every treatment.
  'LA26202-6': 'proficient',
  'MSI-L': 'proficient',
  'LA14122-8': 'proficient',
  STABLE: 'proficient',
  MSS: 'proficient',
}
const RECEPTOR: Readonly<Record<string, string>> = {
  'LA6576-8': 'positive',
  '10828004': 'positive',
  POSITIVE: 'positive',
  'LA6577-6': 'negative',
  '260385009': 'negative',
  NEGATIVE: 'negative',
}

/** Properties of the tumour: the newest result of each; two of one day that differ are both told. */
export function markersOf(resources: readonly Resource[]): Candidate['markers'] {
  const found = new Map<string, { readonly day: string | undefined; readonly value: string }[]>()
  for (const one of resources) {
    if (!stands(one)) continue
    const marker = codings(one['code']).flatMap(({ code }) => MARKERS.get(code ?? '') ?? [])[0]
    if (marker === undefined) continue
    const answers = marker === 'mismatch-repair' ? REPAIR : RECEPTOR
    const said = codings(one['valueCodeableConcept'])
    const value = said
      .flatMap(({ code, display }) => [code, display])
      .find((word) => answers[word?.toUpperCase() ?? ''] !== undefined)
    // A result that is neither hides older ones: what is so now is not known.
    found.set(marker, [
      ...(found.get(marker) ?? []),
      { day: dayOf(one), value: answers[value?.toUpperCase() ?? ''] ?? '' },
    ])
  }
  const markers: Record<string, string | readonly string[]> = {}
  for (const [marker, results] of found) {
    const now = [...new Set(newest(results).map(({ value }) => value))]
    if (now.includes('')) continue
    markers[marker] = now.length === 1 ? now[0]! : now.sort()
  }
  return markers
}

/** Mutations per megabase of the newest report; undefined where two of one day differ, or the unit is another. */
export function burdenOf(resources: readonly Resource[]): number | undefined {
  const results = resources
    .filter((one) => stands(one) && hasLoinc(one['code'], TMB))
    .map((one) => ({ day: dayOf(one), quantity: quantityOf(one['valueQuantity']) }))
  const now = newest(results).map(({ quantity }) =>
    quantity !== undefined && quantity.beyond === undefined && PER_MEGABASE.test(quantity.unit)
      ? quantity.value
      : undefined,
  )
  const [first] = now
  return now.every((one) => one === first) ? first : undefined
}
