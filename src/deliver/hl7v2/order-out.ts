import type { Resource } from '../../record/resource.ts'
import { mshOut, type Route } from './message-out.ts'
import { type Concept, cwe, dtm, numberField, pidSegment } from './resource-fields.ts'
import { escaped, segmentText } from './segment-text.ts'

const CONTROL: Readonly<Record<string, string>> = { revoked: 'CA', 'on-hold': 'HD', 'entered-in-error': 'CA' }
const PRIORITY: Readonly<Record<string, string>> = { stat: 'S', asap: 'A', urgent: 'A', routine: 'R' }

/** OML^O21 of one ServiceRequest: a new order, or its cancellation. */
export function orderOut(
  request: Resource,
  patient: Resource,
  specimen: Resource | undefined,
  route: { readonly to: Route; readonly controlId: string; readonly at: string },
): string {
  const control = CONTROL[String(request['status'])] ?? 'NW'
  const own = [request.id, 'GARROD']
  const placer = numberField(request, 'PLAC') ?? own
  const filler = numberField(request, 'FILL')
  const requester = request['requester'] as { display?: string; identifier?: { value?: string } } | undefined
  const who = requester === undefined ? undefined : [requester.identifier?.value, requester.display]
  const priority = PRIORITY[String(request['priority'])]
  const reasons = (request['reasonCode'] as readonly Concept[] | undefined) ?? []
  const notes = (request['note'] as readonly { text: string }[] | undefined) ?? []
  const authored = dtm(request['authoredOn'])
  const none = (count: number) => Array.from({ length: count }, () => undefined)
  return `${[
    mshOut(['OML', 'O21', 'OML_O21'], route),
    pidSegment(patient, escaped),
    segmentText('ORC', control, placer, filler, ...none(5), authored, ...none(2), who),
    ...(priority === undefined ? [] : [segmentText('TQ1', '1', ...none(7), [priority])]),
    segmentText('OBR', '1', placer, filler, cwe(request['code'] as Concept), ...none(11), who),
    ...notes.map(({ text }, i) => segmentText('NTE', String(i + 1), undefined, text)),
    ...reasons.map((reason, i) => segmentText('DG1', String(i + 1), undefined, cwe(reason))),
    ...(specimen === undefined
      ? []
      : [segmentText('SPM', '1', undefined, undefined, cwe(specimen['type'] as Concept | undefined))]),
  ].join('\r')}\r`
}
