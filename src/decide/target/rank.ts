import type { TherapyFinding } from '../../interpret/finding/therapy.ts'
import type { DrugAdvice } from '../plan.ts'
import { refuses } from '../reconcile.ts'
import { computedHint } from './computed-hint.ts'
import { indicationText } from './indication.ts'
import { lineFit } from './line-fit.ts'
import type { TargetOption, TargetRanking, TargetSituation } from './option.ts'

interface Weighed {
  readonly option: TargetOption
  /** Compared from the left; smaller goes first. */
  readonly weight: readonly number[]
}

const STANDINGS = ['this-disease', 'open', 'other-disease'] as const
const FITS = ['yes', 'unknown', 'no'] as const

/**
 * Benefit first: an approval in this disease goes before one in another, a drug that something found selects before one
 * that is for tumours without it or only limited by it, one for this line before another, a regular one before an accelerated one, a result of the approved test before one of another. Then harm: fewer cautions, no boxed
 * warning. What is refused by the germline or by a change of the tumour stands behind everything that is not.
 */
export function rankTargets(
  findings: readonly TherapyFinding[],
  situation: TargetSituation = {},
): TargetRanking {
  const asked = findings.filter(
    ({ approval }) => situation.agency === undefined || approval.agency === situation.agency,
  )
  const inForce = asked.filter(({ approval }) => approval.basis !== 'withdrawn')
  const options: Weighed[] = []
  const open: Weighed[] = []
  for (const one of inForce) {
    const { biomarker, disease } = one
    if (biomarker.state === 'not-met' || disease.refused) continue
    if (biomarker.state === 'met') {
      // Every tumour that lacks a change would else be offered what another disease is treated with when it lacks it.
      if (disease.state === 'not-met' && !asksForPresence(one.approval.biomarker)) continue
      if (disease.state === 'unknown') open.push(weigh(one, 'open', situation))
      else options.push(weigh(one, disease.state === 'met' ? 'this-disease' : 'other-disease', situation))
    } else if (disease.state === 'met') open.push(weigh(one, 'open', situation))
  }
  return {
    options: options.sort(byWeight).map(({ option }) => option),
    open: open.sort(byWeight).map(({ option }) => option),
    excluded: [...excludedOf(inForce), ...withdrawnOf(asked)],
  }
}

/** Approvals of this disease whose biomarker is not there, and those whose label names this disease as one that it is not for. */
function excludedOf(inForce: readonly TherapyFinding[]): TargetRanking['excluded'] {
  return inForce
    .filter(
      ({ biomarker, disease }) =>
        (disease.state === 'met' && biomarker.state === 'not-met') ||
        (disease.refused === true && biomarker.state === 'met'),
    )
    .map(({ approval, biomarker, disease }) => ({
      id: approval.id,
      drug: approval.drug,
      because: disease.refused === true ? disease.because : biomarker.because,
    }))
}

/** Withdrawn approvals that would fit, of drugs that are not approved for this disease in another way. */
function withdrawnOf(asked: readonly TherapyFinding[]): TargetRanking['excluded'] {
  const fits = asked.filter(({ biomarker, disease }) => biomarker.state === 'met' && disease.state === 'met')
  const inForce = new Set(
    fits.filter(({ approval }) => approval.basis !== 'withdrawn').map(({ approval }) => approval.drug),
  )
  return fits
    .filter(({ approval }) => approval.basis === 'withdrawn' && !inForce.has(approval.drug))
    .map(({ approval }) => ({
      id: approval.id,
      drug: approval.drug,
      because: [`its approval is withdrawn (${approval.detail})`],
    }))
}

/** Whether some part of the biomarker is something found, and not only something absent: "KRAS wild type AND NOT BRAF V600E". */
function asksForPresence(biomarker: string): boolean {
  return biomarker
    .split(/ (?:AND|OR) /)
    .map((part) => part.replaceAll(/[()]/g, '').trim())
    .some((part) => !/^NOT |(wild type|negative|pMMR|MSS)$/.test(part))
}

function byWeight(a: Weighed, b: Weighed): number {
  for (const [place, weight] of a.weight.entries())
    if (weight !== b.weight[place]) return weight - b.weight[place]!
  return a.option.drug < b.option.drug
    ? -1
    : a.option.drug > b.option.drug
      ? 1
      : a.option.id < b.option.id
        ? -1
        : 1
}

function weigh(one: TherapyFinding, standing: TargetOption['standing'], situation: TargetSituation): Weighed {
  const { approval, biomarker, disease, test, resistance, boxed } = one
  const line = lineFit(approval, situation)
  const advice = adviceOn(approval.drug, approval.regimens, situation.advice ?? [])
  // With several regimens to choose from, a partner that must be avoided does not block the drug.
  const everywhere = advice.filter(({ drug }) => isInEvery(drug.name, approval))
  const refused = everywhere.filter(({ recommendations }) => recommendations.some(refuses))
  const resistant = resistance.filter(({ effect }) => effect === 'resistant')
  const blocked = refused.length > 0 || resistant.length > 0
  const cautions =
    advice.filter(({ severity }) => severity !== 'none').length + resistance.length + one.doubts.length
  return {
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
      for: [
        ...(biomarker.state === 'met' ? [`biomarker met: ${biomarker.because.join(', ')}`] : []),
        ...(disease.state === 'met' ? [`${approval.agency}-approved in this disease`] : []),
        ...(approval.basis === 'regular' ? ['regular approval'] : []),
        ...(line.fits === 'yes' ? [line.because] : []),
        ...(test.state === 'documented' ? [test.because] : []),
      ],
      against: [
        ...resistance.map(
          ({ effect, found, because, pmids }) =>
            `${effect === 'resistant' ? 'resistance' : 'less effect'}: ${found.join(', ')} (${[because, ...pmids.map((pmid) => `PMID ${pmid}`)].join('; ')})`,
        ),
        ...one.doubts,
        ...advice
          .filter(({ severity }) => severity !== 'none')
          .map(({ drug, headline }) => `${drug.name}: ${headline}`),
        ...(standing === 'other-disease'
          ? [`approved for another disease: ${disease.because.join(', ')}`]
          : []),
        ...(line.fits === 'no' ? [line.because] : []),
        ...(approval.role === 'limits' ? [`not directed at the biomarker: ${approval.detail}`] : []),
        ...(approval.basis === 'accelerated'
          ? ['accelerated approval: benefit is still to be confirmed']
          : []),
        ...(test.state === 'not-documented' && biomarker.state === 'met'
          ? [
              `biomarker met, approved test not documented: ${test.because}${test.approved.length > 0 ? `; approved: ${test.approved.join(', ')}` : ''}`,
            ]
          : []),
        ...boxed.map((warning) => `boxed warning: ${warning}`),
      ],
      missing: [
        ...biomarker.missing.map((what) => {
          const hint = computedHint(what, situation.computed)
          return hint === undefined ? what : `${what}: ${hint}`
        }),
        ...disease.missing,
        ...(line.fits === 'unknown' ? [line.because] : []),
        ...advice.flatMap(({ drug, missing }) => missing.map((what) => `${drug.name}: ${what}`)),
      ],
      label: approval.label,
    },
    weight: [
      blocked ? 1 : 0,
      STANDINGS.indexOf(standing),
      approval.role === 'limits' || !asksForPresence(approval.biomarker) ? 1 : 0,
      FITS.indexOf(line.fits),
      approval.basis === 'regular' ? 0 : 1,
      // A label that asks for no test is no better than one whose test is not documented.
      test.state === 'documented' ? 0 : 1,
      cautions,
      boxed.length > 0 ? 1 : 0,
    ],
  }
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
  return [drug, ...drug.split(/, | and /)]
}
