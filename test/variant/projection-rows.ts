import { Fault } from '../../src/terms/fault.ts'
import { formatHgvs } from '../../src/variant/hgvs/format.ts'
import { parseHgvs } from '../../src/variant/hgvs/parse.ts'
import { sequenceName, transcriptName } from '../../src/variant/projection/names.ts'
import { onSequence } from '../../src/variant/projection/on-sequence.ts'
import { onTranscript } from '../../src/variant/projection/on-transcript.ts'
import { alignmentsOf, type NameSources } from '../../src/variant/projection/sources.ts'
import { toGenome } from '../../src/variant/projection/to-genome.ts'
import { toTranscript } from '../../src/variant/projection/to-transcript.ts'
import type { TranscriptMap } from '../../src/variant/projection/transcript-map.ts'
import { predictProtein } from '../../src/variant/protein/predict.ts'
import type { Named } from '../../src/variant/sequence-change.ts'
import { sharedLines } from './shared-lines.ts'

/** Tables of g., c. and p. expressions of one variant, from the tests of biocommons/hgvs. */
export const ROW_FILES = [
  'real.tsv',
  'ADRA2B-dbSNP.tsv',
  'BAHCC1-dbSNP.tsv',
  'DNAH11-dbSNP-NM_003777.tsv',
  'DNAH11-dbSNP.tsv.gz',
  'FOLR3-dbSNP.tsv',
  'JRK-dbSNP.tsv',
  'NEFL-dbSNP.tsv',
] as const

export type Step = 'g>c' | 'c>g' | 'c>p'

export interface Difference {
  readonly file: string
  readonly step: Step
  readonly from: string
  readonly expected: string
  readonly got: string
}

interface RowsResult {
  readonly file: string
  readonly rows: number
  /** Rows whose transcript is in no file given: nothing can be compared. */
  readonly without: number
  readonly same: Readonly<Record<Step, number>>
  readonly differences: readonly Difference[]
}

/** Every row of one table, projected as it is written. */
export function compareRows(file: string, sources: NameSources): RowsResult {
  const same = { 'g>c': 0, 'c>g': 0, 'c>p': 0 }
  const differences: Difference[] = []
  let rows = 0
  let without = 0
  for (const line of sharedLines(`reference/hgvs/${file}`).slice(1)) {
    const [, g = '', c = '', p = ''] = line.split('\t')
    if (line.startsWith('#') || c.startsWith('HGVS')) continue
    rows++
    const map = mapFor(c, g, sources)
    if (map === undefined) {
      without++
      continue
    }
    const compare = (
      step: Step,
      from: string,
      expected: string,
      got: string,
      alike = written(expected) === got,
    ) => {
      if (alike) same[step]++
      else differences.push({ file, step, from, expected, got })
    }
    compare('g>c', g, c, genomeToTranscript(g, map, sources))
    compare('c>g', c, g, transcriptToGenome(c, map, sources))
    if (p.trim() === '') continue
    const protein = transcriptToProtein(c, map, sources)
    compare('c>p', c, p.trim(), protein, sameProtein(p.trim(), protein))
  }
  return { file, rows, without, same, differences }
}

function mapFor(c: string, g: string, sources: NameSources): TranscriptMap | undefined {
  const maps = alignmentsOf(parseHgvs(c).accession!, sources)
  return maps.known ? maps.value.find((one) => one.transcript.contig === parseHgvs(g).accession) : undefined
}

function written(text: string): string {
  return formatHgvs(parseHgvs(text))
}

/** The peer's older tables write "p.(=)", leave out the parentheses and the place of a new stop. */
function sameProtein(expected: string, got: string): boolean {
  const bare = (text: string) => text.replace(/^.*:/, '').replace(/[()]/g, '')
  const [wanted, found] = [bare(written(expected)), bare(got)]
  if (wanted === 'p.=') return found.endsWith('=')
  if (wanted.endsWith('fs')) return found.replace(/Ter[0-9?]+$/, '') === wanted
  return wanted === found
}

function genomeToTranscript(g: string, map: TranscriptMap, { sequences }: NameSources): string {
  return said(() => {
    const expression = parseHgvs(g)
    if (expression.type === 'p') throw new Error(g)
    const change = onSequence(expression, sequences)
    const placed = change.known ? toTranscript(change.value, map, sequences) : change
    return placed.known ? { known: true, value: formatHgvs(transcriptName(placed.value)) } : placed
  })
}

export function transcriptToGenome(c: string, map: TranscriptMap, { sequences }: NameSources): string {
  return said(() => {
    const placed = placedOf(c, map, sequences)
    const change = placed.known ? toGenome(placed.value, sequences) : placed
    return change.known ? { known: true, value: formatHgvs(sequenceName(change.value)) } : change
  })
}

function transcriptToProtein(c: string, map: TranscriptMap, { sequences }: NameSources): string {
  return said(() => {
    const placed = placedOf(c, map, sequences)
    const protein = placed.known ? predictProtein(placed.value, sequences) : placed
    return protein.known ? { known: true, value: formatHgvs(protein.value) } : protein
  })
}

function placedOf(c: string, map: TranscriptMap, sequences: NameSources['sequences']) {
  const expression = parseHgvs(c)
  if (expression.type === 'p') throw new Error(c)
  return onTranscript(expression, map, sequences)
}

function said(answer: () => Named<string>): string {
  try {
    const one = answer()
    return one.known ? one.value : `unknown: ${one.because.map(({ kind }) => kind).join(', ')}`
  } catch (error) {
    if (error instanceof Fault) return `refused: ${error.code}`
    throw error
  }
}
