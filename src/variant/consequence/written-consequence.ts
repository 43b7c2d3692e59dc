import { type Impact, impactOfName } from './term.ts'

/** A consequence that another program wrote into a file: VEP's CSQ, SnpEff's ANN or bcftools' BCSQ. */
interface WrittenConsequence {
  /** 1 is the first ALT; undefined where the file does not say clearly which one is meant. */
  readonly allele: number | undefined
  /** Sequence Ontology names as written. */
  readonly terms: readonly string[]
  readonly impact: Impact | undefined
  readonly symbol: string | undefined
  readonly gene: string | undefined
  readonly transcript: string | undefined
  readonly biotype: string | undefined
  /** Expressions as written, with or without the accession before ":". */
  readonly hgvsCoding: string | undefined
  readonly hgvsProtein: string | undefined
  readonly maneSelect: boolean
  readonly canonical: boolean
}

type AnnotationKind = 'CSQ' | 'ANN' | 'BCSQ'

/** Reads the values of one annotation field of a file. */
interface AnnotationReader {
  readonly kind: AnnotationKind
  read(value: string, ref: string, alts: readonly string[]): WrittenConsequence[]
}

/** A reader for the field that a "##INFO" line describes; undefined when the line is not of an annotation known here. */
export function annotationReader(line: string): AnnotationReader | undefined {
  const id = /^##INFO=<ID=(CSQ|ANN|BCSQ),/.exec(line)?.[1] as AnnotationKind | undefined
  const description = /Description="((?:[^"\\]|\\.)*)"/.exec(line)?.[1]
  if (id === undefined || description === undefined) return undefined
  if (id === 'BCSQ') return { kind: id, read: (value) => entries(value).flatMap((one) => bcsq(one) ?? []) }
  const format =
    id === 'CSQ' ? /Format: *(.+)$/.exec(description)?.[1] : /'([^']+\|[^']+)'/.exec(description)?.[1]
  if (format === undefined) return undefined
  const places = new Map(format.split('|').map((name, i) => [NAMES[name.trim()] ?? name.trim(), i]))
  return {
    kind: id,
    read: (value, ref, alts) =>
      entries(value).map((one) => written(one.split('|'), places, (text) => alleleOf(id, text, ref, alts))),
  }
}

/** SnpEff's names of what VEP has too. */
const NAMES: Readonly<Record<string, string>> = {
  Annotation: 'Consequence',
  Annotation_Impact: 'IMPACT',
  Gene_Name: 'SYMBOL',
  Gene_ID: 'Gene',
  Feature_ID: 'Feature',
  Transcript_BioType: 'BIOTYPE',
  'HGVS.c': 'HGVSc',
  'HGVS.p': 'HGVSp',
}

function written(
  cells: readonly string[],
  places: ReadonlyMap<string, number>,
  allele: (text: string) => number | undefined,
): WrittenConsequence {
  const cell = (name: string): string | undefined => {
    const at = places.get(name)
    const text = at === undefined ? undefined : cells[at]?.trim()
    return text === undefined || text === '' ? undefined : unescaped(text)
  }
  const number = cell('ALLELE_NUM')
  const terms = (cell('Consequence') ?? '').split('&').filter((term) => term !== '')
  return {
    allele:
      number !== undefined && /^[1-9]\d{0,3}$/.test(number) ? Number(number) : allele(cell('Allele') ?? ''),
    terms,
    impact: impact(cell('IMPACT')) ?? gravest(terms),
    symbol: cell('SYMBOL'),
    gene: cell('Gene'),
    transcript: cell('Feature'),
    biotype: cell('BIOTYPE'),
    hgvsCoding: cell('HGVSc'),
    hgvsProtein: cell('HGVSp'),
    maneSelect: cell('MANE_SELECT') !== undefined || cell('MANE') === 'MANE_Select',
    canonical: cell('CANONICAL') === 'YES',
  }
}

/** VEP leaves out the first base that all alleles of an indel share, and writes "-" for nothing; SnpEff writes the ALT. */
function alleleOf(
  kind: AnnotationKind,
  text: string,
  ref: string,
  alts: readonly string[],
): number | undefined {
  const whole = alts.indexOf(text)
  if (kind === 'ANN' || text === '') return whole < 0 ? undefined : whole + 1
  const all = [ref, ...alts]
  const shared = all.every((one) => one[0] === ref[0]) && all.some((one) => one.length !== ref.length)
  const spelled = alts.map((alt) => (shared ? alt.slice(1) || '-' : alt))
  const found = spelled.flatMap((one, i) => (one === text ? [i + 1] : []))
  if (found.length === 1) return found[0]
  return found.length === 0 && whole >= 0 ? whole + 1 : undefined
}

/** "missense|GENE|ENST1|protein_coding|+|2V>2I|103G>A"; "@103" tells nothing itself. */
function bcsq(text: string): WrittenConsequence | undefined {
  if (text.startsWith('@')) return undefined
  const [terms, symbol, transcript, biotype] = text.replace(/^\*/, '').split('|')
  const names = (terms ?? '').split('&').filter((term) => term !== '')
  return {
    allele: undefined,
    terms: names,
    impact: gravest(names),
    symbol: symbol || undefined,
    gene: undefined,
    transcript: transcript || undefined,
    biotype: biotype || undefined,
    hgvsCoding: undefined,
    hgvsProtein: undefined,
    maneSelect: false,
    canonical: false,
  }
}

function entries(value: string): string[] {
  return value === '' || value === '.' ? [] : value.split(',')
}

function impact(text: string | undefined): Impact | undefined {
  const lower = text?.toLowerCase()
  return lower === 'high' || lower === 'moderate' || lower === 'low' || lower === 'modifier'
    ? lower
    : undefined
}

const ORDER: readonly Impact[] = ['high', 'moderate', 'low', 'modifier']

function gravest(terms: readonly string[]): Impact | undefined {
  const known = terms.map(impactOfName)
  return ORDER.find((one) => known.includes(one))
}

/** VEP writes "=" and ";" as "%3D" and "%3B". */
function unescaped(text: string): string {
  return text.includes('%')
    ? text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
}
