import type { GeneNames } from '../../../knowledge/trials/trial-genes.ts'
import type { Criterion } from '../criterion.ts'
import { type Change, changesAfter, changesBefore } from './change-words.ts'
import { type GeneMention, geneMentions } from './gene-mention.ts'
import type { Piece } from './piece.ts'

/** Receptors and proteins whose stain is a marker of its own. */
const STAINED: Readonly<Record<string, string>> = { ERBB2: 'her2', ESR1: 'er', PGR: 'pr', CD274: 'pd-l1' }

/** Alterations, wild types, stains, instability and burden named in a text. */
export function biomarkers(text: string, names: GeneNames): readonly Piece[] {
  const stains = [...signatures(text), ...receptors(text)]
  const genes = geneMentions(text, names).filter(
    ({ start, end }) => !stains.some((one) => start < one.end && one.start < end),
  )
  return [...stains, ...genePieces(genes, text)]
}

/** Mentions that share what is said of them, "BRCA1, BRCA2 or PALB2 mutation", make one piece. */
function genePieces(mentions: readonly GeneMention[], text: string): readonly Piece[] {
  const groups: GeneMention[][] = []
  for (const one of mentions) {
    const last = groups.at(-1)?.at(-1)
    const gap = last === undefined || last.change !== undefined ? '?' : text.slice(last.end, one.start)
    if (/^[\s,/()-]*(?:and\/or|and|or|as well as)?[\s,/()-]*$/i.test(gap)) groups.at(-1)!.push(one)
    else groups.push([one])
  }
  const pieces: Piece[] = []
  for (const [i, group] of groups.entries()) {
    // Words that one gene has used up say nothing about the next one.
    const from = Math.max(pieces.at(-1)?.end ?? 0, groups[i - 1]?.at(-1)?.end ?? 0)
    const to = groups[i + 1]?.[0]?.start ?? text.length
    pieces.push(...pieceOf(group, text, from, to))
  }
  return pieces
}

function pieceOf(group: readonly GeneMention[], text: string, from: number, to: number): readonly Piece[] {
  const [first, last] = [group[0]!, group.at(-1)!]
  const after = text.slice(last.end, Math.min(to, last.end + 160))
  const before = text.slice(Math.max(from, first.start - 120), first.start)
  const behind = changesAfter(after)
  const ahead = behind.changes.length === 0 ? changesBefore(before) : undefined
  const said = ahead?.changes ?? behind.changes
  const written = group.flatMap(({ change }) => (change === undefined ? [] : [change]))
  if (said.length === 0 && written.length === 0) return []
  // Several genes without a change are all without it; several with one are alternatives.
  const absent =
    behind.negated ||
    (said.length > 0 && said.every(({ kind }) => kind === 'wild-type' || kind === 'negative'))
  const of = distinct(
    group.flatMap(({ genes, change }): readonly Criterion[] => {
      const asked = change === undefined ? said : [change]
      const found = genes.flatMap((gene) => asked.map((one) => criterionOf(gene, one)))
      const denied = behind.negated || (change !== undefined && absent)
      return denied ? found.map((one): Criterion => ({ kind: 'not', of: one })) : found
    }),
  )
  const start = ahead === undefined ? first.start : first.start - before.length + ahead.at
  return [
    {
      criterion: of.length === 1 ? of[0]! : { kind: absent ? 'all' : 'any', of },
      start,
      end: last.end + behind.end,
    },
  ]
}

function distinct(criteria: readonly Criterion[]): readonly Criterion[] {
  return [...new Map(criteria.map((one) => [JSON.stringify(one), one])).values()]
}

function criterionOf(gene: string, change: Change): Criterion {
  switch (change.kind) {
    case 'wild-type':
      return { kind: 'wild-type', gene }
    case 'amplification':
      return { kind: 'alteration', gene, of: ['copy-number'], copyNumber: 'high-amplification' }
    case 'fusion':
      return {
        kind: 'alteration',
        gene,
        of: ['fusion'],
        ...(change.partner === undefined ? {} : { partner: change.partner }),
      }
    case 'deletion':
      return { kind: 'alteration', gene, of: ['copy-number'], copyNumber: 'homozygous-deletion' }
    case 'loss':
      return { kind: 'alteration', gene, of: ['mutation', 'copy-number'] }
    case 'any':
      return { kind: 'alteration', gene, of: ['mutation', 'copy-number', 'fusion'] }
    case 'positive':
    case 'negative': {
      const marker = STAINED[gene]
      if (marker !== undefined) return { kind: 'marker', marker, values: [change.kind] }
      const found: Criterion = { kind: 'alteration', gene, of: ['mutation', 'copy-number', 'fusion'] }
      return change.kind === 'positive' ? found : { kind: 'not', of: found }
    }
    default:
      return { kind: 'alteration', gene, of: ['mutation'], ...change.detail }
  }
}

/** Mismatch repair and microsatellites; a low instability counts as stable. */
const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:MSI-?H(?:igh)?|dMMR|microsatellite instability(?:[- ]high)?|(?:mismatch repair|MMR)[- ]defici(?:ent|ency)|defici(?:ent|ency in) (?:DNA )?mismatch repair)\b/gi,
    'deficient',
  ],
  [/\b(?:MSS|pMMR|microsatellite[- ]stable|(?:mismatch repair|MMR)[- ]proficient)\b/gi, 'proficient'],
]

function* signatures(text: string): Generator<Piece> {
  for (const [pattern, value] of SIGNATURES)
    for (const { 0: name, index } of text.matchAll(pattern))
      yield {
        criterion: { kind: 'marker', marker: 'mismatch-repair', values: [value] },
        start: index,
        end: index + name.length,
      }
}

const RECEPTOR =
  /\b(HER-?2(?:\/neu)?|ER|PR|PgR|estrogen receptor|oestrogen receptor|progesterone receptor|hormone receptor|HR)(?:\s*\([A-Za-z0-9/]{2,8}\))?[- ]?(positive|negative|\+|-(?![A-Za-z0-9]))/g
const RECEPTORS: Readonly<Record<string, readonly string[]>> = {
  her2: ['her2'],
  'her2/neu': ['her2'],
  er: ['er'],
  'estrogen receptor': ['er'],
  'oestrogen receptor': ['er'],
  pr: ['pr'],
  pgr: ['pr'],
  'progesterone receptor': ['pr'],
  'hormone receptor': ['er', 'pr'],
  hr: ['er', 'pr'],
}

/** "ER-positive", "HER2-negative", "hormone receptor positive": one of the two receptors, or neither. */
function* receptors(text: string): Generator<Piece> {
  const triple = /\btriple[- ]negative\b|\bTNBC\b/.exec(text)
  if (triple !== null) {
    const of = ['er', 'pr', 'her2'].map(
      (marker): Criterion => ({ kind: 'marker', marker, values: ['negative'] }),
    )
    yield { criterion: { kind: 'all', of }, start: triple.index, end: triple.index + triple[0].length }
  }
  for (const { 0: name, 1: level, index } of text.matchAll(
    /\bHER-?2[- ]?(ultra-?low|low)\b(?:\s*\((?:IHC|ISH|immuno)[^()]{0,80}\))?/gi,
  )) {
    const values = [level!.toLowerCase().replace('-', '')]
    yield {
      criterion: { kind: 'marker', marker: 'her2', values },
      start: index,
      end: index + name.length,
    }
  }
  for (const match of text.matchAll(RECEPTOR)) {
    const markers = RECEPTORS[match[1]!.toLowerCase().replace('her-2', 'her2')]
    if (markers === undefined) continue
    const positive = match[2] === 'positive' || match[2] === '+'
    const of = markers.map(
      (marker): Criterion => ({ kind: 'marker', marker, values: [positive ? 'positive' : 'negative'] }),
    )
    const criterion: Criterion = of.length === 1 ? of[0]! : { kind: positive ? 'any' : 'all', of }
    yield { criterion, start: match.index, end: match.index + match[0].length }
  }
}
