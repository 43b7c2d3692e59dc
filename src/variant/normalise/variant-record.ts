/**
 * One line of a VCF in its columns, as written there: what normalisation takes and gives. Text stays text until a step has
 * to look inside, so that what nobody changes is printed as it came.
 */
export interface VariantRecord {
  readonly contig: string
  /** 1-based. */
  readonly position: number
  /** "." or names joined by ";". */
  readonly id: string
  readonly ref: string
  /** Empty where ALT is ".". */
  readonly alts: readonly string[]
  /** Phred, or ".". */
  readonly quality: string
  readonly filter: string
  readonly info: string
  /** "" in a file without samples. */
  readonly format: string
  /** Columns of the samples, joined by tabs. */
  readonly samples: string
  /** Line of the file it came from, counted from 1. */
  readonly line: number
}

/** What the header declares of an INFO or FORMAT key (VCF 4.3, section 1.4.2). */
export interface DeclaredField {
  /** "A", "R", "G", "." or a count. */
  readonly number: string
  readonly type: string
}

export interface Declarations {
  readonly info: ReadonlyMap<string, DeclaredField>
  readonly format: ReadonlyMap<string, DeclaredField>
}

/** One "KEY=value" of INFO; a flag has no value. */
interface InfoEntry {
  readonly key: string
  readonly value: string | undefined
}

export function infoEntries(info: string): InfoEntry[] {
  if (info === '.' || info === '') return []
  return info.split(';').flatMap((entry): InfoEntry[] => {
    if (entry === '') return []
    const equals = entry.indexOf('=')
    return equals < 0
      ? [{ key: entry, value: undefined }]
      : [{ key: entry.slice(0, equals), value: entry.slice(equals + 1) }]
  })
}

export function infoText(entries: readonly InfoEntry[]): string {
  if (entries.length === 0) return '.'
  return entries.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join(';')
}

/** Values by sample and key; a sample that leaves out fields at its end has "." there. */
export interface SampleTable {
  readonly keys: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export function sampleTable(record: VariantRecord): SampleTable {
  if (record.format === '' || record.format === '.') return { keys: [], rows: [] }
  const keys = record.format.split(':')
  const rows = record.samples.split('\t').map((sample) => {
    const cells = sample.split(':')
    while (cells.length < keys.length) cells.push('.')
    return cells
  })
  return { keys, rows }
}

/** FORMAT and sample columns of a table. */
export function sampleText(table: SampleTable): Pick<VariantRecord, 'format' | 'samples'> {
  if (table.keys.length === 0) return { format: '.', samples: table.rows.map(() => '.').join('\t') }
  return { format: table.keys.join(':'), samples: table.rows.map((row) => row.join(':')).join('\t') }
}

/** "chr1:12345", and the line: where a message speaks of. */
export function placeOf(record: VariantRecord): string {
  return `line ${record.line}, ${record.contig}:${record.position}`
}
