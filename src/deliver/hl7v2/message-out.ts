import { dateTimeText, segmentText } from './segment-text.ts'

/** The two ends of a message out. */
export interface Route {
  readonly application: string
  readonly facility: string
}

/** MSH of a message that Garrod sends, in UTF-8. */
export function mshOut(
  type: readonly [type: string, event: string, structure: string],
  { to, controlId, at }: { readonly to: Route; readonly controlId: string; readonly at: string },
): string {
  const rest = segmentText(
    'MSH',
    undefined,
    'GARROD',
    undefined,
    to.application,
    to.facility,
    dateTimeText(at),
    undefined,
    type,
    controlId,
    'P',
    '2.5.1',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    'UNICODE UTF-8',
  )
  return rest.replace('MSH|', 'MSH|^~\\&')
}
