import { type CodeAssessor, met, notAssessed, notMet } from './verdict.ts'

/** OP2: the malignancy has one genetic cause, and this is its gene. */
export const op2: CodeAssessor = ({ variant, malignancy }, facts) => {
  const cause = variant.gene === undefined ? undefined : facts.singleCause(variant.gene)
  if (cause === undefined) return notMet('No malignancy with this gene as its single cause is listed.')
  if (malignancy === undefined) return notAssessed(`whether the malignancy is ${cause.disease}`, [cause.fact])
  return malignancy.toLowerCase().includes(cause.words)
    ? met(`${cause.disease} has this gene as its single cause.`, [
        cause.fact,
        { what: malignancy, source: 'diagnosis of the input' },
      ])
    : notMet(`The malignancy is not ${cause.disease}.`, [
        { what: malignancy, source: 'diagnosis of the input' },
      ])
}
