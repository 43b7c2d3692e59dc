import { createHash } from 'node:crypto'
import type { Resource } from '../../record/resource.ts'
import type { Chosen } from '../../safeguard/consent/result-choice.ts'
import type { PatientId } from '../../terms/ids.ts'
import { GARROD_TASK } from '../classifications/carrier-task.ts'
import { wishOf } from '../classifications/wish.ts'
import type { TrialChange } from './trial-watch.ts'

const TRIALS_CHANGED = 'trials-changed'
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

const WORDS: Readonly<Record<TrialChange['kind'], string>> = {
  met: 'every criterion is met now',
  settled: 'was open, and is not met now',
  closed: 'was met, and is closed now',
}

/**
 * The Task of the care team to look at trials that became possible or ceased to be. `baseline`: version of what was told
 * before, so that the same change makes one Task, and the same change a year later another.
 */
export function trialTask(
  patient: PatientId,
  changes: readonly TrialChange[],
  baseline: number,
  choice: Chosen,
  at: string,
): Resource {
  const key = [patient, baseline, ...changes.map(({ protocol, kind }) => `${protocol} ${kind}`)].join(' ')
  return {
    resourceType: 'Task',
    id: `trials-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`,
    meta: { security: [{ system: ACT_CODE, code: 'GDIS' }] },
    ...wishOf(choice),
    intent: 'order',
    priority: 'routine',
    code: {
      coding: [{ system: GARROD_TASK, code: TRIALS_CHANGED }],
      text: 'Trials for this person have changed',
    },
    description: changes.map(({ name, kind }) => `${name}: ${WORDS[kind]}`).join('; '),
    for: { reference: `Patient/${patient}` },
    authoredOn: at,
    lastModified: at,
    input: changes.map(({ protocol, kind }) => ({
      type: { coding: [{ system: GARROD_TASK, code: `trial-${kind}` }] },
      valueString: protocol,
    })),
  }
}
