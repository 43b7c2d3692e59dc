import { ackBatch } from '../../deliver/hl7v2/ack.ts'
import { Hl7Fault } from '../../intake/hl7v2/hl7-fault.ts'
import type { MessageContent } from '../../intake/hl7v2/message-context.ts'
import { readHeader } from '../../intake/hl7v2/segment/header.ts'
import { splitBatch } from '../../intake/hl7v2/syntax/batch.ts'
import { type Hl7Message, readMessage, readStart } from '../../intake/hl7v2/syntax/message.ts'
import type { Segment } from '../../intake/hl7v2/syntax/segment.ts'
import type { Earlier, LocalCode, NewMessage, Outcome } from '../../store/messages/message-store.ts'
import type { Act } from '../../store/person.ts'
import { Fault } from '../../terms/fault.ts'
import {
  type AnswerTo,
  ackCodeOf,
  acknowledgment,
  answerTo,
  errorOf,
  faultOf,
  warningOf,
} from './acknowledge.ts'
import { auditMessage } from './audit-message.ts'
import type { ExchangeServices, From } from './exchange-services.ts'
import { checkProcessingId } from './processing-id.ts'
import { knowledgeOf } from './sender-knowledge.ts'
import { type Decision, type Meaning, meaningOf, type Settled } from './what-follows.ts'

/**
 * What AA says. applied: it is in the record, or waits for somebody to say whose it is. stored: it was understood and is
 * on disk; it is filed afterwards, in its turn, and whose it is shows then.
 */
type Acknowledge = 'applied' | 'stored'

/**
 * Takes what came in one transmission, one message or a batch, and returns the answer. When it returns, everything
 * that the answer accepts is on disk; the answer is AR when nothing could be kept.
 */
export async function receive(
  services: ExchangeServices,
  bytes: Uint8Array,
  from: From,
  acknowledge: Acknowledge = 'applied',
): Promise<string> {
  let batch: ReturnType<typeof splitBatch>
  try {
    batch = splitBatch(bytes)
  } catch (error) {
    const fault = faultOf(error)
    return acknowledgment(
      ackCodeOf(fault),
      answerTo(undefined),
      [errorOf(fault)],
      services.now(),
      services.newId(),
    )
  }
  const acks: string[] = []
  for (const one of batch.messages) acks.push(await receiveMessage(services, one, from, acknowledge))
  return batch.isBatch ? ackBatch(acks, services.now().toISOString()) : acks.join('')
}

async function receiveMessage(
  services: ExchangeServices,
  raw: Uint8Array,
  from: From,
  acknowledge: Acknowledge,
): Promise<string> {
  const act: Act = { at: services.now().toISOString(), by: from.by }
  const id = services.newId()
  // Of a message that cannot be read as a whole, MSH says whom to answer, and about which message.
  let msh = readStart(raw)
  try {
    const meaning = await understood(services, raw, (read) => {
      msh = read.msh
    })
    return await keep(services, { id, raw, act, from, msh, meaning, acknowledge })
  } catch (error) {
    // The store itself does not answer: nothing was kept, and the sender must keep it.
    const fault = faultOf(error)
    services.log(`message refused: ${fault.code}`)
    return acknowledgment('AR', answerTo(msh), [errorOf(fault)], services.now(), id)
  }
}

/** What a message says, or the fault for which it is kept aside. Throws only what is not the message's fault. */
export async function understood(
  services: ExchangeServices,
  raw: Uint8Array,
  seen: (message: Hl7Message) => void,
): Promise<Meaning> {
  try {
    const message = readMessage(raw)
    seen(message)
    const header = readHeader(message)
    const doubts = checkProcessingId(header, services.testMessages)
    return meaningOf(message, header, await knowledgeOf(services, header.sender), doubts)
  } catch (error) {
    if (error instanceof Hl7Fault) return { fault: error }
    throw error
  }
}

interface Kept {
  readonly id: string
  readonly raw: Uint8Array
  readonly act: Act
  readonly from: From
  readonly msh: Segment | undefined
  readonly meaning: Meaning
  readonly acknowledge: Acknowledge
}

async function keep(services: ExchangeServices, kept: Kept): Promise<string> {
  const { tenant, messages } = services
  const { raw, act, msh, meaning, from, acknowledge } = kept
  const to = answerTo(msh)
  const header = newMessage(kept)
  const later = acknowledge === 'stored' && 'content' in meaning
  // A message that says what to write is looked for by storing it: nothing else has happened by then. Two records become one before.
  const byStoring =
    later || ('content' in meaning && meaning.content.kind !== 'merge' && header.controlId !== undefined)
  const earlier = byStoring ? undefined : await messages.earlier(tenant, header.sender, header.controlId, raw)
  if (earlier !== undefined) return again(services, kept, header, to, earlier)
  const result = await whileNothingChanges(async () => {
    const settled = later ? received(meaning) : await settle(services, meaning, { act })
    return taken(services, header, settled, to, act)
  })
  if ('earlier' in result) return again(services, kept, header, to, result.earlier)
  // Nobody's record was touched yet: it is written down when the message is filed.
  if (result.settled.state === 'received') services.backlog()
  else await afterwards(services, header.type, from, result.settled, result.changes, act)
  return result.ack
}

/** How often a message is settled anew because another one changed the same resources meanwhile. */
const ATTEMPTS = 10

/** Settles and writes; does both again when what was settled from was changed by somebody else before it was written. */
export async function whileNothingChanges<T>(work: () => Promise<T>, attempt = 1): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isOvertaken(error) || attempt === ATTEMPTS) throw error
    return whileNothingChanges(work, attempt + 1)
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof Fault && error.code === 'RECORD_CHANGED'
}

/** A message that was understood and is filed later, in its turn. */
function received(meaning: Meaning): Settled {
  const content = 'content' in meaning ? meaning.content : undefined
  return { state: 'received', patient: undefined, fault: undefined, content, writes: [], notes: [] }
}

/** Keeps the message with what follows; when the store refuses what follows, keeps it aside with the reason. */
async function taken(
  services: ExchangeServices,
  message: NewMessage,
  settled: Settled,
  to: AnswerTo,
  act: Act,
) {
  const attempt = async (one: Settled) => {
    const ack = answerOf(services, one, to, message.id)
    const result = await services.messages.take(
      services.tenant,
      message,
      outcomeOf(one, ack),
      act,
      services.derivation,
    )
    return 'earlier' in result ? result : { settled: one, changes: result.taken, ack }
  }
  try {
    return await attempt(settled)
  } catch (error) {
    if (isOvertaken(error)) throw error
    return attempt(quarantined(aboutContent(services, error), settled))
  }
}

/** A control id that came before: the stored answer for the same bytes, a refusal for others. */
async function again(
  services: ExchangeServices,
  { id, act, from }: Kept,
  message: NewMessage,
  to: AnswerTo,
  earlier: Earlier,
): Promise<string> {
  if (earlier.same) {
    // The answer was lost, and perhaps what comes after the commit, too: that is done again, and changes nothing.
    if (earlier.patient !== undefined) await services.bringUpToDate(earlier.patient, act)
    if (earlier.ack !== undefined) return earlier.ack
  }
  const fault = new Hl7Fault(
    'HL7_CONTROL_ID_REUSED',
    '205',
    { segment: 'MSH', occurrence: 1, field: 10 },
    'another message of this sender had the same control id',
    'Give every message a control id of its own; send this one again under a new one.',
  )
  const settled = quarantined(fault, undefined)
  const ack = answerOf(services, settled, to, id)
  await services.messages.take(services.tenant, message, outcomeOf(settled, ack), act)
  await auditMessage(services, message.type, from, settled)
  return ack
}

/** What becomes of a message: its resources for the right person, or why it waits. */
export async function settle(
  services: ExchangeServices,
  meaning: Meaning,
  decision: Decision,
): Promise<Settled> {
  if ('fault' in meaning) {
    const settled = quarantined(meaning.fault, undefined)
    const done = meaning.fault.code === 'HL7_NOT_PRODUCTION' && services.testMessages === 'refuse'
    return done ? { ...settled, state: 'discarded' } : settled
  }
  try {
    return await meaning.follow(services, decision)
  } catch (error) {
    return quarantined(aboutContent(services, error), meaning)
  }
}

/**
 * The fault for which a message is kept aside. One of the store's condition is thrown on: the message cannot be kept,
 * and the sender must keep it. A defect of ours keeps it aside, too: sent again it would fail again.
 */
function aboutContent(services: ExchangeServices, error: unknown): Fault {
  const fault = faultOf(error)
  if (/^(DATABASE|VAULT|KEYS|AUDIT)_/.test(fault.code)) throw error
  if (fault !== error) services.log(`a message could not be processed: ${defectOf(error)}`)
  return fault
}

/** Kind and place of a defect; its text may quote data. */
function defectOf(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown value'
  const frame = /\((?:file:\/\/)?[^()]*\/([^/()]+:\d+:\d+)\)/.exec(error.stack ?? '')?.[1]
  return `${error.name} at ${frame ?? 'unknown place'}`
}

function quarantined(
  fault: Fault,
  about: { readonly content?: MessageContent | undefined } | undefined,
): Settled {
  return {
    state: 'quarantined',
    patient: undefined,
    fault,
    content: about?.content,
    writes: [],
    notes: [],
  }
}

export function outcomeOf(settled: Settled, ack: string): Outcome {
  const { state, patient, fault, content, writes, notes } = settled
  return {
    state,
    patient,
    fault: fault?.toJSON(),
    warnings: [...(content?.warnings ?? []).map(({ code, text }) => `${code}: ${text}`), ...notes],
    unmapped: codesOf(content),
    ack,
    writes,
  }
}

function codesOf(content: MessageContent | undefined): LocalCode[] {
  const seen = new Map<string, LocalCode>()
  const add = (one: { system: string; code: string; text: string | undefined }, assumed: boolean) =>
    seen.set(`${one.system}\u0000${one.code}`, { ...one, assumed })
  for (const one of content?.assumed ?? []) add(one, true)
  for (const one of content?.unmapped ?? []) add(one, false)
  return [...seen.values()]
}

/** AA with warnings, AE or AR with the fault. A message that waits for somebody is accepted: it is kept here. */
export function answerOf(services: ExchangeServices, settled: Settled, to: AnswerTo, id: string): string {
  const { state, fault, content } = settled
  const accepted = state !== 'quarantined' && state !== 'discarded'
  const errors = [
    ...(fault === undefined ? [] : [errorOf(fault, accepted ? 'W' : 'E')]),
    ...(accepted ? (content?.warnings ?? []).map(warningOf) : []),
  ]
  const code = accepted ? 'AA' : ackCodeOf(fault!)
  return acknowledgment(code, to, errors, services.now(), id)
}

/** After the commit: the audit entry, and those who follow the record. None of it undoes what is stored. */
export async function afterwards(
  services: ExchangeServices,
  type: string,
  from: From,
  settled: Settled,
  changes: Parameters<ExchangeServices['announce']>[0],
  act: Act,
): Promise<void> {
  const { patient } = settled
  const done = await Promise.allSettled([
    auditMessage(services, type, from, settled),
    services.announce(changes),
    // Nothing was written with the message: two records may have become one.
    patient === undefined || changes.length > 0 ? undefined : services.bringUpToDate(patient, act),
  ])
  for (const one of done) if (one.status === 'rejected') throw one.reason
}

function newMessage({ id, raw, msh }: Kept): NewMessage {
  const to = answerTo(msh)
  const type = [msh?.text(9), to.event].filter((part) => part !== undefined).join('^')
  return {
    id,
    raw,
    type: type.slice(0, 20),
    sender: `${to.sendingApplication ?? ''}|${to.sendingFacility ?? ''}`,
    controlId: to.controlId,
  }
}
