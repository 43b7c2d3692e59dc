import type { Facts } from '../../../knowledge/facts.ts'
import { drugNames } from '../../../knowledge/trials/drug-names.ts'
import { eligibilityVariables } from '../../../knowledge/trials/eligibility-variables.ts'
import { geneNames } from '../../../knowledge/trials/trial-genes.ts'
import { oncoTree } from '../../../knowledge/tumor/oncotree.ts'
import type { Criterion } from '../criterion.ts'
import { eligibilityTagger } from '../entities/tagger.ts'
import type { Side, TextItem } from '../registry/eligibility-text.ts'
import { biomarkers } from './biomarker.ts'
import { diagnoses } from './diagnosis.ts'
import { type Piece, withoutOverlap } from './piece.ts'
import type { ReadItem, Reading } from './reading.ts'
import { relations } from './relation.ts'
import { relationCriterion } from './relation-criterion.ts'
import { states } from './state.ts'
import { therapies } from './therapy.ts'

/** "At least one of the following:" */
const ALTERNATIVES = /\b(?:one|any|either|at least one|one or more)\b[^:]{0,60}:?\s*$/i
/** Words that say nothing about a person. */
const EMPTY_WORDS = new Set(
  'a an the of or and with in to for by be is are was were must have has had not no on at as who that which this these from within per any all than patients patient subjects subject participants participant adults adult male female men women documented history known evidence status level levels count defined confirmed following criteria least one either both if will should may can value values normal other prior previous'.split(
    ' ',
  ),
)

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
  return (item, below) => {
    const own = readText(item.text, item.side)
    if (below.length === 0) return turned(own, item.side)
    const inner = below.map((one) => readText(one.text, item.side))
    const alternatives = item.side === 'exclusion' || ALTERNATIVES.test(item.text)
    const rest = [...own.rest, ...inner.flatMap((one) => one.rest)]
    const of = inner.flatMap(({ reads }) => reads ?? [])
    // Of alternatives all must be understood: the one that was not could be the one that holds.
    if (of.length === 0 || (alternatives && of.length < inner.length))
      return { reads: null, rest: textsOf(item, below) }
    const joined: Criterion = of.length === 1 ? of[0]! : { kind: alternatives ? 'any' : 'all', of }
    const reads: Criterion = own.reads === null ? joined : { kind: 'all', of: [own.reads, joined] }
    return turned({ reads, rest }, item.side)
  }

  function readText(text: string, side: Side | undefined): Reading {
    const pieces = withoutOverlap([
      ...relations(text, variables).flatMap(({ start, end, ...relation }) => {
        const criterion = relationCriterion({ start, end, ...relation }, side)
        return criterion === undefined ? [] : [{ criterion, start, end }]
      }),
      ...biomarkers(text, genes),
      ...states(text),
      ...therapies(text, drugs),
      ...(side === 'exclusion' ? [] : diagnoses(text, tagger.entities(text, 'each'), tree)),
    ])
    return { reads: joinedPieces(pieces, text, side), rest: restOf(text, pieces) }
  }
}

/** An exclusion is met by who is not so. */
function turned({ reads, rest }: Reading, side: Side | undefined): Reading {
  return { reads: reads === null || side !== 'exclusion' ? reads : { kind: 'not', of: reads }, rest }
}

/**
 * The pieces of one sentence: with "or" between two of them either will do, else all must hold; in an exclusion a list is a
 * list of reasons, each of them enough. What is joined to a negated piece is negated with it.
 */
function joinedPieces(pieces: readonly Piece[], text: string, side: Side | undefined): Criterion | null {
  if (pieces.length === 0) return null
  const joined = joints(pieces, text, side)
  const groups: { negated: boolean; of: Criterion[] }[] = []
  for (const [i, { criterion, start, negated = false }] of pieces.entries()) {
    const gap = i === 0 ? '' : text.slice(pieces[i - 1]!.end, start)
    const last = groups.at(-1)
    const listed = last?.negated === true && !negated && LISTED.test(gap)
    if (last !== undefined && gap.length < 80 && (listed || (joined[i] && last.negated === negated)))
      last.of.push(criterion)
    else groups.push({ negated, of: [criterion] })
  }
  const of = groups.map(({ negated, of: list }): Criterion => {
    const any: Criterion = list.length === 1 ? list[0]! : { kind: 'any', of: list }
    return negated ? { kind: 'not', of: any } : any
  })
  return of.length === 1
    ? of[0]!
    : { kind: side === 'exclusion' && !/\band\b/i.test(text) ? 'any' : 'all', of }
}

const LISTED = /^[\s,;/()]*(?:and|or|nor|and\/or)?\s*(?:\w+\s+){0,2}$/i

/** For each piece whether it is an alternative to the one before. In "A, B, or C" of genes the comma is an "or" too. */
function joints(pieces: readonly Piece[], text: string, side: Side | undefined): readonly boolean[] {
  const joined: boolean[] = pieces.map(() => false)
  for (let i = pieces.length - 1; i > 0; i--) {
    const gap = text.slice(pieces[i - 1]!.end, pieces[i]!.start)
    joined[i] =
      /\b(?:or|nor)\b/i.test(gap) ||
      (side === 'exclusion' && !/\b(?:and|with)\b/i.test(gap)) ||
      (/^[\s,]*$/.test(gap) &&
        joined[i + 1] === true &&
        isGenomic(pieces[i - 1]!.criterion) &&
        isGenomic(pieces[i]!.criterion))
  }
  return joined
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

function textsOf(item: TextItem, below: readonly TextItem[]): readonly string[] {
  return [item.text, ...below.map(({ text }) => text)]
}
