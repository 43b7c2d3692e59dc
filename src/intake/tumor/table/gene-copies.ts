import type { TumorPart } from '../../../record/tumor-part.ts'
import type { CopyNumberCall } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import { placeOf, rowsOf } from '../../table-rows.ts'
import { Tally } from '../tally.ts'
import { MOST_RECORDS, type TumorCuts, type TumorFormat, tooMany } from '../tumor-format.ts'
import { callOfCopies } from '../words/copies-call.ts'
import { copyNumberWord } from '../words/copy-number-word.ts'
import { hasColumns, headerNames } from './table-header.ts'

const GENE = ['hugo_symbol', 'gene symbol', 'gene_symbol', 'gene', 'symbol']
/** Columns beside the genes that are not samples. */
const BESIDE = new Set([
  ...['entrez_gene_id', 'locus id', 'cytoband', 'composite.element.ref', 'gene id', 'ensembl_gene_id'],
  ...GENE,
])
/** Discrete copy number of GISTIC, as cBioPortal takes it. −1.5 and 1.5 are in its older studies: partial losses. */
const DISCRETE: Readonly<Record<string, CopyNumberCall['call']>> = {
  '-2': 'deep-deletion',
  '-1.5': 'loss',
  '-1': 'loss',
  '0': 'neutral',
  '1': 'gain',
  '1.5': 'gain',
  '2': 'amplification',
}
const CALL = ['call', 'cna', 'copy_number_call', 'copy number', 'alteration', 'copy_number']
/** All copies in a tumour cell. */
const COPIES = ['copies', 'total_copies', 'total_copy_number', 'absolute_copy_number', 'tcn']
/** Numbers in a column of this name are discrete calls for some and copies for others. */
const EITHER = /^copy[ _]number$/

/**
 * Calls of genes: the matrix of cBioPortal and GISTIC (a gene a row, a sample a column, -2 to 2), or a list of gene and call.
 * A gene of the matrix was looked at in every sample whose cell is not empty.
 */
export const geneCopies: TumorFormat = {
  name: 'copy number of genes',
  sniff(head) {
    const header = headerNames(head)
    if (!hasColumns(header, GENE)) return false
    if ((hasColumns(header, CALL) || hasColumns(header, COPIES)) && header.length <= 6) return true
    const samples = header.map((name, place) => ({ name, place })).filter(({ name }) => !BESIDE.has(name))
    const second = head.split(/\r\n|\n|\r/).filter((line) => line.includes('\t') && !line.startsWith('#'))[1]
    const cells = second?.split('\t').map((cell) => cell.trim()) ?? []
    return (
      samples.length > 0 &&
      samples.every(
        ({ place }) => (cells[place] ?? '') === '' || /^(NA|-?[012](\.0|\.5)?)$/.test(cells[place]!),
      ) &&
      !hasColumns(header, ['tpm', 'fpkm', 'count', 'value'])
    )
  },
  async read({ name, text, options: { cuts } }) {
    let header: readonly string[] | undefined
    const parts = new Map<string, { calls: CopyNumberCall[]; left: Tally; records: number }>()
    let at: { gene: number; call: number; copies: number; sample: number } | undefined
    const listed: ListedGene[] = []
    let values = 0
    const add = (sample: string, gene: string, line: number, call: (() => CopyNumberCall) | undefined) => {
      const found = parts.get(sample) ?? { calls: [], left: new Tally(), records: 0 }
      parts.set(sample, found)
      found.records++
      if (gene === '') found.left.add('no gene', `line ${line}`)
      else if (call === undefined) found.left.add('no value', gene)
      else found.calls.push(call())
    }
    for await (const { line, cells } of rowsOf(name, text)) {
      if (header === undefined || at === undefined) {
        header = cells
        const names = cells.map((one) => one.toLowerCase())
        const call = placeOf(names, CALL)
        at = {
          gene: placeOf(names, GENE),
          call: names.length <= 6 ? call : -1,
          copies: names.length <= 6 ? placeOf(names, COPIES) : -1,
          sample: placeOf(names, ['sample', 'sample_id', 'tumor_sample_barcode']),
        }
        continue
      }
      const gene = (cells[at.gene] ?? '').replace(/\|.*$/, '')
      const where = `${name}:${line}`
      if (++values > MOST_RECORDS) throw tooMany(name)
      if (at.call >= 0 || at.copies >= 0)
        listed.push({
          gene,
          line,
          sample: at.sample < 0 ? '' : (cells[at.sample] ?? ''),
          call: cellText(cells[at.call]),
          copies: cellText(cells[at.copies]),
        })
      else
        for (const [place, sample] of header.entries()) {
          if (BESIDE.has(sample.toLowerCase())) continue
          if (++values > MOST_RECORDS) throw tooMany(name)
          const value = cellText(cells[place])
          add(sample, gene, line, value === '' ? undefined : () => ({ gene, call: discrete(value, where) }))
        }
    }
    const isEither = at !== undefined && at.call >= 0 && EITHER.test((header?.[at.call] ?? '').toLowerCase())
    const list = isEither ? asCopies(listed, name) : listed
    for (const one of list)
      add(
        one.sample,
        one.gene,
        one.line,
        one.call === '' && one.copies === '' ? undefined : () => callOf(one, `${name}:${one.line}`, cuts),
      )
    const isCounted = list.some(({ call, copies }) => call === '' && copies !== '')
    return [...parts].map(
      ([sample, { calls, left, records }]): TumorPart => ({
        file: name,
        format: 'copy number of genes',
        content: ['copy number of genes'],
        sample: sample === '' ? undefined : sample,
        said: {
          copyNumbers: calls,
          covered: {
            variants: undefined,
            copyNumbers: new Set(calls.map((one) => one.gene)),
            fusions: undefined,
          },
        },
        records,
        leftOut: left.list(),
        notes: isCounted
          ? [
              'Copies are taken as those of a tumour cell whose genome is not doubled; the call follows from them.',
            ]
          : [],
      }),
    )
  },
}

interface ListedGene {
  readonly gene: string
  readonly line: number
  readonly sample: string
  /** A word or a discrete number; empty: none. */
  readonly call: string
  readonly copies: string
}

function cellText(cell = ''): string {
  const value = cell.trim()
  return /^(?:na|nan|\.)$/i.test(value) ? '' : value
}

const NUMBER = /^-?\d+(?:\.\d+)?$/

/**
 * Rows whose numbers are copies, where the numbers show it; as they are where one is below zero, as discrete calls are. Throws
 * COPY_NUMBER_AMBIGUOUS where neither shows: 2 is an amplification to some, and nothing at all to others.
 */
function asCopies(rows: readonly ListedGene[], name: string): readonly ListedGene[] {
  const numbers = rows.filter(({ call }) => NUMBER.test(call))
  const [first] = numbers
  if (first === undefined || numbers.some(({ call }) => Number(call) < 0)) return rows
  if (numbers.some(({ call }) => Number(call) > 2 || DISCRETE[String(Number(call))] === undefined))
    return rows.map((one) => (NUMBER.test(one.call) ? { ...one, call: '', copies: one.call } : one))
  throw new Fault(
    'COPY_NUMBER_AMBIGUOUS',
    `${name}:${first.line}`,
    'the numbers from 0 to 2 in the column of copy number may be copies (2 is usual) or discrete calls (2 is an amplification)',
    'Name the column "copies", or "cna" for discrete calls, or write words.',
  )
}

function callOf({ gene, call, copies }: ListedGene, where: string, cuts: TumorCuts): CopyNumberCall {
  if (copies !== '' && !(NUMBER.test(copies) && Number(copies) >= 0))
    throw new Fault('COPY_NUMBER_UNKNOWN', where, `"${copies}" is no number of copies`, 'Use 0, 2, 8.5 ...')
  const count = copies === '' ? {} : { copies: Number(copies) }
  if (call === '') return { gene, call: callOfCopies(Number(copies), cuts), ...count }
  return { gene, call: NUMBER.test(call) ? discrete(call, where) : copyNumberWord(call, where), ...count }
}

function discrete(value: string, where: string): CopyNumberCall['call'] {
  const call = DISCRETE[String(Number(value))]
  if (call !== undefined) return call
  throw new Fault(
    'COPY_NUMBER_UNKNOWN',
    where,
    `"${value}" is no discrete copy number`,
    'Use -2 deep deletion, -1 loss, 0 neutral, 1 gain, 2 amplification; copies go with their segments.',
  )
}
