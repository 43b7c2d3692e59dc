import type { Resource } from '../../../record/resource.ts'
import type { PatientId } from '../../../terms/ids.ts'
import type { MessageContext } from '../message-context.ts'
import { type EntityNumber, entityNumber, systemOf } from '../segment/order-view.ts'
import type { Segment } from '../syntax/segment.ts'
import { type Coded, conceptOf, readCoded } from '../value/coded.ts'
import { readDateTime } from '../value/date-time.ts'

/** What SPM (or, before 2.5, OBR-15) says of the specimen. */
export interface SpecimenView {
  readonly key: readonly string[]
  readonly number: EntityNumber | undefined
  readonly type: Coded
  readonly collected: string | undefined
  readonly received: string | undefined
}

/** Undefined when neither segment says anything. */
export function readSpecimen(
  spm: Segment | undefined,
  obr: Segment,
  { coder, offset, header }: MessageContext,
): SpecimenView | undefined {
  const order = entityNumber(obr, 3, header.sender) ?? entityNumber(obr, 2, header.sender)
  if (spm === undefined) {
    const type = readCoded(obr.first(15), coder)
    // Before 2.5 the source was the first component, divided into subcomponents; in some messages another one is used.
    const text = obr.text(15, 1, 2) ?? obr.text(15, 4, 1)
    if (type.codings.length === 0 && text === undefined) return undefined
    return {
      key: ['order', order?.scope ?? '', order?.value ?? header.controlId],
      number: undefined,
      type: { ...type, text: type.text ?? text },
      collected: readDateTime(obr.text(7), offset)?.text,
      received: readDateTime(obr.text(14), offset)?.text,
    }
  }
  const number = specimenNumber(spm, header.sender)
  return {
    key:
      number === undefined
        ? ['order', order?.scope ?? '', order?.value ?? header.controlId, spm.text(1) ?? '']
        : ['number', number.scope, number.value],
    number,
    type: readCoded(spm.first(4), coder),
    collected: readDateTime(spm.text(17), offset)?.text,
    received: readDateTime(spm.text(18), offset)?.text,
  }
}

/** SPM-2 (EIP): the filler's number in component 2, else the placer's in component 1; parts are subcomponents. */
function specimenNumber(spm: Segment, sender: string): EntityNumber | undefined {
  const one = spm.first(2)
  for (const component of [2, 1]) {
    const value = one.text(component, 1)
    if (value === undefined) continue
    const scope = one.text(component, 3) ?? one.text(component, 2) ?? ''
    return { value, scope, system: systemOf(scope, one.text(component, 4), sender) }
  }
  return undefined
}

export function specimenResource(view: SpecimenView, patient: PatientId, context: MessageContext): Resource {
  const type = conceptOf(view.type)
  return {
    resourceType: 'Specimen',
    id: context.id('specimen', ...view.key),
    meta: { source: context.source },
    ...(view.number === undefined
      ? {}
      : { identifier: [{ system: view.number.system, value: view.number.value }] }),
    ...(type === undefined ? {} : { type }),
    subject: { reference: `Patient/${patient}` },
    ...(view.received === undefined ? {} : { receivedTime: view.received }),
    ...(view.collected === undefined ? {} : { collection: { collectedDateTime: view.collected } }),
  }
}
