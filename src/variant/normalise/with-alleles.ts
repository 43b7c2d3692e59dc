import { Fault } from '../../terms/fault.ts'
import { type PerAllele, perAllele, valuesFor } from './field-values.ts'
import { mapGenotype } from './genotype-text.ts'
import { localAlleles, perLocalAllele } from './local-alleles.ts'
import { structuralValues } from './structural-lists.ts'
import {
  type Declarations,
  type DeclaredField,
  infoEntries,
  infoText,
  placeOf,
  sampleTable,
  sampleText,
  type VariantRecord,
} from './variant-record.ts'

/** How the alleles of a record become others. */
export interface AlleleChange {
  readonly ref: string
  readonly alts: readonly string[]
  /** For each new allele, REF first, the old one that it is. */
  readonly from: readonly (number | undefined)[]
  /** For each old allele, REF first, the new one that stands for it in genotypes; undefined writes ".". */
  readonly to: readonly (number | undefined)[]
  /** Called on every field per allele after its values are chosen. */
  readonly adjust?: (key: string, field: DeclaredField, before: readonly string[], after: string) => string
}

/** What to do with a field whose values do not fit the alleles. */
export type Misfit = 'refuse' | 'drop'

/**
 * The record with other alleles: genotypes, and every INFO and FORMAT field declared one per ALT, allele or genotype, follow.
 * Throws VCF_FIELD_COUNT where a field has a count of values that its declaration does not allow, unless it is to be dropped.
 */
export function withAlleles(
  record: VariantRecord,
  change: AlleleChange,
  declared: Declarations,
  misfit: Misfit,
): VariantRecord {
  const made = { ...record, ref: change.ref, alts: change.alts }
  return {
    ...made,
    info: changedInfo(record, change, declared, misfit),
    ...changedSamples(record, change, declared, misfit),
  }
}

function changedInfo(
  record: VariantRecord,
  change: AlleleChange,
  declared: Declarations,
  misfit: Misfit,
): string {
  const entries = infoEntries(record.info)
  let touched = false
  const kept = entries.flatMap((entry) => {
    const field = declared.info.get(entry.key)
    const number = perAllele(field?.number)
    if (entry.value === undefined) return [entry]
    if (number === undefined) {
      const repeats = entries.find(({ key }) => key === 'RN')?.value
      const moved = structuralValues(entry.key, entry.value, repeats, record.alts.length, change.from)
      if (moved === undefined) return [entry]
      touched = true
      return [{ key: entry.key, value: moved }]
    }
    touched = true
    const value = changedValue(record, entry.key, field!, number, entry.value, change)
    if (value !== undefined) return [{ key: entry.key, value }]
    if (field!.type === 'String' || misfit === 'drop') return []
    throw wrongCount(record, `INFO/${entry.key}`, number)
  })
  return touched ? infoText(kept) : record.info
}

function changedSamples(
  record: VariantRecord,
  change: AlleleChange,
  declared: Declarations,
  misfit: Misfit,
): Pick<VariantRecord, 'format' | 'samples'> {
  const table = sampleTable(record)
  if (table.keys.length === 0) return { format: record.format, samples: record.samples }
  const columns: { key: string; cells: string[] }[] = []
  const laa = table.keys.indexOf('LAA')
  const local = laa < 0 ? [] : table.rows.map((row) => localAlleles(row[laa]!, change.from))
  for (const [at, key] of table.keys.entries()) {
    const cells = table.rows.map((row) => row[at]!)
    const field = declared.format.get(key)
    const number = perAllele(field?.number)
    if (key === 'GT') columns.push({ key, cells: cells.map((cell) => mapGenotype(cell, change.to)) })
    else if (at === laa) columns.push({ key, cells: local.map((one) => one?.text ?? '.') })
    else if (number === undefined) {
      const each = laa < 0 ? undefined : perLocalAllele(field?.number)
      const moved = each && cells.map((cell, row) => local[row]?.values(cell, each) ?? '.')
      columns.push({ key, cells: moved ?? cells })
    } else {
      const changed = cells.map((cell) => changedValue(record, key, field!, number, cell, change))
      if (!changed.includes(undefined)) columns.push({ key, cells: changed as string[] })
      else if (field!.type === 'String') columns.push({ key, cells: changed.map((cell) => cell ?? '.') })
      else if (misfit === 'refuse') throw wrongCount(record, `FORMAT/${key}`, number)
    }
  }
  return sampleText({
    keys: columns.map(({ key }) => key),
    rows: table.rows.map((_, row) => columns.map(({ cells }) => cells[row]!)),
  })
}

function changedValue(
  record: VariantRecord,
  key: string,
  field: DeclaredField,
  number: PerAllele,
  text: string,
  change: AlleleChange,
): string | undefined {
  const after = valuesFor(text, number, record.alts.length + 1, change.from)
  if (after === undefined || after === '.' || change.adjust === undefined) return after
  return change.adjust(key, field, text.split(','), after)
}

function wrongCount(record: VariantRecord, field: string, number: PerAllele): Fault {
  const alleles = record.alts.length + 1
  const one = {
    A: `one for each of ${alleles - 1} ALT`,
    R: `one for each of ${alleles} alleles`,
    G: 'one for each genotype',
  }
  return new Fault(
    'VCF_FIELD_COUNT',
    `${placeOf(record)}, ${field}`,
    `the values are not ${one[number]}, as the header declares with Number=${number}`,
    'Correct the field or its declaration, or add --force to leave such fields out.',
  )
}
