import type { LineTask } from '../scan/task.ts'
import { contigKey } from '../vcf/scan/loci.ts'
import { RecordCursor } from '../vcf/scan/record-cursor.ts'
import { Change } from './allele-key.ts'
import { buffersOf, SiteCollector, type SiteLines } from './site-lines.ts'

/** One value to be taken from each record: the ID column, or an INFO key. */
export interface Taken {
  readonly from: 'ID' | 'INFO'
  readonly id: string
  /** INFO Number: A and R have one value for each ALT (R one for REF before), any other has one for all. */
  readonly per: 'allele' | 'allele-and-ref' | 'record'
  readonly flag: boolean
}

const COMMA = 44

/** Takes the sites of a VCF. */
export function siteTask({ taken }: { readonly taken: readonly Taken[] }): LineTask<SiteLines> {
  const change = new Change()
  return {
    take(bytes, from, to) {
      const cursor = new RecordCursor(bytes, from, to)
      const sites = new SiteCollector()
      while (cursor.step()) {
        if (cursor.contigChanged) sites.enter(contigKey(cursor.contig()))
        const { position, refFrom, refTo, altTo } = cursor
        let fields: readonly (readonly string[])[] | undefined
        let alt = cursor.altFrom
        for (let number = 0; alt <= altTo; number++) {
          let end = alt
          while (end < altTo && bytes[end] !== COMMA) end += 1
          if (change.set(bytes, position, refFrom, refTo, alt, end)) {
            sites.add(position, change, bytes)
            fields ??= fieldsOf(bytes, cursor, taken)
            for (const [i, one] of taken.entries()) sites.value(alleleValue(fields[i]!, one, number))
          } else sites.skipped += 1
          alt = end + 1
        }
      }
      return sites.finish(cursor.lines)
    },
    transfer: buffersOf,
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
