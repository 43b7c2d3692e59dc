import type {
  AmpLevel,
  AmpTier,
  ApprovalUse,
  EvidenceUse,
  GuidelineFlag,
  TierStatement,
} from '../../finding/amp-tier.ts'
import { applies } from './disease-fit.ts'

/** What a level is read from. */
export interface LevelGrounds {
  readonly approvals: readonly ApprovalUse[]
  /** Guidelines of this disease, and of another. */
  readonly guidelines: readonly GuidelineFlag[]
  readonly guidelinesElsewhere: readonly GuidelineFlag[]
  readonly supports: readonly EvidenceUse[]
  readonly disputes: readonly EvidenceUse[]
}

/** Stars from which on a clinical study counts as well supported; three stars are convincing, but small (CIViC's own scale). */
const WELL_POWERED = 4

type Standing = 'validated' | 'clinical' | 'small' | 'case-or-preclinical' | 'inferred'

function standingOf({ level, rating }: EvidenceUse): Standing {
  if (level === 'A') return 'validated'
  if (level === 'B') return (rating ?? 0) >= WELL_POWERED ? 'clinical' : 'small'
  return level === 'E' ? 'inferred' : 'case-or-preclinical'
}

/**
 * Level by AMP/ASCO/CAP 2017 (Li 2017, PMC5707196): approvals first, guidelines second, evidence third.
 * A: approved or in a guideline for this disease, or consensus (validated evidence). B: well-powered studies. C: approved,
 * in a guideline or validated for another disease, or small studies. D: case reports, preclinical work. Evidence against
 * is taken off evidence of its own standing, never averaged with better.
 */
export function levelOf(grounds: LevelGrounds): {
  readonly level: AmpLevel | undefined
  readonly basis: TierStatement['basis']
  readonly why: readonly string[]
} {
  const here = grounds.approvals.filter(({ diseaseFit }) => applies(diseaseFit))
  if (here.length > 0) return { level: 'A', basis: 'approval', why: here.map(approvalText) }
  if (grounds.guidelines.length > 0)
    return { level: 'A', basis: 'guideline', why: grounds.guidelines.map(guidelineText) }
  const count = (standing: Standing, fits: boolean) => {
    const of = (items: readonly EvidenceUse[]) =>
      items.filter((one) => standingOf(one) === standing && applies(one.diseaseFit) === fits).length
    const [pro, contra] = [of(grounds.supports), of(grounds.disputes)]
    return { pro, contra, net: pro - contra }
  }
  const evidence = (level: AmpLevel, standing: Standing, fits: boolean) => {
    const { pro, contra, net } = count(standing, fits)
    if (net <= 0) return undefined
    const against = contra > 0 ? `, ${contra} against` : ''
    const where = fits ? 'this tumour type' : 'other tumour types, parts of this one or cancer as such'
    return {
      level,
      basis: 'evidence' as const,
      why: [`${WORDS[standing]} in ${where}: ${pro} for${against}`],
    }
  }
  const strong = evidence('A', 'validated', true) ?? evidence('B', 'clinical', true)
  if (strong !== undefined) return strong
  if (grounds.approvals.length > 0)
    return { level: 'C', basis: 'approval', why: grounds.approvals.map(approvalText) }
  if (grounds.guidelinesElsewhere.length > 0)
    return { level: 'C', basis: 'guideline', why: grounds.guidelinesElsewhere.map(guidelineText) }
  return (
    evidence('C', 'small', true) ??
    evidence('C', 'validated', false) ??
    evidence('C', 'clinical', false) ??
    evidence('C', 'small', false) ??
    evidence('D', 'case-or-preclinical', true) ??
    evidence('D', 'case-or-preclinical', false) ?? {
      level: undefined,
      basis: 'none',
      why: [
        grounds.supports.length === 0
          ? 'no accepted evidence supports it'
          : grounds.supports.every((one) => standingOf(one) === 'inferred')
            ? 'inferred only: indirect evidence makes no level'
            : 'as much evidence against it as for it',
      ],
    }
  )
}

export function tierOf(level: AmpLevel | undefined): AmpTier {
  if (level === undefined) return 'III'
  return level === 'A' || level === 'B' ? 'I' : 'II'
}

const WORDS: Readonly<Record<Standing, string>> = {
  validated: 'validated evidence (level A of the source)',
  clinical: 'clinical studies of four stars or more (level B)',
  small: 'clinical studies of fewer than four stars (level B)',
  'case-or-preclinical': 'case reports or preclinical work (level C or D)',
  inferred: 'inferred (level E)',
}

function approvalText({ agency, id, biomarker, disease, excludes, diseaseFit }: ApprovalUse): string {
  const where = applies(diseaseFit)
    ? ''
    : diseaseFit === 'narrower'
      ? ', a part of the tumour type told here'
      : ', another tumour type'
  return excludes
    ? `${agency} label excludes it: ${biomarker}, ${disease}${where} (${id})`
    : `${agency} label: ${biomarker}, ${disease}${where} (${id})`
}

function guidelineText({ guideline, version, diagnosis }: GuidelineFlag): string {
  return `${guideline} ${version}, ${diagnosis}, as the user says`
}
