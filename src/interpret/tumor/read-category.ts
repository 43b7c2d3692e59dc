import { Fault } from '../../terms/fault.ts'
import type { Category, CategoryLeaf } from './category.ts'
import { readGenomePlaces } from './genome-place.ts'
import { MARKER_WORDS, readMarker } from './read-marker.ts'

/** Deeper nesting is refused: nobody reads it, and it could exhaust the stack. */
const DEEPEST = 50
const LONGEST = 20_000
const WORDS =
  'GENE V600E, GENE V600, GENE V600 not E, GENE mutation, GENE truncating, GENE frameshift, GENE loss of function, GENE exon 19 deletion, GENE kinase domain, GENE internal tandem duplication, GENE c.340+1G>A, GENE at GRCh38 5:1295113 G>A, GENE amplification, GENE loss, GENE deep deletion, GENE fusion, GENE::GENE, GENE wild type, GENE biallelic loss, GENE pathogenic, GENE germline pathogenic, GENE overexpression'

type Pattern = readonly [RegExp, (gene: string, found: RegExpExecArray) => CategoryLeaf]
type ExonWhat = Extract<Category, { kind: 'exon' }>['what']

const PATTERNS: readonly Pattern[] = [
  [
    /^([A-Z*]?\d+)(?:([A-Z*])|(_[A-Z*]?\d+)?(del|dup|ins[A-Z]+|delins[A-Z*]+)|[A-Z]?(fs)(?:(?:\*|Ter)\d+)?)$/i,
    (gene, [, start = '', to = '', end = '', edit = '', frame = '']) => ({
      kind: 'change',
      gene,
      change: `${start}${to}${end}`.toUpperCase() + residuesUpper(edit) + frame.toLowerCase(),
    }),
  ],
  [
    /^([A-Z]\d+)(?:\s+not\s+([A-Z*](?:\s*[,/]\s*[A-Z*])*))?$/i,
    (gene, [, residue, not]) => ({
      kind: 'residue',
      gene,
      residue: residue!.toUpperCase(),
      not: not === undefined ? [] : not.toUpperCase().split(/\s*[,/]\s*/),
    }),
  ],
  [/^(?:any )?(?:mutation|mutated|mutant)s?$/i, (gene) => ({ kind: 'mutation', gene })],
  [/^(?:any )?(?:truncating(?: mutation)?|truncation)s?$/i, (gene) => ({ kind: 'truncating', gene })],
  [/^(?:any )?frame ?shift(?: truncation| mutation)?s?$/i, (gene) => ({ kind: 'frameshift', gene })],
  [
    /^exons? (\d+)(?:-(\d+))? (mutation|deletion|insertion|frameshift|skipping|loss)s?$/i,
    (gene, [, from, to = from, what]) => ({
      kind: 'exon',
      gene,
      from: Number(from),
      to: Number(to),
      what: what!.toLowerCase() as ExonWhat,
    }),
  ],
  [
    /^(?:kinase[ -]domain|tkd)(?: mutation)?s?$/i,
    (gene) => ({ kind: 'region', gene, region: 'kinase domain', what: 'change' }),
  ],
  [
    /^([A-Za-z][\w-]* domain|P-loop)(?: mutation)?s?$/i,
    (gene, [, region]) => ({ kind: 'region', gene, region: region!, what: 'change' }),
  ],
  [
    /^(N-terminal) frame ?shift$/i,
    (gene) => ({ kind: 'region', gene, region: 'N-terminal', what: 'frameshift' }),
  ],
  [
    /^(?:loss[ -]of[ -]function|inactivating)(?: mutation)?$/i,
    (gene) => ({ kind: 'loss-of-function', gene }),
  ],
  [/^(?:gain[ -]of[ -]function|activating)(?: mutation)?$/i, (gene) => ({ kind: 'activating', gene })],
  [
    /^(?:(germline|somatic) )?pathogenic$/i,
    (gene, [, origin]) => ({
      kind: 'pathogenic',
      gene,
      origin: origin?.toLowerCase() as 'germline' | 'somatic' | undefined,
    }),
  ],
  [/^(?:itd|internal(?: tandem)? duplication)$/i, (gene) => ({ kind: 'internal-duplication', gene })],
  [/^(c\.[-*\d][^\s()]*)$/, (gene, [, change]) => ({ kind: 'coding', gene, change: change! })],
  [/^(over|under)?expression$/i, (gene, [, which]) => ({ kind: 'expression', gene, level: levelOf(which) })],
  [/^(?:amplification|amplified)$/i, (gene) => ({ kind: 'copy-number', gene, call: 'amplification' })],
  [
    /^(?:deep deletion|homozygous deletion|homozygous loss)$/i,
    (gene) => ({ kind: 'copy-number', gene, call: 'deep-deletion' }),
  ],
  [/^(?:loss|deletion|copy loss)$/i, (gene) => ({ kind: 'copy-number', gene, call: 'loss' })],
  [/^(?:any )?(?:fusion|rearrangement)s?$/i, (gene) => ({ kind: 'fusion', gene, partner: undefined })],
  [/^wild[ -]?type$/i, (gene) => ({ kind: 'wild-type', gene })],
  [/^bi-?allelic (?:loss|inactivation)$/i, (gene) => ({ kind: 'biallelic-loss', gene })],
]

/**
 * Reads "EGFR exon 19 deletion AND NOT EGFR T790M". AND binds before OR; AND, OR and NOT are written in capitals, so that
 * "V600 not E" is one pattern. Throws CATEGORY_UNKNOWN naming the part, CATEGORY_TOO_LARGE.
 */
export function readCategory(text: string, where: string): Category {
  if (text.length > LONGEST)
    throw new Fault(
      'CATEGORY_TOO_LARGE',
      where,
      `the text has ${text.length} characters`,
      `Give at most ${LONGEST}.`,
    )
  const tokens =
    text.match(/[()]|\b(?:AND|OR|NOT)\b|(?:(?!\b(?:AND|OR|NOT)\b)[^()])+/g)?.map((one) => one.trim()) ?? []
  const rest = tokens.filter((one) => one !== '')
  let at = 0
  const unknown = (part: string | undefined) =>
    new Fault(
      'CATEGORY_UNKNOWN',
      where,
      part === undefined ? 'the text ends too early' : `"${part}" cannot be read`,
      `Use ${WORDS}, ${MARKER_WORDS}; joined by AND, OR, NOT and parentheses.`,
    )
  const joined =
    (kind: 'and' | 'or', word: string, inner: (depth: number) => Category) =>
    (depth: number): Category => {
      const of = [inner(depth)]
      while (rest[at] === word) {
        at++
        of.push(inner(depth))
      }
      return of.length === 1 ? of[0]! : { kind, of }
    }
  const single = (depth: number): Category => {
    if (depth > DEEPEST)
      throw new Fault(
        'CATEGORY_TOO_LARGE',
        where,
        'the text is nested too deeply',
        `Nest at most ${DEEPEST} levels.`,
      )
    const token = rest[at++]
    if (token === 'NOT') return { kind: 'not', of: single(depth + 1) }
    if (token === '(') {
      const inner = any(depth + 1)
      if (rest[at++] !== ')') throw unknown(rest[at - 1])
      return inner
    }
    const found = token === undefined || token === ')' ? undefined : (readMarker(token) ?? pattern(token))
    if (found === undefined) throw unknown(token)
    return found
  }
  const any = joined('or', 'OR', joined('and', 'AND', single))
  const category = any(0)
  if (at < rest.length) throw unknown(rest[at])
  return category
}

function levelOf(which: string | undefined): 'any' | 'high' | 'low' {
  return which === undefined ? 'any' : which.toLowerCase() === 'over' ? 'high' : 'low'
}

/** "DELINSS" and "delinsS" are the same edit; its word is written small and its residues large. */
function residuesUpper(edit: string): string {
  const [, word = '', residues = ''] = /^(delins|del|dup|ins)(.*)$/i.exec(edit) ?? []
  return word.toLowerCase() + residues.toUpperCase()
}

/** One pattern of one gene; undefined: it is none that is known. */
export function pattern(text: string): CategoryLeaf | undefined {
  const joined = /^([A-Z0-9][A-Za-z0-9-]*)::([A-Z0-9][A-Za-z0-9-]*)(?: fusion)?(?: (e\d+;[ae]\d+))?$/i.exec(
    text,
  )
  if (joined !== null) {
    const [, gene = '', partner, exons] = joined
    return { kind: 'fusion', gene, partner, ...(exons === undefined ? {} : { exons }) }
  }
  const [, gene = '', words = ''] =
    /^([A-Z0-9][A-Za-z0-9-]*)\s+(.+)$/.exec(
      text
        .replace(/\s+/g, ' ')
        .replace(/ \(c\.[^)]*\)$/i, '')
        .trim(),
    ) ?? []
  const at = /^at (.+)$/.exec(words)?.[1]
  if (at !== undefined) {
    const places = readGenomePlaces(at)
    return places === undefined ? undefined : { kind: 'place', gene, at: places }
  }
  for (const [expression, make] of PATTERNS) {
    const found = expression.exec(words)
    if (found !== null) return make(gene, found)
  }
  return undefined
}
