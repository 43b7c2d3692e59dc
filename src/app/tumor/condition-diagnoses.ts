import { establishedTumours } from '../../fhir/candidate/diagnosis.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { type CodeRow, diagnosisCodes } from '../../knowledge/tumor/diagnosis-codes.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { Resource } from '../../record/resource.ts'
import { diagnosisOfFiles } from './case/diagnosis.ts'

/**
 * Reads the tumours that Conditions establish, for readers of files: each as its codes were sent, where these mean the same
 * type when they are read alone, else as the type. `own`: the user's codes.
 */
export function conditionDiagnoses(
  facts: Facts,
  own: readonly CodeRow[] = [],
): (conditions: readonly Resource[]) => readonly string[] {
  const codes = diagnosisCodes(facts, own)
  return (conditions) =>
    establishedTumours(conditions, oncoTree(facts), codes).map(({ code, given }) =>
      code === undefined || diagnosisOfFiles(given, 'diagnosis', facts, own).code === code ? given : code,
    )
}
