import { type Findings, shown } from './findings.ts'
import { piecesOf } from './pieces.ts'
import { SeenIds } from './seen-ids.ts'
import { VariantWindow } from './variant-window.ts'

interface Seen {
  readonly line: number
  readonly chromosome: string
  /** 1-based; undefined where POS could not be read. */
  readonly position: number | undefined
  readonly id: string
  readonly ref: string
  readonly alternates: readonly string[]
  readonly info: string
}

/** Names of contigs that are remembered; beyond them a split block is not reported. */
const MOST_CONTIGS = 500_000
/** Bases of REF times ALT alleles in one record; beyond them a repetition is not reported. */
const MOST_COMPARED = 10_000_000

/** Order and repetition of records, in memory that does not grow with the file. */
export class RecordOrder {
  readonly #findings: Findings
  readonly #finished = new Set<string>()
  readonly #window = new VariantWindow()
  readonly #ids = new SeenIds()
  #chromosome: string | undefined
  #position = -1
  /** Line of the first record of the present place. */
  #placeBegan = 0
  /** The last record without ALT. */
  #blank: Seen | undefined

  constructor(findings: Findings) {
    this.#findings = findings
  }

  see(record: Seen): void {
    const { line, position } = record
    // <1> is contig 1 of the assembly file: its records stand among those of 1.
    const chromosome = record.chromosome.replace(/^<(.*)>$/, '$1')
    if (chromosome !== this.#chromosome) this.#begin(chromosome, line)
    if (position === undefined) return
    if (position < this.#position) {
      const before = this.#position
      this.#findings.add('VCF_POS_ORDER', { line, column: 'POS' }, () => `${position} comes after ${before}`)
      this.#window.clear()
    }
    if (position !== this.#position) this.#placeBegan = line
    this.#position = position
    this.#identifiers(record)
    this.#window.moveTo(position)
    // Long alleles in great number would take time without bound to compare.
    if (record.ref.length * record.alternates.length > MOST_COMPARED) return
    const ref = record.ref.toUpperCase()
    if (record.alternates.length === 0) this.#blankTwin(record)
    for (const alternate of record.alternates) {
      const twin = this.#window.add({ line, position, ref, alternate, info: record.info })
      if (twin === undefined) continue
      const rule = twin.sameSpelling ? 'VCF_DUPLICATE_VARIANT' : 'VCF_DUPLICATE_SPELLING'
      this.#findings.add(
        rule,
        { line, column: 'ALT' },
        () => `${shown(`${ref}>${alternate}`)} stands on line ${twin.line} too`,
      )
    }
  }

  /** The same record without ALT on the next line; one that says something else of the place may stand beside it. */
  #blankTwin(record: Seen): void {
    const before = this.#blank
    this.#blank = record
    if (
      before === undefined ||
      before.position !== record.position ||
      before.chromosome !== record.chromosome
    )
      return
    if (before.ref !== record.ref || before.id !== record.id || before.info !== record.info) return
    this.#findings.add(
      'VCF_DUPLICATE_VARIANT',
      { line: record.line, column: 'REF' },
      () => `${shown(`${record.ref}>.`)} stands on line ${before.line} too`,
    )
  }

  /**
   * No identifier should be in more than one record (section 1.6.1). Records of one place are let be: a site whose alleles were put
   * apart, each on a line of its own, keeps its identifier on all of them.
   */
  #identifiers({ id, line }: Seen): void {
    if (id === '.' || id === '') return
    for (const one of piecesOf(id, ';')) {
      const before = one === '' || one === '.' ? undefined : this.#ids.add(one, line)
      if (before !== undefined && before < this.#placeBegan)
        this.#findings.add(
          'VCF_ID_SHARED',
          { line, column: 'ID' },
          () => `${shown(one)} stands on line ${before} too`,
        )
    }
  }

  #begin(chromosome: string, line: number): void {
    if (this.#chromosome !== undefined && this.#finished.size < MOST_CONTIGS)
      this.#finished.add(this.#chromosome)
    if (this.#finished.has(chromosome))
      this.#findings.add(
        'VCF_CHROM_SPLIT',
        { line, column: 'CHROM' },
        () => `${shown(chromosome)} had its block before`,
      )
    this.#chromosome = chromosome
    this.#position = -1
    this.#window.clear()
  }
}
