import { type PerAllele, valuesFor } from './field-values.ts'

const NUMBERS: Readonly<Record<string, PerAllele>> = { LA: 'A', LR: 'R', LG: 'G' }

/** By which of the alleles that LAA names a field of local alleles counts its values (VCF 4.5, section 1.6.2). */
export function perLocalAllele(number: string | undefined): PerAllele | undefined {
  return number === undefined ? undefined : NUMBERS[number]
}

/** The alleles of one sample that its local fields speak of, before and after the record's alleles became others. */
export interface LocalAlleles {
  /** LAA of the new alleles. */
  readonly text: string
  /** Value of a local field for the new alleles; "." where its count does not fit. */
  values(text: string, number: PerAllele): string
}

/**
 * `laa`: the ALT alleles that matter for the sample, counted from 1; `from`: for each new allele, REF first, the old one that it is.
 * REF is always local. Undefined where LAA cannot be read.
 */
export function localAlleles(laa: string, from: readonly (number | undefined)[]): LocalAlleles | undefined {
  const named = laa === '.' || laa === '' ? [] : laa.split(',')
  if (!named.every((one) => /^\d{1,6}$/.test(one))) return undefined
  const before = [0, ...named.map(Number)]
  const kept = from.flatMap((old, allele) =>
    allele > 0 && old !== undefined && before.includes(old) ? [allele] : [],
  )
  const places = [0, ...kept].map((allele) => {
    const old = from[allele]
    const place = old === undefined ? -1 : before.indexOf(old)
    return place < 0 ? undefined : place
  })
  return {
    text: kept.length === 0 ? '.' : kept.join(','),
    values: (text, number) => valuesFor(text, number, before.length, places) ?? '.',
  }
}
