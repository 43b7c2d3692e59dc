import type { Resource } from '../../../record/resource.ts'
import type { PatientId } from '../../../terms/ids.ts'
import { resourceId } from '../fhir-id.ts'
import { Hl7Fault } from '../hl7-fault.ts'
import type { MessageContent, MessageContext } from '../message-context.ts'
import { readSpecimen, type SpecimenView, specimenResource } from '../resource/specimen.ts'
import { type OrderView, readOrder } from '../segment/order-view.ts'
import { readPatient } from '../segment/patient-view.ts'
import type { Segment } from '../syntax/segment.ts'
import { type Coded, conceptOf, readCoded } from '../value/coded.ts'
import { readDateTime } from '../value/date-time.ts'
import { noteOf, onlyPid } from './result-message.ts'

interface Order {
  readonly view: OrderView
  readonly code: Coded
  readonly reasons: readonly Coded[]
  readonly notes: readonly string[]
  readonly specimen: SpecimenView | undefined
}

/** ORC-1 (table 0119): what becomes of the order. Codes that only report are left to ORC-5. */
const CONTROL: Readonly<Record<string, string>> = {
  NW: 'active',
  XO: 'active',
  RP: 'active',
  RL: 'active',
  CA: 'revoked',
  OC: 'revoked',
  DC: 'revoked',
  OD: 'revoked',
  HD: 'on-hold',
}

/** ORC-5 (table 0038). */
const STATUS: Readonly<Record<string, string>> = {
  A: 'active',
  IP: 'active',
  SC: 'active',
  CM: 'completed',
  CA: 'revoked',
  DC: 'revoked',
  RP: 'revoked',
  HD: 'on-hold',
  ER: 'entered-in-error',
}

const PRIORITY: Readonly<Record<string, string>> = {
  S: 'stat',
  A: 'asap',
  R: 'routine',
  P: 'routine',
  T: 'urgent',
  U: 'urgent',
}

/** The id of an order: by the placer's number, so that a result of another sender finds it. */
export function orderId(placer: { readonly system: string; readonly value: string }): string {
  return resourceId('order', placer.system, placer.value)
}

/**
 * Reads OML^O21, OML^O33, OML^O35 and ORM^O01: one ServiceRequest for each OBR. Throws HL7_NO_OBR, HL7_NO_PLACER (an
 * order that cannot be named cannot be changed or cancelled), HL7_ORDER_CODE, and what `onlyPid` and `readPatient` throw.
 */
export function readOrderMessage(context: MessageContext): MessageContent {
  const { coder, header } = context
  const patient = readPatient(onlyPid(context), { sender: header.sender, translate: coder.translate })
  const orders = readOrders(context)
  const codes = orders.flatMap((one) => [one.code, ...one.reasons])
  return {
    kind: 'order',
    patient,
    warnings: [],
    unmapped: codes.flatMap((one) => one.unmapped),
    assumed: codes.flatMap((one) => one.assumed),
    resources: (id) => orders.flatMap((one) => orderResources(one, id, context)),
  }
}

function readOrders(context: MessageContext): Order[] {
  const found: { orc: Segment | undefined; obr: Segment; body: Segment[] }[] = []
  let orc: Segment | undefined
  for (const segment of context.message.segments) {
    if (segment.name === 'ORC') orc = segment
    else if (segment.name === 'OBR') {
      found.push({ orc, obr: segment, body: [] })
    } else if (['NTE', 'DG1', 'OBX', 'SPM', 'TQ1'].includes(segment.name)) {
      found.at(-1)?.body.push(segment)
    }
  }
  if (found.length === 0) {
    throw new Hl7Fault(
      'HL7_NO_OBR',
      '100',
      { segment: 'OBR', occurrence: 1 },
      'the order has no OBR segment',
      'Say in OBR what is ordered.',
    )
  }
  return found.map(({ orc: its, obr, body }) => readOne(its, obr, body, context))
}

function readOne(
  orc: Segment | undefined,
  obr: Segment,
  body: readonly Segment[],
  context: MessageContext,
): Order {
  const view = readOrder(orc, obr, context.header.sender)
  if (view.placer === undefined) {
    throw new Hl7Fault(
      'HL7_NO_PLACER',
      '101',
      obr.place(2),
      'the order has no placer order number',
      'Send it in ORC-2 or OBR-2.',
    )
  }
  if (obr.isEmpty(4)) {
    throw new Hl7Fault(
      'HL7_ORDER_CODE',
      '101',
      obr.place(4),
      'the order does not say what is ordered',
      'Send the code and the name of the test in OBR-4.',
    )
  }
  const coded = (segment: Segment, field: number) =>
    segment.repetitions(field).map((one) => readCoded(one, context.coder))
  return {
    view,
    code: readCoded(obr.first(4), context.coder),
    reasons: [
      ...coded(obr, 31),
      ...body.filter(({ name }) => name === 'DG1').flatMap((dg1) => coded(dg1, 3)),
    ],
    notes: [
      ...body.filter(({ name }) => name === 'NTE').flatMap(noteOf),
      ...body.filter(({ name }) => name === 'OBX').map((obx) => questionText(obx)),
    ],
    specimen: readSpecimen(
      body.find(({ name }) => name === 'SPM'),
      obr,
      context,
    ),
  }
}

/** A question asked at order entry, with its answer: "High infection risk sample: yes". */
function questionText(obx: Segment): string {
  const question = obx.text(3, 2) ?? obx.text(3) ?? ''
  const answer = obx
    .repetitions(5)
    .map((one) => one.text(2) ?? one.text(1) ?? '')
    .join('; ')
  return answer === '' ? question : `${question}: ${answer}`
}

function orderResources(order: Order, patient: PatientId, context: MessageContext): Resource[] {
  const { view, code, reasons, notes, specimen } = order
  const { offset, header } = context
  const placer = view.placer!
  const authored = readDateTime(view.orc?.text(9) ?? header.sentAt, offset)
  const priority =
    PRIORITY[(view.obr.text(27, 6) ?? view.obr.text(5) ?? view.orc?.text(7, 6) ?? '').toUpperCase()]
  const { requester } = view
  const occurrence = readDateTime(view.obr.text(27, 4) ?? view.orc?.text(7, 4), offset)
  const resources: Resource[] = specimen === undefined ? [] : [specimenResource(specimen, patient, context)]
  resources.push({
    resourceType: 'ServiceRequest',
    id: orderId(placer),
    meta: { source: context.source },
    identifier: [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PLAC' }] },
        system: placer.system,
        value: placer.value,
      },
      ...(view.filler === undefined
        ? []
        : [
            {
              type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'FILL' }] },
              system: view.filler.system,
              value: view.filler.value,
            },
          ]),
    ],
    status: CONTROL[view.control ?? ''] ?? STATUS[view.orderStatus ?? ''] ?? 'unknown',
    intent: 'order',
    category: [
      { coding: [{ system: 'http://snomed.info/sct', code: '108252007', display: 'Laboratory procedure' }] },
    ],
    ...(priority === undefined ? {} : { priority }),
    code: conceptOf(code)!,
    subject: { reference: `Patient/${patient}` },
    ...(occurrence === undefined ? {} : { occurrenceDateTime: occurrence.text }),
    ...(authored === undefined ? {} : { authoredOn: authored.text }),
    ...(requester === undefined
      ? {}
      : {
          requester: {
            ...(requester.id === undefined
              ? {}
              : {
                  identifier: {
                    system: `urn:hl7v2:${encodeURIComponent(header.sender)}:practitioner`,
                    value: requester.id,
                  },
                }),
            ...(requester.name === undefined ? {} : { display: requester.name }),
          },
        }),
    ...(reasons.length === 0 ? {} : { reasonCode: reasons.flatMap((one) => conceptOf(one) ?? []) }),
    ...(specimen === undefined
      ? {}
      : { specimen: [{ reference: `Specimen/${context.id('specimen', ...specimen.key)}` }] }),
    ...(notes.length === 0 ? {} : { note: notes.map((text) => ({ text })) }),
  })
  return resources
}
