import type { TherapyFinding } from '../../interpret/finding/therapy.ts'
import { asksForPresence } from '../../knowledge/tumor/biomarker-presence.ts'
import { COMPARED_BY, compareStandings, whyBehind } from './criteria.ts'
import type { TargetOption, TargetRanking, TargetSituation } from './option.ts'
import { type Weighed, weigh } from './weigh.ts'

/**
 * Options by the criteria of criteria.ts: benefit as far as a label tells it, then harm. No trial result is compared, because none
 * is known here: options that no criterion tells apart have one rank, and stand by name. What is refused by the germline or by a
 * change of the tumour stands behind everything that is not.
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
    options: ranked(options),
    open: ranked(open),
    comparedBy: COMPARED_BY,
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

/** In order, each with its rank and with why it stands behind the one before; ranks count treatments, not labels. */
function ranked(all: readonly Weighed[]): readonly TargetOption[] {
  const sorted = [...all].sort(
    (a, b) => compareStandings(a.standings, b.standings) || compareNames(a.option, b.option),
  )
  const firsts = sorted.map((one, place) =>
    sorted.slice(0, place).find((other) => isSameTreatment(other, one)),
  )
  const isTold = (place: number) =>
    firsts[place] !== undefined && compareStandings(firsts[place].standings, sorted[place]!.standings) === 0
  let rank = 0
  let treatments = 0
  return sorted.map((one, place) => {
    const before = sorted[place - 1]
    const behind = before === undefined ? undefined : whyBehind(before.standings, one.standings)
    if (!isTold(place)) treatments += 1
    if (before === undefined || behind !== undefined) rank = treatments
    const also = sorted
      .filter((_, at) => firsts[at] === one && isTold(at))
      .map(({ option: { id, drug, label } }) => ({ id, drug, label }))
    return {
      ...one.option,
      rank,
      ...(behind === undefined ? {} : { behind: { id: before!.option.id, ...behind } }),
      ...(also.length === 0 ? {} : { alsoBy: also }),
      ...(firsts[place] === undefined ? {} : { sameAs: firsts[place].option.id }),
    }
  })
}

/** Labels of two drugs that are given together say the same thing twice; one drug has its labels apart, they are for different people. */
function isSameTreatment(one: Weighed, other: Weighed): boolean {
  const [a, b] = [one.approval, other.approval]
  if (
    a.drug === b.drug ||
    a.agency !== b.agency ||
    a.disease.key !== b.disease.key ||
    a.setting !== b.setting ||
    a.line !== b.line
  )
    return false
  const [these, those] = [treatmentsOf(a), treatmentsOf(b)]
  return these.length === those.length && these.every((key) => those.includes(key))
}

function treatmentsOf({ drug, regimens }: Weighed['approval']): readonly string[] {
  return regimens.map((one) => [drug, ...one].sort().join(' + '))
}

function compareNames(a: TargetOption | Weighed['option'], b: Weighed['option']): number {
  return a.drug < b.drug ? -1 : a.drug > b.drug ? 1 : a.id < b.id ? -1 : 1
}
