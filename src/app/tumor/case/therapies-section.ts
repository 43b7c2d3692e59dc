import type { TargetOption, TargetRanking } from '../../../decide/target/option.ts'
import { rankTargets } from '../../../decide/target/rank.ts'
import { rankingChanges } from '../../../decide/target/ranking-change.ts'
import { treatmentsAmong } from '../../../decide/target/treatments.ts'
import { therapyFindings } from '../../../interpret/tumor/tumor.ts'
import { APPROVALS_PACK } from '../../../knowledge/tumor/approvals.ts'
import { LABELS_PACK } from '../../../knowledge/tumor/label-conditions.ts'
import { therapyHarm } from '../../../knowledge/tumor/therapy-harm.ts'
import type { TumorProfile } from '../../../record/tumor-profile.ts'
import { type PackRef, packRefText } from '../../../terms/evidence.ts'
import { tumorDiagnosis } from './disease-diagnosis.ts'
import { nameOf } from './oncogenicity-section.ts'
import { scoresSection } from './scores-section.ts'
import type { Section, TumorCase } from './section.ts'

/** Approved treatments for what was found: ranked, held open, or excluded. */
export interface TherapiesAnswer extends TargetRanking {
  /** What each fact of the patient does to the ranking: the ranking without it, beside this one. */
  readonly withoutFact: readonly { readonly fact: string; readonly changes: readonly string[] }[]
  /** Drugs among the options on whose labels nobody looked for a boxed warning. */
  readonly boxNotLookedUp: readonly string[]
  readonly pack: PackRef
  /** What labels say of earlier treatment and other conditions. */
  readonly labels: PackRef
}

/** More facts than these are not taken away one by one; those of the options come first. */
const FACTS_TRIED = 40
const SHOWN = 12

/** Targeted treatments by approvals, companion diagnostics and resistance. */
export const therapiesSection: Section<TherapiesAnswer> = {
  name: 'therapies',
  answer(given, earlier) {
    const computed = earlier.get(scoresSection)
    const tumor = computed === undefined ? given : { ...given, situation: { ...given.situation, computed } }
    const { profile } = tumor.received
    const ranking = rankingOf(tumor, profile)
    return {
      ...ranking,
      withoutFact: factsOf(tumor, ranking).flatMap(({ fact, without }) => {
        const changes = rankingChanges(ranking, without())
        return changes.length === 0 ? [] : [{ fact, changes }]
      }),
      boxNotLookedUp: [
        ...new Set(
          ranking.options.flatMap(({ drug }) => (therapyHarm(tumor.facts).isBoxKnown(drug) ? [] : [drug])),
        ),
      ].sort(),
      pack: tumor.facts.pack(APPROVALS_PACK).ref,
      labels: tumor.facts.pack(LABELS_PACK).ref,
    }
  },
  text({ options, open, boxNotLookedUp, pack }) {
    const lines = ['Approved treatments']
    if (options.length === 0) lines.push('  none whose biomarker is met')
    const treatments = treatmentsAmong(options)
    for (const one of treatments.slice(0, SHOWN)) lines.push(...optionLines(one))
    if (treatments.length > 1)
      lines.push(
        '  The same number: nothing here tells them apart, and they stand by name. No trial results are compared.',
      )
    if (treatments.length > SHOWN) lines.push(`  ${treatments.length - SHOWN} more: --json`)
    if (open.length > 0) {
      const tests = Map.groupBy(
        open.flatMap(({ drug, missing }) => missing.slice(0, 1).map((what) => ({ drug, what }))),
        ({ what }) => what,
      )
      lines.push('  Open, because a datum is missing')
      for (const [what, drugs] of [...tests].slice(0, SHOWN))
        lines.push(`    ${what}: ${[...new Set(drugs.map(({ drug }) => drug))].join(', ')}`)
      if (tests.size > SHOWN) lines.push(`    ${tests.size - SHOWN} more: --json`)
    }
    if (boxNotLookedUp.length > 0)
      lines.push(`  Whether the label has a boxed warning was not looked up: ${boxNotLookedUp.join(', ')}.`)
    lines.push('  Approvals that name no biomarker, for everybody with the disease, are not looked at here.')
    lines.push(`  Facts ${packRefText(pack)}: check each against the label in force.`)
    return lines.join('\n')
  },
  gaps: ({ open }) => open.length > 0,
  packs: ({ pack, labels }) => [pack, labels],
}

function optionLines(one: TargetOption): readonly string[] {
  const { rank, indication, agency, blocked, alsoBy = [], sameAs, behind } = one
  return [
    `  ${rank}. ${indication} [${agency}]${blocked ? '  DO NOT USE' : ''}`,
    ...alsoBy.map(({ id, drug }) => `     = also by the label of ${drug} (${id})`),
    ...(sameAs === undefined ? [] : [`     = the same drugs as ${sameAs}`]),
    ...(behind === undefined
      ? []
      : [`     < behind ${behind.id} by ${behind.by}: ${behind.here}; there: ${behind.there}`]),
    ...one.for.map((why) => `     + ${why}`),
    ...one.against.map((why) => `     - ${why}`),
    ...one.missing.map((what) => `     ? ${what}`),
  ]
}

function rankingOf(tumor: TumorCase, profile: TumorProfile): TargetRanking {
  const { facts, situation } = tumor
  return rankTargets(therapyFindings(profile, typesOf(tumor), facts), situation)
}

/** "Breast cancer" is several types; a diagnosis that nobody gave is none. */
function typesOf({ diagnosis, facts }: TumorCase): readonly string[] | undefined {
  const { types } = tumorDiagnosis(diagnosis, facts)
  return types.length === 0 ? undefined : types
}

interface Fact {
  readonly fact: string
  without(): TargetRanking
}

/** The facts that may decide something: results in genes that an option names, markers, stage and line, the germline. */
function factsOf(tumor: TumorCase, { options, open, excluded }: TargetRanking): readonly Fact[] {
  const { profile } = tumor.received
  const told = [...options, ...open].flatMap((one) => [one.biomarker, ...one.for, ...one.against]).join(' ')
  const all = `${told} ${excluded.flatMap(({ because }) => because).join(' ')}`
  const named = (gene: string | undefined) => gene !== undefined && all.includes(gene)
  const other = (fact: string, change: Partial<TumorProfile>): Fact => ({
    fact,
    without: () => rankingOf(tumor, { ...profile, ...change }),
  })
  const { variants, copyNumbers, fusions, markers = [] } = profile
  const facts = [
    ...markers.map((one) => other(markerName(one), { markers: markers.filter((it) => it !== one) })),
    ...fusions
      .filter(({ five, three }) => named(five) || named(three))
      .map((one) =>
        other(`${one.five ?? '?'}::${one.three ?? '?'}`, { fusions: fusions.filter((it) => it !== one) }),
      ),
    ...variants
      .filter((one) => named(one.gene) && told.includes(nameOf(one)))
      .map((one) => other(nameOf(one), { variants: variants.filter((it) => it !== one) })),
    ...copyNumbers
      .filter(({ gene, call }) => named(gene) && call !== 'neutral')
      .map((one) =>
        other(`${one.gene} ${one.call}`, { copyNumbers: copyNumbers.filter((it) => it !== one) }),
      ),
  ]
  const { situation } = tumor
  const asked: readonly Fact[] = (['linesGiven', 'stage', 'given', 'person', 'conditions', 'advice'] as const)
    .filter((key) => situation[key] !== undefined)
    .map((key) => {
      const { [key]: _, ...rest } = situation
      return { fact: SITUATION[key], without: () => rankingOf({ ...tumor, situation: rest }, profile) }
    })
  return [...asked, ...facts].slice(0, FACTS_TRIED)
}

const SITUATION = {
  linesGiven: 'earlier treatment',
  stage: 'the stage',
  given: 'the drugs given already',
  person: 'age and sex',
  conditions: 'other conditions of the person',
  advice: 'results of the germline',
} as const

function markerName(one: NonNullable<TumorProfile['markers']>[number]): string {
  return one.kind === 'protein' ? one.protein : one.kind === 'arm' ? one.arm : one.kind.replaceAll('-', ' ')
}
