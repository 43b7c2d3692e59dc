import type { SenderKnowledge } from '../../intake/hl7v2/message-context.ts'
import { CodeMap } from '../../intake/hl7v2/value/code-map.ts'
import type { ExchangeServices } from './exchange-services.ts'

/** How long what is known of a sender is held, ms: a change made at the command line is seen after that. */
const HELD = 1000

interface Held {
  readonly until: number
  readonly knowledge: SenderKnowledge & { registers: boolean }
}

const held = new WeakMap<ExchangeServices, Map<string, Held>>()

/** The code map and the settings of a sender. */
export async function knowledgeOf(
  services: ExchangeServices,
  sender: string,
): Promise<SenderKnowledge & { registers: boolean }> {
  const now = services.now().getTime()
  const known = held.get(services) ?? new Map<string, Held>()
  held.set(services, known)
  const before = known.get(sender)
  if (before !== undefined && now < before.until) return before.knowledge
  const { messages, tenant, genes } = services
  const rows = await messages.codeMap(tenant, sender)
  const { utcOffset, registers } = await messages.sender(tenant, sender)
  const knowledge = { codes: new CodeMap(rows), offset: utcOffset, genes, registers }
  if (known.size > 1000) known.clear()
  known.set(sender, { until: now + HELD, knowledge })
  return knowledge
}

/** After a change made here: the next message sees it at once. */
export function forgetSender(services: ExchangeServices, sender: string): void {
  held.get(services)?.delete(sender)
}
