import { chromosomeOf } from '../../../terms/genome.ts'
import { failureOf } from '../filter.ts'
import {
  ABSENT,
  type ColumnContext,
  type FormatLayout,
  layoutOf,
  NOT_CALLED,
  parseColumns,
  READS_CONTRADICT,
} from '../genotype-columns.ts'
import type { EvidenceRules } from '../sample-call.ts'
import { reachOf } from './reach.ts'
import { RecordCursor } from './record-cursor.ts'
import type { VariantFile } from './records-at.ts'

/** What one record says of the bases it covers in one person. */
export interface Statement {
  readonly contig: string
  /** 1-based, [from, to]. */
  readonly from: number
  readonly to: number
  readonly state:
    | 'reference'
    | 'variant'
    | 'no-call'
    | 'half-call'
    | 'filtered'
    | 'low-depth'
    | 'low-quality'
    | 'reads-contradict'
    /** The record says that an insertion or deletion is not there, and nothing of other changes of these bases. */
    | 'indel-only'
  readonly detail: string
  /**
   * Which of several statements over a base counts, by the rule of callLocus: a record that can be used replaces one that
   * cannot, unless that one shows something other than the reference.
   */
  readonly weight: number
}

const ABOUT_OTHERS = 1
const UNUSABLE = 2
const REFERENCE = 3
const VARIANT = 4
const UNUSABLE_VARIANT = 5

const ANY_OTHER = new Set(['<NON_REF>', '<*>', '<X>'])

/** Reads records of one sample as statements about bases. */
export class StatementReader {
  readonly #context: ColumnContext
  readonly #rules: EvidenceRules
  readonly #alleleDepths: boolean
  readonly #layouts = new Map<string, FormatLayout | undefined>()

  constructor(file: VariantFile, sample: number, rules: EvidenceRules) {
    const { samples, lines } = file.header
    const slots = new Int32Array(samples.length).fill(-1)
    slots[sample] = 0
    this.#context = { fileName: file.name, samples, slots, wanted: 1 }
    this.#rules = rules
    this.#alleleDepths = lines.some((line) => /^##FORMAT=<ID=AD,(.*,)?Number=R[,>]/.test(line))
  }

  /** `bytes` are whole lines. Throws the faults of genotypes that are not VCF. */
  *read(bytes: Buffer): Generator<Statement> {
    const cursor = new RecordCursor(bytes, 0, bytes.length)
    while (cursor.step()) {
      const statement = this.#one(bytes, cursor)
      if (statement !== undefined) yield statement
    }
  }

  #one(bytes: Buffer, cursor: RecordCursor): Statement | undefined {
    const format = cursor.startOf(8)
    if (format === undefined) return undefined
    const sample = cursor.endOf(format) + 1
    const layout = this.#layoutFor(bytes.toString('latin1', format, sample - 1))
    const ref = bytes.toString('latin1', cursor.refFrom, cursor.refTo)
    const written = bytes.toString('latin1', cursor.altFrom, cursor.altTo)
    const alts = written === '.' ? [] : written.split(',')
    const real = alts.filter((alt) => !ANY_OTHER.has(alt))
    const structural = real.some((alt) => /[<[\]]/.test(alt))
    let to = reachOf(bytes, cursor)
    const contig = cursor.contig()
    const said = (state: Statement['state'], weight: number, detail = ''): Statement => ({
      contig,
      from: cursor.position,
      to,
      state,
      detail,
      weight,
    })
    if (layout === undefined)
      return structural ? undefined : said('no-call', UNUSABLE, 'the record has no GT')
    const record = { line: cursor.lines, position: cursor.position, alleles: alts.length + 1 }
    const columns = parseColumns(bytes, sample, cursor.end, layout, record, this.#context)
    const blockEnd = columns.blockEnd?.[0] ?? 0
    if (blockEnd > 0) to = Math.max(cursor.position + ref.length - 1, blockEnd)
    const first = columns.first[0]!
    const second = columns.second[0]!
    const numbers = second === ABSENT ? [first] : [first, second]
    const shown = numbers.some((one) => one !== 0 && one !== NOT_CALLED)
    // A genotyped structural event that is not there says nothing of the bases in it.
    if (structural && !shown) return undefined
    const filter = this.#failure(bytes, cursor) ?? columns.failed.get(0)
    const depth = columns.depth?.[0] ?? -1
    const quality = columns.quality?.[0] ?? -1
    const unusable = shown ? UNUSABLE_VARIANT : UNUSABLE
    if (numbers.every((one) => one === NOT_CALLED)) return said('no-call', UNUSABLE)
    if (filter !== undefined && this.#rules.filters === 'respect' && !(filter === 'RefCall' && !shown))
      return said('filtered', unusable, filter)
    if (numbers.includes(NOT_CALLED)) return said('half-call', unusable, columns.texts.get(0) ?? '')
    // One allele on an autosome: nothing is said of the other strand.
    if (second === ABSENT && isAutosome(contig)) return said('half-call', unusable, `${first}`)
    const block = real.length === 0
    const { minDepth, minQuality, blockMinDepth, blockMinQuality } = this.#rules
    const leastDepth = !block ? minDepth : quality < 0 ? blockMinDepth : Math.min(1, blockMinDepth)
    const leastQuality = block ? blockMinQuality : minQuality
    if (depth >= 0 && depth < leastDepth) return said('low-depth', unusable, `DP ${depth} < ${leastDepth}`)
    if (quality >= 0 && quality < leastQuality)
      return said('low-quality', unusable, `GQ ${quality} < ${leastQuality}`)
    if ((columns.flags[0]! & READS_CONTRADICT) !== 0)
      return said(
        'reads-contradict',
        unusable,
        `${columns.texts.get(0)} AD ${columns.alleleDepths.get(0)?.join(',')}`,
      )
    if (shown) {
      const carried = [...new Set(numbers)].filter((one) => one > 0).map((one) => alts[one - 1] ?? one)
      return said('variant', VARIANT, `${ref}>${carried.join(',')}`)
    }
    if (real.some((alt) => alt.length !== ref.length))
      return said('indel-only', ABOUT_OTHERS, `${ref}>${real.join(',')}`)
    return said('reference', REFERENCE)
  }

  #layoutFor(format: string): FormatLayout | undefined {
    if (!this.#layouts.has(format)) this.#layouts.set(format, layoutOf(format, this.#alleleDepths))
    return this.#layouts.get(format)
  }

  #failure(bytes: Buffer, cursor: RecordCursor): string | undefined {
    const from = cursor.startOf(6)
    if (from === undefined) return undefined
    return failureOf(bytes.toString('latin1', from, cursor.endOf(from)))
  }
}

/** True for the chromosomes of which a person has two whatever the sex. */
function isAutosome(contig: string): boolean {
  return /^chr\d+$/.test(chromosomeOf(contig) ?? '')
}
