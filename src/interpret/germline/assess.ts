import type { AcmgCriteria } from '../../knowledge/acmg/criteria.ts'
import { CRITERION_CODES, type Criterion, type CriterionCode } from '../finding/germline.ts'
import { strengthByName } from './applied.ts'
import { bp4, bp7, pp3 } from './criteria/computed.ts'
import { bp2, bs4, pm3, pm6, pp1, ps2 } from './criteria/family.ts'
import { pvs1 } from './criteria/null-variant.ts'
import { bp5, bp6, bs3, pp4, pp5, ps3, ps4 } from './criteria/observed.ts'
import { ba1, bs1, bs2, pm2 } from './criteria/population.ts'
import { bp1, bp3, pm1, pm4, pm5, pp2, ps1 } from './criteria/protein-change.ts'
import { type Assessor, notUsed } from './criteria/verdict.ts'
import type { VariantEvidence } from './evidence.ts'

const ASSESSORS: Readonly<Record<CriterionCode, Assessor>> = {
  PVS1: pvs1,
  PS1: ps1,
  PS2: ps2,
  PS3: ps3,
  PS4: ps4,
  PM1: pm1,
  PM2: pm2,
  PM3: pm3,
  PM4: pm4,
  PM5: pm5,
  PM6: pm6,
  PP1: pp1,
  PP2: pp2,
  PP3: pp3,
  PP4: pp4,
  PP5: pp5,
  BA1: ba1,
  BS1: bs1,
  BS2: bs2,
  BS3: bs3,
  BS4: bs4,
  BP1: bp1,
  BP2: bp2,
  BP3: bp3,
  BP4: bp4,
  BP5: bp5,
  BP6: bp6,
  BP7: bp7,
}

/** All 28 criteria of one variant, in the paper's order, after those that speak for the same evidence were told apart. */
export function assess(evidence: VariantEvidence, rules: AcmgCriteria): Criterion[] {
  const criteria = CRITERION_CODES.map((code) => stated(code, evidence) ?? ASSESSORS[code](evidence, rules))
  return withoutDoubles(criteria)
}

/** What a person assessed stands before what is computed; PP5 and BP6 are never used, whoever states them. */
function stated(code: CriterionCode, evidence: VariantEvidence): Criterion | undefined {
  const found = evidence.stated?.find((one) => one.code === code)
  if (found === undefined || code === 'PP5' || code === 'BP6') return undefined
  return {
    code,
    state: found.met ? 'met' : 'not-met',
    strength: found.met ? (found.strength ?? strengthByName(code)) : undefined,
    because: found.because,
    facts: [{ what: found.because, source: found.source }],
    missing: [],
  }
}

const WEIGHTS = { 'stand-alone': 0, supporting: 1, moderate: 2, strong: 4, 'very-strong': 8 } as const

/** Points of a criterion that is met; 0 of one that is not. */
function weightOf(criteria: readonly Criterion[], code: CriterionCode): number {
  const found = criteria.find((one) => one.code === code)
  return found?.state === 'met' && found.strength !== undefined ? WEIGHTS[found.strength] : 0
}

/**
 * Evidence counts once: PM4 not beside PVS1; a hot spot and a score together no more than strong (Pejaver 2022).
 */
function withoutDoubles(criteria: readonly Criterion[]): Criterion[] {
  const isMet = (code: CriterionCode) => criteria.some((one) => one.code === code && one.state === 'met')
  const [spot, score] = (['PM1', 'PP3'] as const).map((code) => weightOf(criteria, code))
  const tooMuch = spot! > 0 && score! > 0 && spot! + score! > WEIGHTS.strong
  return criteria.map((one) => {
    if (one.code === 'PM4' && one.state === 'met' && isMet('PVS1'))
      return notUsed('PM4', 'PVS1 speaks for the same evidence.', one.facts)
    if (tooMuch && one.code === (spot! > score! ? 'PP3' : 'PM1')) {
      const other = one.code === 'PM1' ? 'PP3' : 'PM1'
      return notUsed(
        one.code,
        `Together with ${other} it would weigh more than strong: ${other} counts.`,
        one.facts,
      )
    }
    return one
  })
}
