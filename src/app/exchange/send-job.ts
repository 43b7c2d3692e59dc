import { Hl7Fault } from '../../intake/hl7v2/hl7-fault.ts'
import { readMessage } from '../../intake/hl7v2/syntax/message.ts'
import type { Destination, MessageFault } from '../../store/messages/message-store.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { isThisMachine } from '../../terms/this-machine.ts'
import type { SiteAccess } from '../access/site-access.ts'
import type { JobHandler } from '../jobs/worker.ts'
import { sendOverMllp } from './mllp-client.ts'

/** Kind of job that sends one message; its payload names the message. */
export const SEND = 'hl7v2-send'

/** Longest wait for an acknowledgment, ms. */
const PATIENCE = 30_000

/** Sends over MLLP; a test puts its own in. */
type Transmit = (destination: Destination, text: string) => Promise<string>

/**
 * Sends a message and keeps what the receiver said. No answer, or one that cannot be read: tried again later, under the
 * same control id. AE and AR are answers: the message is "refused", and somebody has to look.
 */
export function sendJob(
  {
    store,
    now,
    site,
  }: {
    readonly store: Pick<Store, 'messages'>
    readonly now: () => Date
    readonly site?: SiteAccess | undefined
  },
  transmit: Transmit = (destination, text) => sendOverMllp(destination, text, PATIENCE),
): JobHandler {
  return async ({ tenant, job, touch }) => {
    const id = String(job.payload['message'])
    const message = await store.messages.read(tenant, id)
    if (message.state !== 'waiting') return
    if (message.patient !== undefined) touch(message.patient)
    const destination = (await store.messages.destinations(tenant)).find((one) => one.name === message.sender)
    if (destination === undefined) {
      throw new Fault(
        'DESTINATION_UNKNOWN',
        `destination ${message.sender}`,
        'the destination of a message that waits was removed',
        'Add it again, and retry the job.',
      )
    }
    if (!destination.tls && !isThisMachine(destination.host) && site?.clearNetwork !== true) {
      throw new Fault(
        'DESTINATION_CLEAR',
        `destination ${message.sender}`,
        'the message would cross the network in clear, and was not sent',
        'Set the destination again with --tls; or set GARROD_CLEAR_NETWORK=yes where the network is encrypted by other means. Then retry the job.',
      )
    }
    const ack = await transmit(destination, message.raw.toString('utf8'))
    const { code, text } = verdictOf(ack, message.controlId)
    const fault: MessageFault | undefined =
      code === 'AA' || code === 'CA'
        ? undefined
        : {
            code: 'RECEIVER_REFUSED',
            where: `destination ${message.sender}`,
            what: `the receiver answered ${code}${text === undefined ? '' : ` (${text})`}`,
            mend: 'Look at its answer; correct the resource, and send it again.',
          }
    const state = fault === undefined ? 'sent' : 'refused'
    await store.messages.closeOut(
      tenant,
      id,
      { state, fault, ack },
      { at: now().toISOString(), by: 'hl7v2-send' },
    )
  }
}

/** MSA-1 and the code of the first ERR. Throws a plain Error when it is no answer to this message. */
function verdictOf(ack: string, controlId: string | undefined): { code: string; text: string | undefined } {
  try {
    const { segments } = readMessage(Buffer.from(ack))
    const msa = segments.find(({ name }) => name === 'MSA')
    const code = msa?.text(1)
    if (code !== undefined && /^[AC][AER]$/.test(code) && msa?.text(2) === controlId) {
      return { code, text: segments.find(({ name }) => name === 'ERR')?.text(3) }
    }
  } catch (error) {
    if (!(error instanceof Hl7Fault)) throw error
  }
  throw new Error('the receiver sent something that is no answer to the message')
}
