import type { Facts } from '../../../knowledge/facts.ts'
import { drugNames } from '../../../knowledge/trials/drug-names.ts'
import { eligibilityVariables } from '../../../knowledge/trials/eligibility-variables.ts'
import { geneNames } from '../../../knowledge/trials/trial-genes.ts'
import { oncoTree } from '../../../knowledge/tumor/oncotree.ts'
import { type Criterion, unreadable } from '../criterion.ts'
import { eligibilityTagger } from '../entities/tagger.ts'
import type { TextItem } from '../registry/eligibility-text.ts'
import type { Side } from '../registry/side-heading.ts'
import { biomarkers } from './biomarker.ts'
import { consistent, contradicts } from './consistent.ts'
import { diagnoses } from './diagnosis.ts'
import { type Piece, withoutOverlap } from './piece.ts'
import type { ReadItem, Reading } from './reading.ts'
import { relations } from './relation.ts'
import { relationCriterion } from './relation-criterion.ts'
import { asked, isFamily } from './stance.ts'
import { states } from './state.ts'
import { isJoint, listMeaning, listsOf } from './sublist.ts'
import { therapies } from './therapy.ts'

/** Words that say nothing about a person. */
const EMPTY_WORDS = new Set(
  'a an the of or and with in to for by be is are was were must have has had not no on at as who that which this these from within per any all than patients patient subjects subject participants participant adults adult male female men women documented history known evidence status level levels count defined confirmed following criteria least one either both if will should may can value values normal other prior previous'.split(
    ' ',
  ),
)

/** Of one criterion, the registry's limit for all of them; what goes on after it is left over. */
const MOST_CHARACTERS = 20_000

/** Reads criteria with the packs in force, which are opened for the first of them. What is not understood is listed beside what is. */
export function itemReader(facts: Facts): ReadItem {
  return (item, below) => facts.derived('item-reader', () => readyReader(facts))(item, below)
}

function readyReader(facts: Facts): ReadItem {
  const variables = eligibilityVariables(facts)
  const genes = geneNames(facts)
  const drugs = drugNames(facts)
  const tree = oncoTree(facts)
  const tagger = eligibilityTagger(facts)
  return (item, below) => turned(readList(item, below), item.side)

  /** An item with the list below it, as what the text asks for: an exclusion is not turned around yet. */
  function readList(item: TextItem, below: readonly TextItem[]): Reading {
    const own = readText(item.text, item.side)
    if (below.length === 0) return own
    const texts = below.map(({ text }) => text)
    const lists = listsOf(below)
    const meaning = listMeaning(
      item.text,
      lists.map(([{ text }]) => text),
      item.side,
    )
    if (meaning === undefined) return { reads: null, rest: [item.text, ...texts] }
    // The list tells of exceptions: what stands above it is all that is asked.
    if (meaning === 'beside') return { reads: own.reads, rest: [...own.rest, ...texts] }
    const side = meaning === 'none' ? 'exclusion' : item.side
    const inner = lists.flatMap(([one, under]) =>
      isJoint(one.text) ? [] : [readList({ ...one, side }, under)],
    )
    const of = inner.flatMap(({ reads }) => reads ?? [])
    // Of alternatives all must be understood: the one that was not could be the one that holds. So must all that exclude
    // only together.
    const whole = meaning === 'any' || meaning === 'none' || item.side === 'exclusion'
    if (of.length === 0 || (whole && of.length < inner.length))
      return { reads: null, rest: [item.text, ...texts] }
    const list: Criterion = of.length === 1 ? of[0]! : { kind: meaning === 'all' ? 'all' : 'any', of }
    const joined: Criterion = meaning === 'none' ? { kind: 'not', of: list } : list
    const reads: Criterion = own.reads === null ? joined : { kind: 'all', of: [own.reads, joined] }
    return { reads, rest: [...own.rest, ...inner.flatMap((one) => one.rest)] }
  }

  function readText(whole: string, side: Side | undefined): Reading {
    const text = whole.slice(0, MOST_CHARACTERS)
    const named = withoutOverlap([
      ...relations(text, variables).flatMap(({ start, end, ...relation }) => {
        const criterion = relationCriterion({ start, end, ...relation }, side)
        return criterion === undefined ? [] : [{ criterion, start, end }]
      }),
      ...biomarkers(text, genes),
      ...states(text),
      ...therapies(text, drugs),
      ...(side === 'exclusion' ? [] : diagnoses(text, tagger.entities(text, 'each'), tree)),
    ])
    const pieces = consistent(asked(named, text, side))
    const reads = joinedPieces(pieces, text, side)
    return { reads, rest: reads === null ? [whole] : restOf(whole, pieces) }
  }
}

/** An exclusion is met by who is not so. */
function turned({ reads, rest }: Reading, side: Side | undefined): Reading {
  return { reads: reads === null || side !== 'exclusion' ? reads : { kind: 'not', of: reads }, rest }
}

/**
 * The pieces of one sentence: with "or" between two of them either will do, else all must hold; in an exclusion a list is a
 * list of reasons, each of them enough, also where "and" joins its last two. What is listed behind a negated piece is negated
 * with it.
 */
function joinedPieces(pieces: readonly Piece[], text: string, side: Side | undefined): Criterion | null {
  if (pieces.length === 0) return null
  const types = side === 'exclusion' ? 0 : diagnosisGroups(pieces, text)
  if (types > 1) return null
  const joined = joints(pieces, text, side)
  const groups: { negated: boolean; of: Criterion[]; together: boolean }[] = []
  const unread = new Map<object, Criterion>()
  for (const [i, { criterion, start, negated = false }] of pieces.entries()) {
    const gap = i === 0 ? '' : text.slice(pieces[i - 1]!.end, start)
    const last = groups.at(-1)
    const before = last?.of.at(-1)
    const listed =
      last?.negated === true && !negated && LISTED.test(gap) && isFamily(before ?? criterion, criterion)
    if (last !== undefined && gap.length < 80 && (listed || (joined[i] && last.negated === negated)))
      last.of.push(criterion)
    else groups.push({ negated, of: [criterion], together: TOGETHER.test(gap) })
    const other = unreadAlternative(pieces, i, text, joined[i + 1] === true)
    if (other !== undefined) unread.set(groups.at(-1)!, other)
  }
  const of = withoutRepeats(
    groups.map((group): Criterion => {
      const { negated, of: list } = group
      const other = unread.get(group)
      const once = withoutRepeats(other === undefined ? list : [...list, other])
      const any: Criterion = once.length === 1 ? once[0]! : { kind: 'any', of: once }
      return negated ? { kind: 'not', of: any } : any
    }),
  )
  if (of.length === 1) return of[0]!
  if (side !== 'exclusion') return contradicts(of) ? null : { kind: 'all', of }
  const together = groups.slice(1).map((one) => one.together)
  // Some reasons joined by "and", others by a comma: which of them belong together nobody can tell.
  if (new Set(together).size > 1) return null
  // "Prior treatment with A and B": one after the other, or both.
  if (together[0]! && of.every(({ kind }) => kind === 'treated')) return null
  return { kind: together[0]! ? 'all' : 'any', of }
}

const TOGETHER =
  /\b(?:and|with|plus|who|(?:that|which) (?:carry|carries|have|has)|in (?:patients|subjects|participants|those|people))\b/i
const LISTED = /^[\s,/()]*(?:and|or|nor|and\/or)?\s*(?:\w+\s+){0,2}$/i

/**
 * What "or" joins to a piece and nobody understood, "osimertinib or another EGFR inhibitor": an alternative that is unknown for
 * everybody, so that who does not meet the piece is not turned away.
 */
function unreadAlternative(
  pieces: readonly Piece[],
  i: number,
  text: string,
  joinsNext: boolean,
): Criterion | undefined {
  const { start, end } = pieces[i]!
  const to = pieces[i + 1]?.start ?? text.length
  const behind = text.slice(end, to)
  const tail = OR_BEHIND.exec(behind)
  const last = tail !== null && (to === text.length || !joinsNext) ? tail[1]! : undefined
  const ahead = text.slice(0, start)
  const first =
    i === 0 && /\bor\s+$/i.test(ahead) && !COURSE_AHEAD.test(text.slice(start)) ? ahead : undefined
  const words = (last ?? first)?.trim()
  return words === undefined || words.length < 2
    ? undefined
    : unreadable(`“${words.slice(0, 120)}”`, 'Read this alternative in the protocol.')
}
/** "Locally advanced or metastatic solid tumours": the "or" is of the course. */
const COURSE_AHEAD = /^(?:metastatic|recurrent|advanced|refractory|relapsed|progressive|unresectable)/i
const OR_BEHIND =
  /^\s*(?:\([^)]{0,40}\)\s*)?(?:[a-z-]{0,14}\s)?,?\s*(?:and\/)?or\s+((?!equal|both\b|higher|greater|more|less|older|above|later|after|at\b|on\b|in\b|during|prior|without|not\b|their|who)(?:[^.;]|\.(?=\d)){2,})/i

/** "Microsatellite stable (MSS)" asks once. */
function withoutRepeats(criteria: readonly Criterion[]): readonly Criterion[] {
  return [...new Map(criteria.map((one) => [JSON.stringify(one), one])).values()]
}

/** For each piece whether it is an alternative to the one before. In "A, B, or C" of genes the comma is an "or" too. */
function joints(pieces: readonly Piece[], text: string, side: Side | undefined): readonly boolean[] {
  const joined: boolean[] = pieces.map(() => false)
  // "A, B or another one that is not read": the list is one of alternatives all the same.
  joined.push(/^[\s,]*\bor\b/i.test(text.slice(pieces.at(-1)!.end)))
  for (let i = pieces.length - 1; i > 0; i--) {
    const gap = text.slice(pieces[i - 1]!.end, pieces[i]!.start)
    const [before, here] = [pieces[i - 1]!.criterion, pieces[i]!.criterion]
    const reasons = side === 'exclusion' && here.kind !== 'treated' && isFamily(before, here)
    joined[i] =
      /\b(?:or|nor)\b/i.test(gap) ||
      (side === 'exclusion' && !TOGETHER.test(gap)) ||
      (reasons && /^[\s,]*\band\b\s*(?:\w+\s+){0,3}$/i.test(gap)) ||
      (/^\s*[/(]\s*$/.test(gap) && JSON.stringify(before) === JSON.stringify(here)) ||
      (before.kind === 'diagnosis' && here.kind === 'diagnosis' && LISTED.test(gap)) ||
      (/^\s*[([/]\s*$/.test(gap) && isPerformance(before) && isPerformance(here)) ||
      (/^\s*,(?:(?!\band\b)[^.;:()]{0,30},)?\s*$/.test(gap) &&
        joined[i + 1] === true &&
        isGenomic(before) &&
        isGenomic(here))
  }
  return joined
}

/** How many lists of tumour types a text names: of two nobody can tell which one is asked for. */
function diagnosisGroups(pieces: readonly Piece[], text: string): number {
  const types = pieces.filter(({ criterion, negated }) => criterion.kind === 'diagnosis' && negated !== true)
  return types.filter(({ start }, i) => {
    const gap = i === 0 ? undefined : text.slice(types[i - 1]!.end, start)
    return gap === undefined || !(/\bor\b/i.test(gap) || LISTED.test(gap))
  }).length
}

/** "ECOG ≤ 2 (Karnofsky ≥ 60)": two scales for one thing. */
function isPerformance(criterion: Criterion): boolean {
  return criterion.kind === 'performance' || (criterion.kind === 'lab' && /^karnofsky$/i.test(criterion.test))
}

function isGenomic(criterion: Criterion): boolean {
  return criterion.kind === 'all' || criterion.kind === 'any'
    ? criterion.of.every(isGenomic)
    : criterion.kind === 'alteration' || criterion.kind === 'wild-type'
}

/** The parts of a text between the pieces that hold words with a meaning. */
function restOf(text: string, pieces: readonly Piece[]): readonly string[] {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of [...pieces, { start: text.length, end: text.length }]) {
    const part = text.slice(at, start).replace(/^[\s,;:.()–-]+|[\s,;:.()–-]+$/g, '')
    const words = part.toLowerCase().match(/[a-z0-9]+/g) ?? []
    if (words.some((word) => !EMPTY_WORDS.has(word) && word.length > 1)) parts.push(part)
    at = Math.max(at, end)
  }
  return parts
}
