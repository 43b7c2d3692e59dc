import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { textOfFile } from '../bgzf/file-text.ts'
import { nearestNames } from '../nearest-names.ts'
import type { Start } from '../scan/scan-lines.ts'
import type { TableColumns } from './table-task.ts'

/** The head of a table of scores: what its comments say, its columns, and where its rows begin. */
interface TableHeader {
  readonly comments: readonly string[]
  readonly separator: '\t' | ','
  /** Undefined where the first line is a row already: columns are told by number then. */
  readonly names: readonly string[] | undefined
  readonly width: number
  readonly start: Start
}

const LONGEST_HEADER = 128 << 10

/** True for a VCF by its first line or, so that a broken VCF is told as such, by its name. */
export async function isVcf(path: string, name: string): Promise<boolean> {
  if (/\.vcf(\.b?gz)?$/i.test(name)) return true
  for await (const text of textOfFile(path, name))
    return /^(\ufeff)?##fileformat=VCF/i.test(Buffer.from(text.subarray(0, 40)).toString('utf8'))
  return false
}

/**
 * Reads the head of a table: comments ("#"), then the names of the columns in the last comment or the first line. Tabs or
 * commas. Throws TABLE_HEADER and the faults of the file.
 */
export async function readTableHeader(path: string, name: string): Promise<TableHeader> {
  const lines: string[] = []
  let skip = 0
  for await (const line of firstLines(path, name)) {
    const text = line.replace(/\r?\n$/, '').replace(/^\ufeff/, '')
    if (text.startsWith('#') || text === '') {
      lines.push(text)
      skip += Buffer.byteLength(line)
      continue
    }
    const separator = text.includes('\t') ? '\t' : ','
    const row = text.split(separator)
    if (row.length < 4) break
    if (separator === ',' && text.includes('"'))
      throw malformed(name, 'values stand in quotes, so commas do not tell the columns apart')
    const last = lines.findLast((one) => one !== '') ?? ''
    const named = last.startsWith('##') ? [] : last.slice(1).split(separator)
    const comments = lines.map((one) => one.replace(/^#+\s*/, ''))
    const common = { separator, width: row.length } as const
    if (named.length === row.length)
      return { ...common, comments: comments.slice(0, -1), names: named, start: startOf(lines.length, skip) }
    const isHeader = !row.some((field) => /^\d+$/.test(field))
    if (isHeader)
      return {
        ...common,
        comments,
        names: row,
        start: startOf(lines.length + 1, skip + Buffer.byteLength(line)),
      }
    return { ...common, comments, names: undefined, start: startOf(lines.length, skip) }
  }
  throw malformed(name, 'it is neither a VCF nor a table with at least four columns')
}

function startOf(lines: number, skip: number): Start {
  return { offset: 0, skip, lines }
}

/** Lines with their line ends, as many as the header may take. */
async function* firstLines(path: string, name: string): AsyncGenerator<string> {
  let held = ''
  let seen = 0
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for await (const text of textOfFile(path, name)) {
    held += decoder.decode(text.subarray(0, LONGEST_HEADER), { stream: true })
    for (let newline = held.indexOf('\n'); newline >= 0; newline = held.indexOf('\n')) {
      yield held.slice(0, newline + 1)
      seen += newline + 1
      held = held.slice(newline + 1)
    }
    if (seen + held.length >= LONGEST_HEADER) throw malformed(name, 'its header has no end')
  }
  if (held !== '') yield held
}

/** Where the four columns of a change are; `asked`: their names or numbers (from 1), as the user gives them. Throws TABLE_HEADER. */
export function changeColumns(
  name: string,
  header: TableHeader,
  assembly: Assembly,
  asked: string | undefined,
): TableColumns {
  if (asked !== undefined) {
    const parts = asked.split(',')
    if (parts.length !== 4)
      throw malformed(
        name,
        `--columns names ${parts.length} columns and not four`,
        'Write --columns CHROM,POS,REF,ALT.',
      )
    const [chrom, position, ref, alt] = parts.map((one) => columnAt(name, header, one)) as [
      number,
      number,
      number,
      number,
    ]
    return { chrom, position, ref, alt }
  }
  if (header.names === undefined)
    throw malformed(
      name,
      'its columns have no names',
      'Tell the columns of chromosome, position, REF and ALT by number: --columns 1,2,3,4.',
    )
  const find = (what: keyof typeof WORDS) => columnOf(name, header.names!, what, assembly)
  return { chrom: find('chromosome'), position: find('position'), ref: find('REF'), alt: find('ALT') }
}

/** Names that tables have for the columns of a change, in small letters without build, "#" and "(1-based)". */
const WORDS = {
  chromosome: ['chrom', 'chr', 'chromosome'],
  position: ['pos', 'position'],
  REF: ['ref', 'reference', 'refallele', 'referenceallele'],
  ALT: ['alt', 'alternate', 'altallele', 'alternateallele'],
} as const

const BUILDS: readonly (readonly [Assembly, RegExp])[] = [
  ['GRCh38', /grch38|hg38/i],
  ['GRCh37', /grch37|hg19/i],
]

/** The column of that kind: the one named for the build ("grch38_pos") before one named for none ("pos"). */
function columnOf(
  name: string,
  names: readonly string[],
  what: keyof typeof WORDS,
  assembly: Assembly,
): number {
  const fit: number[] = []
  const fitBuild: number[] = []
  for (const [i, column] of names.entries()) {
    const build = BUILDS.find(([, words]) => words.test(column))
    const plain = column
      .toLowerCase()
      .replace(build?.[1] ?? /^$/, '')
      .replace(/\((?:1-based|1-coor\w*)\)/, '')
      .replace(/[\s_#.-]/g, '')
    if (!(WORDS[what] as readonly string[]).includes(plain)) continue
    if (build === undefined) fit.push(i)
    else if (build[0] === assembly) fitBuild.push(i)
  }
  const found = fitBuild.length > 0 ? fitBuild : fit
  if (found.length === 1) return found[0]!
  throw malformed(
    name,
    found.length === 0
      ? `no column is known to be the ${what} of ${assembly} (counted from 1)`
      : `${found.length} columns may be the ${what}: ${found.map((i) => names[i]).join(', ')}`,
    `Name the four columns: --columns CHROM,POS,REF,ALT. The table has ${names.slice(0, 20).join(', ')}.`,
  )
}

/** A column by its name, or by its number from 1. Throws TABLE_HEADER. */
export function columnAt(name: string, { names, width }: TableHeader, asked: string): number {
  const places = (names ?? []).flatMap((one, i) => (one === asked ? [i] : []))
  if (places.length === 1) return places[0]!
  if (places.length > 1)
    throw malformed(name, `${places.length} columns are named "${asked}"`, 'Tell it by its number, from 1.')
  const number = /^\d{1,6}$/.test(asked) ? Number(asked) : 0
  if (number >= 1 && number <= width) return number - 1
  const near = nearestNames(asked, names ?? [], 3)
  const known = near.length > 0 ? near : (names ?? []).slice(0, 20)
  throw malformed(
    name,
    `it has no column "${asked}"`,
    known.length > 0
      ? `Use one of its columns, such as: ${known.join(', ')}.`
      : `Use a number from 1 to ${width}.`,
  )
}

/** Builds that the comments and the columns other than those of a change speak of. */
export function buildsIn({ comments }: TableHeader): readonly Assembly[] {
  return BUILDS.filter(([, words]) => comments.some((line) => words.test(line))).map(([assembly]) => assembly)
}

function malformed(name: string, what: string, mend?: string): Fault {
  return new Fault(
    'TABLE_HEADER',
    name,
    what,
    mend ??
      'Give a VCF, or a table with the columns chromosome, position, REF, ALT and values, separated by tabs or commas.',
  )
}
