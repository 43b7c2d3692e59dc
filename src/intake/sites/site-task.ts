import type { LinesResult, LineTask } from '../scan/task.ts'
import { contigKey } from '../vcf/scan/loci.ts'
import { RecordCursor } from '../vcf/scan/record-cursor.ts'
import { Change, LONG } from './allele-key.ts'

/** One value to be taken from each record: the ID column, or an INFO key. */
export interface Taken {
  readonly from: 'ID' | 'INFO'
  readonly id: string
  /** INFO Number: A and R have one value for each ALT (R one for REF before), any other has one for all. */
  readonly per: 'allele' | 'allele-and-ref' | 'record'
  readonly flag: boolean
}

/** The sites of some lines, as columns; it travels between threads. */
export interface SiteLines extends LinesResult {
  /** Contigs in the order of the lines, and the first site of each. */
  readonly contigs: readonly { readonly key: string; readonly first: number }[]
  /** Per site: POS of its record, and of the change in its shortest spelling; the code of the change. */
  readonly records: Int32Array
  readonly positions: Int32Array
  readonly codes: Uint16Array
  /** Alleles of the sites with the code LONG, in their order. */
  readonly alleles: readonly string[]
  /** Values: site after site, column after column; text n is texts[ends[n - 1], ends[n]). */
  readonly ends: Uint32Array
  readonly texts: Uint8Array
  readonly skipped: number
}

const COMMA = 44

/** Takes the sites of a VCF. */
export function siteTask({ taken }: { readonly taken: readonly Taken[] }): LineTask<SiteLines> {
  const change = new Change()
  return {
    take(bytes, from, to) {
      const cursor = new RecordCursor(bytes, from, to)
      const contigs: { key: string; first: number }[] = []
      const records: number[] = []
      const positions: number[] = []
      const codes: number[] = []
      const alleles: string[] = []
      const values: string[] = []
      let skipped = 0
      while (cursor.step()) {
        if (cursor.contigChanged) contigs.push({ key: contigKey(cursor.contig()), first: records.length })
        const { position, refFrom, refTo, altTo } = cursor
        let fields: readonly (readonly string[])[] | undefined
        let alt = cursor.altFrom
        for (let number = 0; alt <= altTo; number++) {
          let end = alt
          while (end < altTo && bytes[end] !== COMMA) end += 1
          if (change.set(bytes, position, refFrom, refTo, alt, end)) {
            records.push(position)
            positions.push(change.position)
            codes.push(change.code)
            if (change.code === LONG) alleles.push(change.text(bytes))
            fields ??= fieldsOf(bytes, cursor, taken)
            for (const [i, one] of taken.entries()) values.push(alleleValue(fields[i]!, one, number))
          } else skipped += 1
          alt = end + 1
        }
      }
      let length = 0
      const ends = new Uint32Array(values.length)
      for (const [i, value] of values.entries()) {
        length += Buffer.byteLength(value)
        ends[i] = length
      }
      return {
        lines: cursor.lines,
        contigs,
        records: Int32Array.from(records),
        positions: Int32Array.from(positions),
        codes: Uint16Array.from(codes),
        alleles,
        ends,
        texts: new TextEncoder().encode(values.join('')),
        skipped,
      }
    },
    transfer: ({ records, positions, codes, ends, texts }) =>
      [records, positions, codes, ends, texts].map((one) => one.buffer as ArrayBuffer),
  }
}

/** For each value to be taken, its parts in the record; empty where it is not there. */
function fieldsOf(
  bytes: Buffer,
  cursor: RecordCursor,
  taken: readonly Taken[],
): readonly (readonly string[])[] {
  const from = cursor.startOf(7)
  const info = from === undefined ? [] : bytes.toString('utf8', from, cursor.endOf(from)).split(';')
  return taken.map(({ from: column, id, per, flag }) => {
    if (column === 'ID')
      return [bytes.toString('utf8', cursor.endOf(cursor.contigTo + 1) + 1, cursor.refFrom - 1)]
    const field = info.find(
      (one) => one.startsWith(id) && (one.length === id.length || one[id.length] === '='),
    )
    if (field === undefined) return []
    if (flag) return ['1']
    const value = field.slice(id.length + 1)
    return per === 'record' ? [value] : value.split(',')
  })
}

/** The value of one ALT; a comma in it is written as VCF 4.3 does, because commas will stand between alleles. */
function alleleValue(field: readonly string[], { per }: Taken, number: number): string {
  const value = field[per === 'record' ? 0 : per === 'allele' ? number : number + 1] ?? ''
  return value === '.' ? '' : value.replaceAll(',', '%2C')
}
