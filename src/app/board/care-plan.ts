import type { Resource } from '../../record/resource.ts'
import { ACT_CODE } from '../../safeguard/consent/consent-codes.ts'
import type { StoredBoardDecision } from '../../store/tumor/board-decision-store.ts'
import type { PatientId } from '../../terms/ids.ts'
import { carePlanId, type KeptDecision } from './decision-view.ts'

/** Code system of what Garrod says of boards. */
const BOARD = 'urn:garrod:tumor-board'
/** A decision tells of results of genes, whatever its words are. */
const GENETIC = { system: ACT_CODE, code: 'GDIS' }

/** A decision that stands as a CarePlan, and what is to follow as Tasks. Votes by name stay with the board. */
export function boardResources(
  patient: PatientId,
  stored: Pick<StoredBoardDecision, 'id' | 'version' | 'at'>,
  { specimen, decided, on }: KeptDecision,
): readonly Resource[] {
  const subject = { reference: `Patient/${patient}` }
  const plan = carePlanId(stored.id)
  const tasks = decided.followUp.map(
    ({ what, owner, due }, place): Resource => ({
      resourceType: 'Task',
      id: `${plan}-${place + 1}`,
      meta: { security: [GENETIC] },
      status: 'requested',
      intent: 'plan',
      code: { coding: [{ system: BOARD, code: 'follow-up' }], text: 'Follow-up of a tumour board' },
      description: what,
      for: subject,
      authoredOn: stored.at,
      lastModified: stored.at,
      basedOn: [{ reference: `CarePlan/${plan}` }],
      owner: { display: owner },
      restriction: { period: { end: due } },
    }),
  )
  const count = (vote: string) => decided.votes.filter((one) => one.vote === vote).length
  const votes =
    decided.votes.length === 0
      ? 'No votes were recorded.'
      : `Votes: ${count('for')} for, ${count('against')} against, ${count('abstains')} abstained.`
  return [
    {
      resourceType: 'CarePlan',
      id: plan,
      meta: { security: [GENETIC] },
      identifier: [{ system: 'urn:garrod:board-decision', value: `${stored.id}/${stored.version}` }],
      status: 'active',
      intent: 'plan',
      category: [
        {
          coding: [
            { system: BOARD, code: 'decision', display: 'Decision of a tumour board' },
            ...(decided.recommendation === undefined
              ? []
              : [{ system: BOARD, code: decided.recommendation }]),
          ],
        },
      ],
      title: `Tumour board: ${specimen}`,
      description: decided.decision,
      subject,
      created: stored.at,
      note: [
        ...(decided.considered.length === 0
          ? []
          : [{ text: `Options considered: ${decided.considered.join('; ')}` }]),
        { text: votes },
        {
          text: `Decided on document ${on.hash} of ${on.asOf}, engine ${on.engine}; ${on.facts.join(', ')}.`,
        },
      ],
      ...(tasks.length === 0
        ? {}
        : { activity: tasks.map(({ id }) => ({ reference: { reference: `Task/${id}` } })) }),
    },
    ...tasks,
  ]
}
