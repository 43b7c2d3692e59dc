import type { LeftOut, TumorPart } from '../../../record/tumor-part.ts'
import type { CopyNumberCall, Fusion, SomaticVariant } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import type { Assembly } from '../../../terms/genome.ts'
import { placeOf, rowsOf } from '../../table-rows.ts'
import { failureOf } from '../../vcf/filter.ts'
import { Tally } from '../tally.ts'
import { MOST_RECORDS, type TumorFormat, type TumorOptions, tooMany } from '../tumor-format.ts'
import { buildNamed } from '../words/build-name.ts'
import { copyNumberWord } from '../words/copy-number-word.ts'
import { fusionNamed } from '../words/fusion-name.ts'
import { RejectedCalls } from '../words/rejected-calls.ts'
import { hasColumns, headerNames } from './table-header.ts'
import { CHANGE_COLUMNS, GENE_COLUMNS, POSITION_COLUMNS, variantReader } from './variant-columns.ts'

const SAMPLE = ['tumor_sample_barcode', 'sample', 'sample_id', 'patient']
const NORMAL = ['matched_norm_sample_barcode']
const BUILD = ['ncbi_build', 'build', 'genome_build', 'assembly']

interface Collected {
  records: number
  readonly variants: SomaticVariant[]
  readonly copyNumbers: CopyNumberCall[]
  readonly fusions: Fusion[]
  readonly left: Tally
  readonly rejected: RejectedCalls
  matched: boolean
  diagnosis: string | undefined
}

/**
 * Variants in a table: MAF as GDC, cBioPortal and maftools write it, or any table that names gene and change. A row may be a
 * call of copy number (column copy_number) or a fusion (column fusion) instead. One part for each sample.
 */
export const maf: TumorFormat = {
  name: 'MAF',
  sniff(head) {
    const header = headerNames(head)
    return (
      hasColumns(header, GENE_COLUMNS, CHANGE_COLUMNS) ||
      // A MAF that lost a column is still a MAF: its fault must say which.
      header.filter((name) =>
        /^(hugo_symbol|tumor_sample_barcode|tumor_seq_allele2|variant_classification|ncbi_build)$/.test(name),
      ).length >= 2
    )
  },
  async read({ name, text, options }) {
    const samples = new Map<string, Collected>()
    let header: readonly string[] | undefined
    let take: ((cells: readonly string[], line: number) => void) | undefined
    for await (const { line, cells } of rowsOf(name, text)) {
      if (take !== undefined) take(cells, line)
      else {
        header = cells.map((one) => one.toLowerCase())
        take = taker(header, name, options, samples)
      }
    }
    if (samples.size === 0)
      throw new Fault(
        'TUMOR_EMPTY',
        name,
        'the table has a header and no row',
        'Send the table with its rows.',
      )
    return [...samples].map(([sample, found]) => partOf(name, header!, sample, found))
  },
}

function taker(
  header: readonly string[],
  name: string,
  options: TumorOptions,
  samples: Map<string, Collected>,
): (cells: readonly string[], line: number) => void {
  const read = variantReader(header, name, options.tools ?? [])
  const at = {
    sample: placeOf(header, SAMPLE),
    normal: placeOf(header, NORMAL),
    build: placeOf(header, BUILD),
    filter: placeOf(header, ['filter']),
    status: placeOf(header, ['mutation_status', 'somatic_status']),
    copies: placeOf(header, ['copy_number']),
    fusion: placeOf(header, ['fusion']),
    klass: placeOf(header, ['variant_classification']),
    position: placeOf(header, POSITION_COLUMNS),
  }
  const builds = new BuildOfRows(name, options.assembly)
  let rows = 0
  return (cells, line) => {
    if (++rows > MOST_RECORDS) throw tooMany(name)
    const cell = (place: number) => cells[place] ?? ''
    const sample = cell(at.sample)
    const found = samples.get(sample) ?? collected()
    samples.set(sample, found)
    found.records++
    found.matched ||= cell(at.normal) !== ''
    const where = `${name}:${line}`
    const assembly = builds.of(cell(at.build), line, cell(at.position) !== '')
    const { variant, malignancy } = read(cells, line, assembly)
    found.diagnosis ??= malignancy
    const label = [variant.gene, variant.hgvsP].filter((one) => one !== undefined).join(' ')
    const failed = failureOf(
      cell(at.filter)
        .split(/[;,]/)
        .filter((code) => !options.acceptFilters?.includes(code))
        .join(';'),
    )
    if (cell(at.copies) !== '') {
      if (variant.gene !== undefined)
        found.copyNumbers.push({ gene: variant.gene, call: copyNumberWord(cell(at.copies), where) })
    } else if (cell(at.fusion) !== '' && !/^(na|\.|-)$/i.test(cell(at.fusion)))
      found.fusions.push(fusionNamed(cell(at.fusion), where))
    else if (/^fusion$/i.test(cell(at.klass)) && variant.gene !== undefined)
      found.fusions.push({ five: variant.gene, three: undefined })
    else if (failed !== undefined) {
      found.left.add(`filter ${failed}`, label)
      found.rejected.add(variant, failed)
    } else if (/^wildtype/i.test(cell(at.status))) found.left.add('the laboratory calls it wild type', label)
    else if (variant.gene !== undefined || variant.place !== undefined) {
      const origin = /^(germline|somatic)/i.exec(cell(at.status))?.[0].toLowerCase()
      found.variants.push(
        origin === undefined ? variant : { ...variant, origin: origin as 'germline' | 'somatic' },
      )
    } else found.left.add('neither a gene nor a place', `line ${line}`)
  }
}

/** Every row of a file is of one build. Throws BUILD_UNSUPPORTED, BUILD_MIXED, BUILD_CONTRADICTS, BUILD_UNKNOWN. */
class BuildOfRows {
  readonly #name: string
  readonly #stated: Assembly | undefined
  #seen: { readonly assembly: Assembly; readonly line: number } | undefined

  constructor(name: string, stated: Assembly | undefined) {
    this.#name = name
    this.#stated = stated
  }

  of(cell: string, line: number, hasPosition: boolean): Assembly {
    const said = cell === '' ? undefined : buildNamed(cell, `${this.#name}:${line}`)
    if (said === undefined) {
      const known = this.#seen?.assembly ?? this.#stated
      if (known !== undefined) return known
      // Without positions the build decides nothing.
      if (!hasPosition) return 'GRCh38'
      throw new Fault(
        'BUILD_UNKNOWN',
        `${this.#name}:${line}`,
        'the table does not tell of which genome build its positions are',
        'Fill the column NCBI_Build, or name the build with --assembly GRCh38 or --assembly GRCh37.',
      )
    }
    if (this.#stated !== undefined && said !== this.#stated)
      throw new Fault(
        'BUILD_CONTRADICTS',
        `${this.#name}:${line}`,
        `the row says ${said}, --assembly says ${this.#stated}`,
        'Correct the table if it is wrong, or leave the option away.',
      )
    this.#seen ??= { assembly: said, line }
    if (this.#seen.assembly !== said)
      throw new Fault(
        'BUILD_MIXED',
        `${this.#name}:${line}`,
        `the row says ${said}, line ${this.#seen.line} says ${this.#seen.assembly}`,
        'Send the rows of each build as a file of their own.',
      )
    return said
  }
}

function collected(): Collected {
  return {
    records: 0,
    variants: [],
    copyNumbers: [],
    fusions: [],
    left: new Tally(),
    rejected: new RejectedCalls(),
    matched: false,
    diagnosis: undefined,
  }
}

function partOf(file: string, header: readonly string[], sample: string, found: Collected): TumorPart {
  const { variants, copyNumbers, fusions, diagnosis } = found
  const placed = variants.find(({ place }) => place !== undefined)
  const leftOut: readonly LeftOut[] = found.left.list()
  return {
    file,
    format: 'MAF',
    content: [
      'small variants',
      ...(copyNumbers.length > 0 ? (['copy number of genes'] as const) : []),
      ...(fusions.length > 0 ? (['fusions'] as const) : []),
    ],
    sample: sample === '' ? undefined : sample,
    said: {
      variants,
      copyNumbers,
      fusions,
      ...found.rejected.said(),
      ...(placed === undefined ? {} : { assembly: placed.assembly }),
      ...(found.matched ? { assay: { name: undefined, design: 'tumour-normal' as const } } : {}),
      ...(diagnosis === undefined ? {} : { diagnosis }),
    },
    records: found.records,
    leftOut,
    notes: hasColumns(header, ['filter']) ? [] : ['The table has no column FILTER: every row was taken.'],
  }
}
