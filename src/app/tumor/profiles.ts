import type { Covered, TumorProfile } from '../../record/tumor-profile.ts'
import { Fault } from '../../terms/fault.ts'
import { placeOf, tableRows } from '../table-rows.ts'
import { variantReader } from './variant-columns.ts'

const SAMPLE = ['tumor_sample_barcode', 'sample', 'patient']
const CALLS = ['amplification', 'gain', 'neutral', 'loss', 'deep-deletion'] as const

interface Filled {
  readonly variants: TumorProfile['variants'][number][]
  readonly copyNumbers: TumorProfile['copyNumbers'][number][]
  readonly fusions: TumorProfile['fusions'][number][]
}

/**
 * Profiles of the tumours of one table, by sample: rows are small variants, or copy number calls (column copy_number) or
 * fusions (column fusion, "EML4::ALK"). A tumour without a row is not in the table, so it has no profile.
 * Throws VARIANT_COLUMN_MISSING, COPY_NUMBER_UNKNOWN, FUSION_UNREADABLE.
 */
export async function readProfiles(
  path: string,
  assembly: 'GRCh38' | 'GRCh37',
  covered: TumorProfile['covered'],
): Promise<TumorProfile[]> {
  const samples = new Map<string, Filled>()
  let header: readonly string[] | undefined
  let read: ReturnType<typeof variantReader> | undefined
  for await (const { line, cells } of tableRows(path)) {
    if (header === undefined || read === undefined) {
      header = cells
      read = variantReader(header, path, assembly, [])
      continue
    }
    const cell = (names: readonly string[]) => cells[placeOf(header!, names)] ?? ''
    const name = cell(SAMPLE)
    const profile = samples.get(name) ?? { variants: [], copyNumbers: [], fusions: [] }
    samples.set(name, profile)
    const [copies, fusion] = [cell(['copy_number']), cell(['fusion'])]
    const { variant } = read(cells)
    if (copies !== '') {
      const call = CALLS.find((one) => one === copies.toLowerCase())
      if (call === undefined || variant.gene === undefined)
        throw new Fault(
          'COPY_NUMBER_UNKNOWN',
          `${path}:${line}`,
          `"${copies}" is no call of a gene`,
          `Use ${CALLS.join(', ')}, with the gene beside it.`,
        )
      profile.copyNumbers.push({ gene: variant.gene, call })
    } else if (fusion !== '') {
      const [, five = '', three = ''] = /^([^:\s]+)(?:::|--)([^:\s]+)$/.exec(fusion) ?? []
      if (five === '')
        throw new Fault(
          'FUSION_UNREADABLE',
          `${path}:${line}`,
          `"${fusion}" does not name two genes`,
          'Write EML4::ALK; "?" stands for a partner that is not known.',
        )
      profile.fusions.push({
        five: five === '?' ? undefined : five,
        three: three === '?' ? undefined : three,
      })
    } else if (variant.gene !== undefined) profile.variants.push(variant)
  }
  return [...samples].map(([sample, found]) => ({
    sample: sample === '' ? undefined : sample,
    ...found,
    covered,
  }))
}

/** "all", or genes separated by commas; undefined: nobody said. */
export function readCovered(text: string | undefined): Covered {
  if (text === undefined) return undefined
  return text.toLowerCase() === 'all' ? 'all' : new Set(text.split(/[\s,;]+/).filter((gene) => gene !== ''))
}
