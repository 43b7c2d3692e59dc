import type { TherapyFinding } from '../../interpret/finding/therapy.ts'
import { asksForPresence } from '../../knowledge/tumor/biomarker-presence.ts'
import { partsOf } from '../../knowledge/tumor/combination.ts'
import type { DrugAdvice } from '../plan.ts'
import { refuses } from '../reconcile.ts'
import { computedHint } from './computed-hint.ts'
import {
  cautionText,
  cautionWeight,
  conditionCautions,
  openConditions,
  unreadOf,
} from './condition-cautions.ts'
import type { Standings } from './criteria.ts'
import { earlierFit } from './earlier-treatment.ts'
import { givenBefore } from './given-before.ts'
import { indicationText } from './indication.ts'
import { lineFit } from './line-fit.ts'
import type { TargetOption, TargetSituation } from './option.ts'
import { populationFit } from './population.ts'

/** An option before it has its place. */
export interface Weighed {
  readonly option: Omit<TargetOption, 'rank' | 'behind' | 'alsoBy' | 'sameAs'>
  readonly standings: Standings
  readonly approval: TherapyFinding['approval']
}

const DISEASES = ['this-disease', 'open', 'other-disease'] as const
const FITS = ['yes', 'unknown', 'no'] as const

/** Of an approval that was written down from memory: said wherever the option is. */
export const NOT_VERIFIED = 'not verified: these facts were not compared with the label'

/** What speaks for one approval beside the patient, what against it, and how it stands by each criterion. */
export function weigh(
  one: TherapyFinding,
  standing: TargetOption['standing'],
  situation: TargetSituation,
): Weighed {
  const { approval, biomarker, disease, test, resistance } = one
  const line = lineFit(approval, situation)
  const person = populationFit(approval.population, situation.person ?? {})
  const again = givenBefore(approval, situation.given)
  const advice = adviceOn(approval.drug, approval.regimens, situation.advice ?? [])
  // With several regimens to choose from, a partner that must be avoided does not block the drug.
  const everywhere = advice.filter(({ drug }) => isInEvery(drug.name, approval))
  const refused = everywhere.filter(({ recommendations }) => recommendations.some(refuses))
  const resistant = resistance.filter(({ effect }) => effect === 'resistant')
  const earlier = earlierFit(one.earlier, situation)
  const conditions = conditionCautions(one.cautions, situation.conditions ?? [])
  const contraindicated = conditions.filter(({ caution }) => caution.weight === 'contraindicated')
  const blocked = refused.length > 0 || resistant.length > 0 || contraindicated.length > 0
  const told = advice.filter(({ severity }) => severity !== 'none')
  const directed = approval.role !== 'limits' && asksForPresence(approval.biomarker)
  // A warning that only people with a gene's rare forms need to heed is answered by their result.
  const [answered, boxed] = split(one.boxed, ({ drug, gene }) =>
    gene === undefined ? false : advice.some((it) => it.drug.name === drug && it.state === 'answered'),
  )
  const lessened = resistance.map(
    ({ effect, found, because, pmids, checked }) =>
      `${effect === 'resistant' ? 'resistance' : 'less effect'}: ${found.join(', ')} (${[because, ...pmids.map((pmid) => `PMID ${pmid}`), ...unlessCompared(checked)].join('; ')})`,
  )
  const namesLine = line.fits === 'yes' && situation.linesGiven !== undefined && approval.line !== ''
  const cautions = told.length + one.doubts.length
  return {
    approval,
    option: {
      id: approval.id,
      drug: approval.drug,
      regimens: approval.regimens,
      indication: indicationText(approval),
      agency: approval.agency,
      biomarker: approval.biomarker,
      standing,
      fits: line.fits,
      blocked,
      lessenedBy: [...new Set(resistance.flatMap(({ found }) => found))],
      ...(approval.role === 'limits' && (line.fits !== 'yes' || earlier.missing.length > 0)
        ? { onlyAfter: approval.detail }
        : {}),
      for: [
        ...(biomarker.state === 'met' ? [`biomarker met: ${biomarker.because.join(', ')}`] : []),
        ...(disease.state === 'met' ? [`${approval.agency}-approved in this disease`] : []),
        ...(approval.basis === 'regular' ? ['regular approval'] : []),
        ...(line.fits === 'yes' ? [line.because] : []),
        ...earlier.met,
        ...(test.state === 'documented' ? [test.because] : []),
        // Where the result speaks against the drug, its advice stands below and this would be no reason for it.
        ...answered
          .filter(({ drug }) => !told.some((it) => it.drug.name === drug))
          .map(({ drug, about, gene }) => `${gene} is known, of which ${drug} warns (${about})`),
      ],
      against: [
        ...lessened,
        ...one.doubts,
        ...told.map(adviceText),
        ...(person.fits === 'no' ? [person.because] : []),
        ...earlier.refused,
        ...conditions.map(cautionText),
        ...(standing === 'other-disease'
          ? [`approved for another disease: ${disease.because.join(', ')}`]
          : []),
        ...(line.fits === 'no' ? [line.because] : []),
        ...(again === undefined ? [] : [again.because]),
        ...(approval.role === 'limits'
          ? [`not directed at the biomarker; the label puts before it: ${approval.detail}`]
          : []),
        ...(approval.basis === 'accelerated'
          ? ['accelerated approval: benefit is still to be confirmed']
          : []),
        ...(test.state === 'not-documented' && biomarker.state === 'met'
          ? [
              `biomarker met, approved test not documented: ${test.because}${test.approved.length > 0 ? `; approved: ${test.approved.join(', ')}` : ''}`,
            ]
          : []),
        ...boxed.map(
          ({ drug, about, gene, checked }) =>
            `boxed warning${drug === approval.drug ? '' : ` of ${drug}`}: ${[about, ...(gene === undefined ? [] : [`${gene} is not known`]), ...unlessCompared(checked)].join('; ')}`,
        ),
        ...(approval.checked === undefined ? [NOT_VERIFIED] : []),
      ],
      missing: [
        ...biomarker.missing.map((what) => {
          const hint = computedHint(what, situation.computed)
          return hint === undefined ? what : `${what}: ${hint}`
        }),
        ...disease.missing,
        ...(line.fits === 'unknown' ? [line.because] : []),
        ...(person.asks === undefined ? [] : [person.asks]),
        ...earlier.missing,
        ...openConditions(one.cautions, situation.conditions ?? [], situation.possibleConditions ?? []),
        ...unreadOf(approval.drug, one.cautions, situation.conditions ?? []),
        ...advice.flatMap(({ drug, missing }) => missing.map((what) => `${drug.name}: ${what}`)),
      ],
      label: approval.label,
    },
    standings: {
      refused: {
        weight: blocked ? 1 : 0,
        says: blocked
          ? [
              ...refused.map(adviceText),
              ...resistant.flatMap(({ found }) => found),
              ...contraindicated.map(cautionText),
            ].join(', ')
          : 'not refused',
      },
      disease: { weight: DISEASES.indexOf(standing), says: standing.replace('-', ' ') },
      directed: {
        weight: directed ? 0 : 1,
        says: directed ? 'directed at what was found' : 'for tumours without it, or limited by it',
      },
      people: {
        weight: person.fits === 'no' || earlier.refused.length > 0 ? 1 : 0,
        says: [person.because, ...earlier.refused].join('; '),
      },
      line: { weight: FITS.indexOf(line.fits), says: line.because },
      given: { weight: again?.whole === true ? 1 : 0, says: again?.because ?? 'not given before' },
      conditions: {
        weight: cautionWeight(conditions),
        says: conditions.map(cautionText).join(', ') || 'nothing that is on record here',
      },
      effect: {
        weight: resistance.length > resistant.length ? 1 : 0,
        says: lessened.join(', ') || 'none known',
      },
      basis: { weight: approval.basis === 'regular' ? 0 : 1, says: `${approval.basis} approval` },
      breadth: { weight: approval.disease.solid ? 1 : 0, says: `approved for ${approval.disease.words}` },
      namesLine: {
        weight: namesLine ? 0 : 1,
        says: namesLine ? `names line ${approval.line}` : 'names no line',
      },
      // A label that asks for no test is no better than one whose test is not documented.
      test: { weight: test.state === 'documented' ? 0 : 1, says: test.because },
      cautions: {
        weight: cautions,
        says: [...told.map(({ drug }) => drug.name), ...one.doubts].join(', ') || 'none',
      },
      boxed: {
        weight: boxed.length > 0 ? 1 : 0,
        says:
          boxed.map(({ about }) => about).join(', ') ||
          (one.isBoxKnown ? 'none' : 'none known; not looked up'),
      },
    },
  }
}

/** "codeine: Avoid"; a headline that names its drug stands alone. Without the full stop: it becomes an item of a list. */
function adviceText({ drug, headline }: DrugAdvice): string {
  const said = headline.replace(/\.$/, '')
  return said.toLowerCase().includes(drug.name) ? said : `${drug.name}: ${said}`
}

function split<T>(all: readonly T[], holds: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))]
}

/** Advice on the drug and on everything it may be given with. */
function adviceOn(
  drug: string,
  regimens: readonly (readonly string[])[],
  advice: readonly DrugAdvice[],
): readonly DrugAdvice[] {
  const names = new Set([...namesOf(drug), ...regimens.flat()])
  return advice.filter((one) => names.has(one.drug.name))
}

function isInEvery(name: string, { drug, regimens }: TherapyFinding['approval']): boolean {
  return namesOf(drug).includes(name) || regimens.every((one) => one.includes(name))
}

/** A fixed combination is its parts: "niraparib and abiraterone". */
function namesOf(drug: string): readonly string[] {
  return [drug, ...partsOf(drug)]
}

/** A word of warning on a fact that was written from memory. */
function unlessCompared(checked: string | undefined): readonly string[] {
  return checked === undefined ? ['not verified'] : []
}
