import { readStart } from '../../intake/hl7v2/syntax/message.ts'
import type { MessageLine } from '../../store/messages/message-store.ts'
import { Fault } from '../../terms/fault.ts'
import { answerTo } from './acknowledge.ts'
import { auditMessage } from './audit-message.ts'
import { afterwards, answerOf, outcomeOf, settle, understood, whileNothingChanges } from './exchange.ts'
import type { ExchangeServices, From } from './exchange-services.ts'
import { HELD_PERSON, heldPerson } from './held-person.ts'
import type { Decision } from './what-follows.ts'

/**
 * Processes a stored message once more: after a code was explained, a person registered, or somebody decided whose it
 * is. What it made before is replaced, never doubled. Throws MESSAGE_UNKNOWN, MESSAGE_DISCARDED, and the fault for
 * which it still cannot be used.
 */
export async function replay(
  services: ExchangeServices,
  id: string,
  decision: Decision,
  from: From,
): Promise<MessageLine> {
  const { tenant, messages } = services
  const stored = await messages.read(tenant, id)
  if (stored.direction === 'out') throw notIncoming(id)
  if (stored.state === 'discarded') throw discarded(id)
  let msh = readStart(stored.raw)
  const meaning =
    stored.type === HELD_PERSON
      ? heldPerson(stored.raw)
      : await understood(services, stored.raw, (read) => {
          msh = read.msh
        })
  const { settled, changes } = await whileNothingChanges(async () => {
    const settled = await settle(services, meaning, decision)
    // The sender has its answer; this one is for whoever sends the same bytes again.
    const ack = answerOf(services, settled, answerTo(msh), id)
    const outcome = outcomeOf(settled, ack)
    const { act } = decision
    const changes = await messages.settle(tenant, id, outcome, act, stored.attempts, services.derivation)
    return { settled, changes }
  })
  await afterwards(services, stored.type, from, settled, changes, decision.act)
  if (settled.fault !== undefined && settled.state === 'quarantined') throw settled.fault
  return messages.read(tenant, id)
}

/**
 * Decides that a message will not be used, or, of one that was filed in part, that what was held back will not be. It
 * stays readable. Throws MESSAGE_UNKNOWN, MESSAGE_FILED.
 */
export async function discard(
  services: ExchangeServices,
  id: string,
  decision: Decision,
  from: From,
): Promise<MessageLine> {
  const { tenant, messages } = services
  const stored = await messages.read(tenant, id)
  if (stored.state === 'processed' || stored.state === 'unmapped') {
    throw new Fault(
      'MESSAGE_FILED',
      `message ${id}`,
      'what this message says is in a record',
      'To take results back, have the sender withdraw them, or delete the resources.',
    )
  }
  const { warnings, unmapped, patient } = stored
  const ack = stored.ack ?? ''
  const outcome = {
    state: stored.state === 'partly-filed' ? 'processed' : 'discarded',
    patient,
    fault: stored.fault,
    warnings,
    unmapped,
    ack,
    writes: [],
  } as const
  await messages.settle(tenant, id, outcome, decision.act, stored.attempts)
  await auditMessage(services, stored.type, from, {
    ...outcome,
    fault: undefined,
    content: undefined,
    notes: [],
  })
  return messages.read(tenant, id)
}

function discarded(id: string): Fault {
  return new Fault(
    'MESSAGE_DISCARDED',
    `message ${id}`,
    'somebody decided that this message is not used',
    'Have the sender send it again under a new control id.',
  )
}

function notIncoming(id: string): Fault {
  return new Fault(
    'MESSAGE_OUT',
    `message ${id}`,
    'this message was sent from here',
    'Only messages received are replayed.',
  )
}
