import { Fault } from '../../terms/fault.ts'

/** One line of a GFF3 file (Sequence Ontology, GFF3 1.26). */
export interface Feature {
  readonly contig: string
  /** Sequence Ontology name: "mRNA", "exon", "CDS". */
  readonly type: string
  /** [start, end), counted from 0; below 0 where the file was cut from a longer sequence. */
  readonly start: number
  readonly end: number
  readonly strand: 1 | -1 | undefined
  /** Of a CDS: bases to leave out before the next whole codon. */
  readonly phase: 0 | 1 | 2 | undefined
  readonly attributes: ReadonlyMap<string, string>
}

/** Undefined for comments and empty lines. Throws GFF3_LINE with the line number. */
export function parseFeature(text: string, name: string, line: number): Feature | undefined {
  if (text === '' || text.startsWith('#')) return undefined
  const columns = text.split('\t')
  const [contig, , type, start, end, , strand, phase, attributes] = columns as [string, ...string[]]
  if (columns.length < 9) throw malformed(name, line, `${columns.length} columns, not 9 separated by tabs`)
  const from = whole(start!)
  const to = whole(end!)
  if (from === undefined || to === undefined || to < from)
    throw malformed(name, line, `"${start}" to "${end}" is no interval`)
  return {
    contig,
    type: type!,
    start: from - 1,
    end: to,
    strand: strand === '+' ? 1 : strand === '-' ? -1 : undefined,
    phase: phase === '0' ? 0 : phase === '1' ? 1 : phase === '2' ? 2 : undefined,
    attributes: attributesOf(attributes!),
  }
}

function attributesOf(text: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const part of text.split(';')) {
    const equals = part.indexOf('=')
    if (equals > 0) map.set(part.slice(0, equals).trim(), unescaped(part.slice(equals + 1)))
  }
  return map
}

/** "%2C" and its like; what is no escape stays as written. */
function unescaped(text: string): string {
  return text.includes('%')
    ? text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
}

function whole(text: string): number | undefined {
  return /^-?\d{1,10}$/.test(text) ? Number(text) : undefined
}

function malformed(name: string, line: number, what: string): Fault {
  return new Fault(
    'GFF3_LINE',
    `${name}:${line}`,
    `the line is not GFF3: ${what}`,
    'Give a GFF3 file of Ensembl, GENCODE or NCBI, not GTF or BED.',
  )
}
