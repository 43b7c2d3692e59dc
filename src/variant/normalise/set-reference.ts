import type { SequenceSource } from '../sequence.ts'
import { sequenceOfRef } from './reference-check.ts'
import { isBases } from './variant-kind.ts'
import {
  type Declarations,
  infoEntries,
  infoText,
  sampleTable,
  type VariantRecord,
} from './variant-record.ts'
import { type Misfit, withAlleles } from './with-alleles.ts'

interface ReferenceSet {
  readonly record: VariantRecord
  /** "swapped": an ALT is the reference, and REF became an ALT; genotypes and fields per allele follow. */
  readonly what: 'as-it-was' | 'set' | 'swapped'
}

/**
 * REF made what the sequence has. Where an ALT is what the sequence has, the two change places; otherwise REF alone is
 * written anew, IUPAC letters of the alleles with it. Undefined when the sequence does not reach.
 */
export function setReference(
  source: SequenceSource,
  record: VariantRecord,
  declared: Declarations,
  misfit: Misfit,
): ReferenceSet | undefined {
  const sequence = sequenceOfRef(source, record)
  if (sequence === undefined) return undefined
  if (record.ref.toUpperCase() === sequence.toUpperCase()) return { record, what: 'as-it-was' }
  const plain = withoutCodes(record, sequence)
  if (plain.ref.toUpperCase() === sequence.toUpperCase())
    return { record: plain, what: plain === record ? 'as-it-was' : 'set' }
  const at = plain.alts.findIndex((alt) => isBases(alt) && isSequence(source, plain, alt))
  if (at < 0) return { record: { ...plain, ref: sequence }, what: 'set' }
  return { record: swapped(plain, at, declared, misfit), what: 'swapped' }
}

function isSequence(source: SequenceSource, record: VariantRecord, alt: string): boolean {
  const found = sequenceOfRef(source, { ...record, ref: alt })
  return found !== undefined && found.toUpperCase() === alt.toUpperCase()
}

const NOT_ACGT = /[^ACGTacgt]/

/**
 * Letters of REF that name no one base (N too) become those of the sequence, and so do such letters of an ALT at the same
 * places; other IUPAC letters of an ALT become N.
 */
function withoutCodes(record: VariantRecord, sequence: string): VariantRecord {
  if (!NOT_ACGT.test(record.ref)) return record
  const ref = [...record.ref].map((letter, i) => (NOT_ACGT.test(letter) ? sequence[i]! : letter)).join('')
  const mend = (alt: string): string =>
    /^[A-Za-z]+$/.test(alt)
      ? [...alt]
          .map((letter, i) => {
            if (!NOT_ACGT.test(letter)) return letter
            const isCode = i < record.ref.length && NOT_ACGT.test(record.ref[i]!)
            return isCode ? sequence[i]! : 'N'
          })
          .join('')
      : alt
  return { ...record, ref, alts: record.alts.map(mend) }
}

function swapped(record: VariantRecord, at: number, declared: Declarations, misfit: Misfit): VariantRecord {
  const order = Array.from({ length: record.alts.length + 1 }, (_, i) => i)
  order[0] = at + 1
  order[at + 1] = 0
  const alts = record.alts.map((alt, i) => (i === at ? record.ref : alt))
  const made = withAlleles(record, { ref: record.alts[at]!, alts, from: order, to: order }, declared, misfit)
  return recounted(made, record, at)
}

/** AC of the ALT that was REF: it had no count before, so it is counted from the genotypes. */
function recounted(made: VariantRecord, before: VariantRecord, at: number): VariantRecord {
  const table = sampleTable(made)
  const column = table.keys.indexOf('GT')
  const entries = infoEntries(made.info)
  const old = infoEntries(before.info)
    .find(({ key }) => key === 'AC')
    ?.value?.split(',')
  if (column < 0 || old === undefined || old.length !== made.alts.length) return made
  let count = 0
  for (const row of table.rows) {
    for (const allele of row[column]!.split(/[/|]/)) if (allele === String(at + 1)) count += 1
  }
  const value = old.map((one, i) => (i === at ? String(count) : one)).join(',')
  return { ...made, info: infoText(entries.map((one) => (one.key === 'AC' ? { key: 'AC', value } : one))) }
}
