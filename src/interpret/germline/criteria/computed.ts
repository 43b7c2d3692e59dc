import type { AcmgCriteria, Grade } from '../../../knowledge/acmg/criteria.ts'
import type { Criterion, CriterionCode, CriterionFact } from '../../finding/germline.ts'
import type { ScoreEvidence, VariantEvidence } from '../evidence.ts'
import { changeKind, isNull, isSilent } from './consequence.ts'
import { met, notAssessed, notMet, notUsed } from './verdict.ts'

/** The calibration is of the nucleus: the mitochondrion has its own code and its own scores (McCormick 2020). */
const MITOCHONDRIAL = 'The scores are calibrated on genes of the nucleus.'

function isMitochondrial({ variant }: VariantEvidence): boolean {
  return variant.chromosome === 'chrM'
}

/** One tool is used, chosen by the order of the facts and never by what it says (Pejaver 2022). */
function missenseScore(evidence: VariantEvidence, rules: AcmgCriteria): ScoreEvidence | undefined {
  for (const tool of rules.missenseTools) {
    const found = evidence.scores?.find((score) => score.tool === tool)
    if (found !== undefined) return found
  }
  return undefined
}

function splicing(evidence: VariantEvidence): ScoreEvidence | undefined {
  return evidence.scores?.find(({ tool }) => tool === 'SpliceAI')
}

function gradeOf(score: ScoreEvidence, code: CriterionCode, rules: AcmgCriteria): Grade | undefined {
  return rules
    .grades(score.tool)
    .find((grade) => grade.code === code && score.value >= grade.from && score.value <= grade.to)
}

function factOf({ tool, value, source }: ScoreEvidence): CriterionFact {
  return { what: `${tool} ${value}`, source }
}

/** PP3: a calibrated score of a missense change, or a predicted effect on splicing (Walker 2023). */
export function pp3(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  const kind = changeKind(evidence)
  if (kind === undefined) return notAssessed('PP3', 'the consequence for the protein')
  if (isMitochondrial(evidence)) return notUsed('PP3', MITOCHONDRIAL)
  if (isNull(evidence)) return notUsed('PP3', 'A null variant: PVS1 speaks for the same evidence.')
  const protein = kind === 'missense' ? missenseScore(evidence, rules) : undefined
  const splice = splicing(evidence)
  const facts = [protein, splice].filter((one) => one !== undefined).map(factOf)
  const graded = protein && gradeOf(protein, 'PP3', rules)
  if (graded !== undefined)
    return met('PP3', graded.strength, `The score is in the range of ${graded.strength} evidence.`, facts)
  const spliced = splice && gradeOf(splice, 'PP3', rules)
  if (spliced !== undefined) return met('PP3', spliced.strength, 'An effect on splicing is predicted.', facts)
  if (kind === 'missense' ? protein === undefined : splice === undefined)
    return notAssessed(
      'PP3',
      kind === 'missense' ? 'a calibrated score of the missense change' : 'a splicing score',
      facts,
    )
  return notMet('PP3', 'The score is not in the range of pathogenic evidence.', facts)
}

/** BP4: a calibrated score speaks against an effect, and splicing is not predicted to change. Without a splicing score it is supporting at most. */
export function bp4(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  const kind = changeKind(evidence)
  if (kind === undefined) return notAssessed('BP4', 'the consequence for the protein')
  if (isMitochondrial(evidence)) return notUsed('BP4', MITOCHONDRIAL)
  if (isNull(evidence)) return notUsed('BP4', 'A null variant: a score of the protein says nothing.')
  const splice = splicing(evidence)
  const quiet = splice === undefined ? undefined : gradeOf(splice, 'BP4', rules) !== undefined
  const protein = kind === 'missense' ? missenseScore(evidence, rules) : undefined
  const facts = [protein, splice].filter((one) => one !== undefined).map(factOf)
  if (quiet === false) return notMet('BP4', 'An effect on splicing is not excluded.', facts)
  if (kind === 'missense') {
    if (protein === undefined) return notAssessed('BP4', 'a calibrated score of the missense change', facts)
    const grade = gradeOf(protein, 'BP4', rules)
    if (grade === undefined) return notMet('BP4', 'The score is not in the range of benign evidence.', facts)
    return quiet === true
      ? met('BP4', grade.strength, `The score is in the range of ${grade.strength} evidence.`, facts)
      : met(
          'BP4',
          'supporting',
          'The score is benign; supporting at most, because splicing was not scored.',
          facts,
        )
  }
  if (kind !== 'synonymous' && kind !== 'intronic')
    return notMet('BP4', 'No calibrated score speaks of such a change.', facts)
  return quiet === undefined
    ? notAssessed('BP4', 'a splicing score')
    : met('BP4', 'supporting', 'No effect on splicing is predicted.', facts)
}

/** BP7: silent, outside the splice region, and no effect on splicing is predicted (Walker 2023). */
export function bp7(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  const silent = isSilent(evidence, rules)
  if (silent === undefined) return notAssessed('BP7', 'the place in the transcript')
  if (!silent) return notMet('BP7', 'Not a silent change outside the splice region.', [])
  const splice = splicing(evidence)
  if (splice === undefined) return notAssessed('BP7', 'a splicing score')
  return gradeOf(splice, 'BP4', rules) !== undefined
    ? met('BP7', 'supporting', 'Silent, and no effect on splicing is predicted.', [factOf(splice)])
    : notMet('BP7', 'An effect on splicing is not excluded.', [factOf(splice)])
}
