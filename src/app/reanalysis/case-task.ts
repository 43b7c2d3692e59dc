import { createHash } from 'node:crypto'
import type { Upgrade } from '../../interpret/phenotype/phenotype.ts'
import type { Resource } from '../../record/resource.ts'
import type { Chosen } from '../../safeguard/consent/result-choice.ts'
import type { PackRef } from '../../terms/evidence.ts'
import { packRefText } from '../../terms/evidence.ts'
import type { PatientId } from '../../terms/ids.ts'
import { GARROD_TASK } from '../classifications/carrier-task.ts'
import { wishOf } from '../classifications/wish.ts'

const CASE_REANALYSED = 'case-reanalysed'

/** The Task of somebody to look at a case in which a disease fits clearly better under new facts. */
export function caseTask(
  patient: PatientId,
  upgrades: readonly Upgrade[],
  facts: readonly PackRef[],
  choice: Chosen,
  at: string,
): Resource {
  const release = facts.map(packRefText).join(', ')
  const key = [patient, release, ...upgrades.map(({ id }) => id)].join(' ')
  return {
    resourceType: 'Task',
    id: `reanalysed-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`,
    ...wishOf(choice),
    intent: 'order',
    priority: 'routine',
    code: {
      coding: [{ system: GARROD_TASK, code: CASE_REANALYSED }],
      text: 'An unsolved case has a better explanation now',
    },
    description: upgrades
      .map(
        ({ name, genes, probability, before }) =>
          `${name}${genes.length === 0 ? '' : ` (${genes.join(', ')})`}: ${percent(before)} before, ${percent(probability)} now`,
      )
      .join('; '),
    for: { reference: `Patient/${patient}` },
    authoredOn: at,
    lastModified: at,
    input: [
      { type: { coding: [{ system: GARROD_TASK, code: 'facts' }] }, valueString: release },
      ...upgrades.map(({ id }) => ({
        type: { coding: [{ system: GARROD_TASK, code: 'disease' }] },
        valueString: id,
      })),
    ],
  }
}

const percent = (share: number) => (share === 0 ? 'not listed' : `${Math.round(share * 100)} %`)
