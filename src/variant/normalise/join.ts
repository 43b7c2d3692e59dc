import { type PerAllele, perAllele } from './field-values.ts'
import { genotypeIndex, genotypesInOrder, ploidyOf } from './genotype-order.ts'
import { joinGenotypes } from './join-genotypes.ts'
import { perLocalAllele } from './local-alleles.ts'
import {
  type Declarations,
  infoEntries,
  infoText,
  type SampleTable,
  sampleTable,
  sampleText,
  type VariantRecord,
} from './variant-record.ts'

interface JoinRules {
  readonly declared: Declarations
  /** A later record that passed makes the joined one PASS, whatever an earlier one failed. */
  readonly passWins: boolean
}

interface Joined {
  readonly record: VariantRecord
  /** Samples whose genotypes do not fit together: see joinGenotypes. */
  readonly overfull: number
}

/** REF and ALTs of all, and for each record the new number of each of its alleles. */
interface JoinedAlleles {
  readonly ref: string
  readonly alts: readonly string[]
  readonly to: readonly (readonly number[])[]
}

/** More ALTs than this in one record are not joined: their genotypes could not be listed. */
const MOST_ALTS = 1000

/** Undefined when the records cannot be joined: the REF of one does not begin as that of another, or a breakend would change. */
export function joinRecords(records: readonly VariantRecord[], rules: JoinRules): Joined | undefined {
  const alleles = joinAlleles(records)
  if (alleles === undefined) return undefined
  const first = records[0]!
  const tables = records.map(sampleTable)
  const samples = joinSamples(tables, alleles, records, rules)
  const record: VariantRecord = {
    ...first,
    id: joinedIds(records),
    ref: alleles.ref,
    alts: alleles.alts,
    quality: highest(records),
    filter: joinedFilter(records, rules.passWins),
    info: joinedInfo(records, alleles, rules),
    format: samples.format,
    samples: samples.samples,
  }
  return { record, overfull: samples.overfull }
}

function joinAlleles(records: readonly VariantRecord[]): JoinedAlleles | undefined {
  const joined = joinedReference(records)
  if (joined === undefined) return undefined
  const { ref, capitals } = joined
  const upper = ref.toUpperCase()
  const alts: string[] = []
  const places = new Map<string, number>()
  const to: number[][] = []
  for (const [i, one] of records.entries()) {
    const tail = ref.slice(one.ref.length)
    const numbers = [0]
    for (const alt of one.alts) {
      const isSequence = /^[A-Za-z]+$/.test(alt)
      if (!isSequence && tail !== '' && /[[\]]/.test(alt)) return undefined
      const long = isSequence ? alt + tail : alt
      const key = isSequence ? long.toUpperCase() : long
      let place = key === upper ? 0 : places.get(key)
      if (place === undefined) {
        if (alts.length >= MOST_ALTS) return undefined
        const kept = isSequence && i <= capitals.record ? ref.length - capitals.upTo : long.length
        alts.push(key.slice(0, long.length - kept) + long.slice(long.length - kept))
        place = alts.length
        places.set(key, place)
      }
      numbers.push(place)
    }
    to.push(numbers)
  }
  return { ref, alts, to }
}

/**
 * The longest REF, of which all others are the beginning. Letter case is as bcftools makes it: where a REF differs in case from
 * those before it, all alleles so far and its own become capitals; `upTo` is how long REF then was, `record` which one it was.
 */
function joinedReference(
  records: readonly VariantRecord[],
):
  | { readonly ref: string; readonly capitals: { readonly record: number; readonly upTo: number } }
  | undefined {
  let ref = records[0]!.ref
  let capitals = { record: -1, upTo: 0 }
  for (const [i, one] of records.entries()) {
    const shared = Math.min(ref.length, one.ref.length)
    const [before, now] = [ref.slice(0, shared), one.ref.slice(0, shared)]
    if (before === now) {
      ref += one.ref.slice(shared)
      continue
    }
    if (before.toUpperCase() !== now.toUpperCase()) return undefined
    ref = (ref + one.ref.slice(shared)).toUpperCase()
    capitals = { record: i, upTo: ref.length }
  }
  return { ref, capitals }
}

function joinedIds(records: readonly VariantRecord[]): string {
  const ids = new Set(records.flatMap(({ id }) => (id === '.' ? [] : id.split(';'))))
  return ids.size === 0 ? '.' : [...ids].join(';')
}

function highest(records: readonly VariantRecord[]): string {
  let best = records[0]!.quality
  for (const { quality } of records.slice(1)) {
    if (quality !== '.' && (best === '.' || Number(quality) > Number(best))) best = quality
  }
  return best
}

/** Every filter that any of the records failed; with `passWins`, PASS again from a later record that passed. */
function joinedFilter(records: readonly VariantRecord[], passWins: boolean): string {
  let joined: string[] = []
  for (const [i, { filter }] of records.entries()) {
    const isPass = filter === 'PASS'
    if (i === 0) joined = filter === '.' ? [] : filter.split(';')
    else if (isPass && passWins) joined = ['PASS']
    else if (!isPass && filter !== '.')
      joined = [...new Set([...joined.filter((one) => one !== 'PASS'), ...filter.split(';')])]
  }
  return joined.length === 0 ? '.' : joined.join(';')
}

function joinedInfo(records: readonly VariantRecord[], alleles: JoinedAlleles, rules: JoinRules): string {
  const maps = records.map((one) => new Map(infoEntries(one.info).map(({ key, value }) => [key, value])))
  const entries = infoEntries(records[0]!.info).map((entry) => {
    const field = rules.declared.info.get(entry.key)
    const number = perAllele(field?.number)
    if (number === undefined || entry.value === undefined) return entry
    const texts = maps.map((one) => one.get(entry.key))
    return { key: entry.key, value: joinedValues(texts, number, alleles, field!.type) ?? entry.value }
  })
  return infoText(entries)
}

function joinSamples(
  tables: readonly SampleTable[],
  alleles: JoinedAlleles,
  records: readonly VariantRecord[],
  rules: JoinRules,
): Pick<VariantRecord, 'format' | 'samples'> & { overfull: number } {
  const first = tables[0]!
  if (first.keys.length === 0)
    return { format: records[0]!.format, samples: records[0]!.samples, overfull: 0 }
  const columns = first.keys.map((key) => tables.map(({ keys }) => keys.indexOf(key)))
  const genotypes = columns[first.keys.indexOf('GT')]
  const copies = genotypes === undefined ? 0 : mostCopies(tables, genotypes)
  // A field that the first record leaves out for every sample is written out in full.
  const empty = first.keys.map((_, at) => first.rows.every((row) => row[at] === '.'))
  let overfull = 0
  const rows = first.rows.map((row, sample) =>
    row.map((cell, at) => {
      const texts = columns[at]!.map((column, i) =>
        column < 0 ? undefined : tables[i]!.rows[sample]?.[column],
      )
      const key = first.keys[at]!
      if (key === 'GT') {
        const joined = joinGenotypes(
          texts.flatMap((text, i) => (text === undefined ? [] : [{ text, to: alleles.to[i]! }])),
          copies,
        )
        if (joined.overfull) overfull += 1
        return joined.text
      }
      const field = rules.declared.format.get(key)
      const number = perAllele(field?.number)
      // Which alleles are local differs between the records.
      if (key === 'LAA' || (first.keys.includes('LAA') && perLocalAllele(field?.number) !== undefined))
        return '.'
      if (number === undefined) return cell
      if (
        !empty[at]! &&
        texts.every((text, i) => text === undefined || isLeftOut(text, number, alleles.to[i]!))
      )
        return '.'
      return joinedValues(texts, number, alleles, field!.type) ?? cell
    }),
  )
  return { ...sampleText({ keys: first.keys, rows }), overfull }
}

function mostCopies(tables: readonly SampleTable[], columns: readonly number[]): number {
  let most = 0
  for (const [i, table] of tables.entries()) {
    for (const row of table.rows) {
      const text = columns[i]! < 0 ? undefined : row[columns[i]!]
      if (text !== undefined) most = Math.max(most, text.split(/[/|]/).length)
    }
  }
  return most
}

/**
 * Values of one field in several records, for the joined alleles; what no record says is ".", and where two records say
 * something of one allele the later one counts. Undefined when no record has a
 * count of values that fits its alleles.
 */
function joinedValues(
  texts: readonly (string | undefined)[],
  number: PerAllele,
  alleles: JoinedAlleles,
  type: string,
): string | undefined {
  const count = alleles.alts.length + 1
  if (number === 'G') return joinedByGenotype(texts, alleles, count, type)
  const skipped = number === 'A' ? 1 : 0
  const made = new Array<string>(count - skipped).fill('.')
  for (const [i, text] of texts.entries()) {
    const to = alleles.to[i]!
    if (text === undefined || isLeftOut(text, number, to)) continue
    const values = text.split(',')
    if (values.length !== to.length - skipped) return undefined
    for (const [old, value] of values.entries()) {
      const place = to[old + skipped]! - skipped
      if (place >= 0 && tells(type, made[place]!)) made[place] = value
    }
  }
  return made.length === 0 ? '.' : made.join(',')
}

/**
 * Of what several records tell, such as the depth of REF, bcftools takes the number of the last one, though it is missing there,
 * and the text of the first one that has it.
 */
function tells(type: string, before: string): boolean {
  return type === 'Integer' || type === 'Float' || before === '.'
}

/** "." where there should be several values. Where there should be one, it is that value, which is missing. */
function isLeftOut(text: string, number: PerAllele, alleles: readonly number[]): boolean {
  const asked = number === 'A' ? alleles.length - 1 : number === 'R' ? alleles.length : undefined
  return text === '.' && asked !== 1
}

function joinedByGenotype(
  texts: readonly (string | undefined)[],
  alleles: JoinedAlleles,
  count: number,
  type: string,
): string | undefined {
  if (count === 1) return texts.findLast((text) => text !== undefined)
  let made: string[] | undefined
  let ploidy = 0
  for (const [i, text] of texts.entries()) {
    const to = alleles.to[i]!
    // The one value of a record without ALT is of no known ploidy, and in respect to no other genotype.
    if (text === undefined || text === '.' || to.length === 1) continue
    const values = text.split(',')
    const own = ploidyOf(values.length, to.length)
    if (own === undefined || (made !== undefined && own !== ploidy)) return undefined
    ploidy = own
    const all = genotypesInOrder(count, ploidy)
    made ??= all.map(() => '.')
    for (const [old, genotype] of genotypesInOrder(to.length, ploidy).entries()) {
      const place = genotypeIndex(genotype.map((allele) => to[allele]!))
      if (tells(type, made[place]!)) made[place] = values[old]!
    }
  }
  return made === undefined ? '.' : made.join(',')
}
