import { around, linesOf, type PdfCell, type PdfLine } from './pdf-lines.ts'
import { type PdfRow, tablesOf } from './pdf-tables.ts'
import type { Box, PdfPage } from './pdf-words.ts'
import { columnOf } from './report-columns.ts'

/** Where in the document something was read. */
export interface ReadAt {
  readonly page: number
  readonly box: Box
  /** The words as they stand there. */
  readonly text: string
}

/** A fact that a report seems to state. It is a proposal: nothing acts on it before a person has confirmed it. */
export type ProposedFact =
  | {
      readonly kind: 'pgx-result'
      readonly gene: string
      readonly diplotype: string | undefined
      readonly phenotype: string | undefined
      readonly activityScore: string | undefined
      readonly at: ReadAt
    }
  | {
      readonly kind: 'variant'
      readonly gene: string
      readonly transcript: string | undefined
      readonly cdna: string | undefined
      readonly protein: string | undefined
      readonly rsid: string | undefined
      readonly zygosity: string | undefined
      readonly classification: string | undefined
      readonly at: ReadAt
    }

/** Whom a report says it is about, as far as it was found; compared with the person it was sent for. */
export interface ReportIdentity {
  readonly name: ReadValue | undefined
  readonly birthDate: ReadValue | undefined
  readonly mrn: ReadValue | undefined
}

export interface ReadValue {
  /** As written; birth dates as YYYY-MM-DD where day and month are certain, else as written. */
  readonly value: string
  readonly at: ReadAt
}

export interface ReportReading {
  readonly pages: number
  readonly identity: ReportIdentity
  readonly facts: readonly ProposedFact[]
}

/** Reads what a laboratory report states. `isGene` knows gene symbols: a word that is none is not taken for one. */
export function readReport(pages: readonly PdfPage[], isGene: (symbol: string) => boolean): ReportReading {
  const lines = pages.flatMap(linesOf)
  const facts = tablesOf(lines, columnOf).flatMap((table) =>
    table.rows.flatMap((row) => factOf(row, isGene) ?? []),
  )
  const inTables = new Set(facts.map((one) => `${one.gene}`))
  const said = lines.flatMap((line) => sentenceFacts(line, isGene)).filter((one) => !inTables.has(one.gene))
  return { pages: pages.length, identity: identityOf(lines), facts: [...facts, ...unique(said)] }
}

const DIPLOTYPE =
  /^\*\d+[A-Z]?(:\d+)?(x(N|≥?\d+))?(\s*[+]\s*\*\d+)?\s*\/\s*\*\d+[A-Z]?(:\d+)?(x(N|≥?\d+))?(\s*[+]\s*\*\d+)?$/i
const HGVS_C = /c\.[-*\d_+]+(?:[ACGT]>[ACGT]|del[ACGT]*|dup[ACGT]*|ins[ACGT]+|delins[ACGT]+|=)/
const HGVS_P = /p\.\(?[A-Z][a-z]{2}\d+(?:[A-Z][a-z]{2}|\*|=|fs(?:\*|Ter)?\d*|Ter|del|dup)\)?/

function factOf(row: PdfRow, isGene: (symbol: string) => boolean): ProposedFact | undefined {
  const cell = (name: string) => row.cells.get(name)?.text.trim()
  const geneText = cell('gene')
  const gene = geneText?.split(/[\s(,]/, 1)[0]
  if (gene === undefined || !isGene(gene)) return undefined
  const at = readAt(row)
  const named = [cell('diplotype'), cell('genotype')].find(
    (text) => text !== undefined && DIPLOTYPE.test(withoutGene(text, gene)),
  )
  const phenotype = cell('phenotype')
  // A line of a cell may break behind "p.".
  const written = [...row.cells.values()].map((one) => one.text.replace(/\b([cp]\.)\s+/g, '$1')).join(' ')
  const cdna = HGVS_C.exec(written)?.[0]
  const protein = HGVS_P.exec(written)?.[0]
  if (cdna !== undefined || protein !== undefined) {
    const transcript = cell('transcript') ?? /N[MR]_\d+\.\d+/.exec(written)?.[0]
    const rsid = /\brs\d+\b/.exec(written)?.[0]
    return {
      kind: 'variant',
      gene,
      transcript,
      cdna,
      protein,
      rsid,
      zygosity: cell('zygosity'),
      classification: cell('classification') ?? phenotype,
      at,
    }
  }
  if (named === undefined && phenotype === undefined) return undefined
  return {
    kind: 'pgx-result',
    gene,
    diplotype: named === undefined ? undefined : withoutGene(named, gene).replace(/\s*\/\s*/, '/'),
    phenotype,
    activityScore: cell('activity') ?? /activity score:?\s*([\d.]+)/i.exec(written)?.[1],
    at,
  }
}

function withoutGene(text: string, gene: string): string {
  return text.startsWith(gene) ? text.slice(gene.length).trim() : text
}

/** "CYP2C19 *1/*2 (Intermediate Metabolizer)" and "CYP2D6: *4/*4, Poor Metabolizer" outside of tables. */
function sentenceFacts(line: PdfLine, isGene: (symbol: string) => boolean): readonly ProposedFact[] {
  const text = line.cells.map((one) => one.text).join('   ')
  const found: ProposedFact[] = []
  const pattern =
    /\b([A-Z][A-Z0-9-]{2,9})\b:?\s+(\*\d+[A-Z]?(?:x\w+)?\/\*\d+[A-Z]?(?:x\w+)?)(?:[\s,;:(–-]+((?:\w+\s){0,2}(?:metaboli[sz]er|function)))?/gi
  for (const match of text.matchAll(pattern)) {
    const [, gene = '', diplotype, phenotype] = match
    if (!isGene(gene)) continue
    found.push({
      kind: 'pgx-result',
      gene,
      diplotype,
      phenotype: phenotype?.trim(),
      activityScore: undefined,
      at: { page: line.page, box: line.box, text },
    })
  }
  return found
}

/** The same result told twice, as on a summary and a detail page, is one; two that differ stay two. */
function unique(facts: readonly ProposedFact[]): readonly ProposedFact[] {
  const seen = new Set<string>()
  return facts.filter(({ at: _at, ...fact }) => {
    const key = JSON.stringify(fact)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function readAt(row: PdfRow): ReadAt {
  const cells = [...row.cells.values()]
  return {
    page: row.page,
    box: around(cells.map((one) => one.box)),
    text: cells.map((one) => one.text).join(' | '),
  }
}

const LABELS = {
  name: /^(patient( name)?|name( of patient)?)$/i,
  birthDate: /^(dob|d\.o\.b\.?|date of birth|birth ?date|born)$/i,
  mrn: /^(mrn|medical record( number| no\.?)?|patient (id|number|no\.?)|hospital (number|no\.?))$/i,
} as const

function identityOf(lines: readonly PdfLine[]): ReportIdentity {
  const value = (label: RegExp): ReadValue | undefined => {
    for (const line of lines) {
      for (const [i, cell] of line.cells.entries()) {
        const found = labelled(cell, line.cells[i + 1], label)
        if (found !== undefined)
          return { value: found.text, at: { page: line.page, box: found.box, text: found.text } }
      }
    }
    return undefined
  }
  const born = value(LABELS.birthDate)
  return {
    name: value(LABELS.name),
    birthDate: born === undefined ? undefined : { ...born, value: isoDate(born.value) },
    mrn: value(LABELS.mrn),
  }
}

/** "Label: value" in one cell, or the label in one and the value in the next. */
function labelled(cell: PdfCell, next: PdfCell | undefined, label: RegExp): PdfCell | undefined {
  const colon = cell.text.indexOf(':')
  if (colon > 0 && label.test(cell.text.slice(0, colon).trim())) {
    const rest = cell.text.slice(colon + 1).trim()
    if (rest !== '') return { text: rest, box: cell.box }
    return next
  }
  return label.test(cell.text.trim()) ? next : undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Day and month are certain in 1980-05-31, 31 May 1980, May 31, 1980 and 31/05/1980; 05/06/1980 stays as it is. */
function isoDate(text: string): string {
  const iso = /\b(\d{4})-(\d\d)-(\d\d)\b/.exec(text)
  if (iso !== null) return iso[0]
  const named = /\b(\d{1,2})[ .-]([A-Za-z]{3})[a-z]*[ .,-]+(\d{4})\b/.exec(text)
  const american = /\b([A-Za-z]{3})[a-z]* (\d{1,2}),? (\d{4})\b/.exec(text)
  const [day, month, year] =
    named !== null
      ? [named[1], named[2], named[3]]
      : american !== null
        ? [american[2], american[1], american[3]]
        : []
  const at = MONTHS.indexOf((month ?? '').toLowerCase())
  if (at >= 0) return `${year}-${String(at + 1).padStart(2, '0')}-${day!.padStart(2, '0')}`
  const digits = /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/.exec(text)
  if (digits === null) return text
  const [, one = '', two = '', last = ''] = digits
  const [a, b] = [Number(one), Number(two)]
  const [d, m] = a > 12 ? [a, b] : b > 12 ? [b, a] : a === b ? [a, b] : [0, 0]
  return m >= 1 && m <= 12 ? `${last}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` : text
}
