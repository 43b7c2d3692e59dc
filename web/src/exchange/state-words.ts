import type { MessageState } from '../../../src/store/messages/message-store.ts'

/** What a state means to the one who looks after the exchange. */
export const STATE_WORDS: Readonly<Record<MessageState, string>> = {
  received: 'received, not read yet',
  processed: 'in the record',
  unmapped: 'in the record, codes not explained',
  'partly-filed': 'in the record, but for what would undo a final result',
  'unknown-patient': 'nobody knows whose',
  quarantined: 'cannot be used as it is',
  discarded: 'discarded',
  waiting: 'waits to be sent',
  sent: 'sent',
  refused: 'refused by the receiver',
}

/** Lists that are offered, the work that waits first. */
export const LISTS: readonly (readonly [name: string, title: string, states: readonly MessageState[]])[] = [
  ['open', 'To settle', ['quarantined', 'unknown-patient', 'unmapped', 'partly-filed']],
  ['unknown-patient', 'Unknown person', ['unknown-patient']],
  ['quarantined', 'Quarantined', ['quarantined']],
  ['unmapped', 'Unexplained codes', ['unmapped']],
  ['partly-filed', 'Final kept', ['partly-filed']],
  ['processed', 'Processed', ['processed']],
  ['discarded', 'Discarded', ['discarded']],
  ['all', 'All', []],
]
