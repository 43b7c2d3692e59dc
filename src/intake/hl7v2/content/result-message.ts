import type { Resource } from '../../../record/resource.ts'
import type { PatientId } from '../../../terms/ids.ts'
import { resourceId } from '../fhir-id.ts'
import { Hl7Fault } from '../hl7-fault.ts'
import type { MessageContent, MessageContext, Warning } from '../message-context.ts'
import { documentResource } from '../resource/document-resource.ts'
import type { ReportFrame } from '../resource/observation-resource.ts'
import { attachmentOf, reportResource, textAttachment } from '../resource/report-resource.ts'
import { readSpecimen, type SpecimenView, specimenResource } from '../resource/specimen.ts'
import { type Doubt, type Line, questionOf, readLine } from '../segment/observation-line.ts'
import { type OrderView, readOrder } from '../segment/order-view.ts'
import { type PatientView, readPatient } from '../segment/patient-view.ts'
import { isWithdrawn, type ResultStatus, statusOfReport, statusTogether } from '../segment/result-status.ts'
import type { Segment } from '../syntax/segment.ts'
import { type Coded, conceptOf, readCoded } from '../value/coded.ts'
import { orderOf, readDateTime } from '../value/date-time.ts'
import { groupResults } from './result-group.ts'

/** One OBR with what follows it. */
interface OrderedResults {
  readonly order: OrderView
  readonly status: ResultStatus
  readonly code: Coded
  readonly lines: readonly Line[]
  readonly notes: readonly string[]
  readonly specimen: SpecimenView | undefined
}

/** All OBR of one filler number: one report. */
interface Report {
  readonly key: readonly string[]
  readonly parts: readonly OrderedResults[]
}

/**
 * Reads ORU^R01 (and R30, R31, R32, which have the same form). Throws HL7_NO_PATIENT, HL7_TWO_PATIENTS, HL7_NO_OBR,
 * HL7_SEQUENCE and the faults of segments.
 */
export function readResultMessage(context: MessageContext): MessageContent {
  const patient = readPatient(onlyPid(context), {
    sender: context.header.sender,
    translate: context.coder.translate,
  })
  const results = readOrderedResults(context)
  const reports = byFiller(results, context)
  const doubts = results.flatMap((one) => one.lines.flatMap((line) => line.doubts))
  const found = reports.flatMap((report) =>
    report.parts.map((part) => groupResults(frameOf(report, part, NOBODY, context), part.lines)),
  )
  const codes = [...results.map((one) => one.code), ...found.flatMap((one) => one.discrete.flatMap(codesOf))]
  return {
    kind: 'result',
    patient,
    warnings: [
      ...doubts.map(warningOf),
      ...found
        .flatMap((one) => one.ambiguous)
        .map((line) => ({
          code: 'HL7_GROUP_AMBIGUOUS',
          place: line.obx.place(4),
          text: 'several results share an OBX-4, and it cannot be told which belong together; they are kept one by one',
        })),
    ],
    unmapped: codes.flatMap((one) => one.unmapped),
    assumed: codes.flatMap((one) => one.assumed),
    resources: (id) => reports.flatMap((report) => reportResources(report, id, patient, context)),
  }
}

/** Stands for the person while only the form of results is asked. */
const NOBODY = 'nobody' as PatientId

/** The one PID. Two people in one message are refused: whose result a line is must not hang on its place. */
export function onlyPid({ message }: MessageContext): Segment {
  const [pid, second] = message.segments.filter(({ name }) => name === 'PID')
  if (pid === undefined) {
    throw new Hl7Fault(
      'HL7_NO_PATIENT',
      '100',
      { segment: 'PID', occurrence: 1 },
      'the message has no PID segment',
      'Say in PID who the message is about.',
    )
  }
  if (second !== undefined) {
    throw new Hl7Fault(
      'HL7_TWO_PATIENTS',
      '100',
      second.place(),
      'the message is about more than one person',
      'Send one message for each person.',
    )
  }
  return pid
}

function readOrderedResults(context: MessageContext): OrderedResults[] {
  const found: { orc: Segment | undefined; obr: Segment; body: Segment[] }[] = []
  let orc: Segment | undefined
  for (const segment of context.message.segments) {
    if (segment.name === 'ORC') orc = segment
    else if (segment.name === 'OBR') {
      found.push({ orc, obr: segment, body: [] })
      orc = undefined
    } else if (['OBX', 'NTE', 'SPM'].includes(segment.name)) {
      const last = found.at(-1)
      if (last !== undefined) last.body.push(segment)
      else if (segment.name === 'OBX') {
        throw new Hl7Fault(
          'HL7_SEQUENCE',
          '100',
          segment.place(),
          'a result comes before any OBR',
          'Put OBR before the OBX segments that belong to it.',
        )
      }
    }
  }
  if (found.length === 0) {
    throw new Hl7Fault(
      'HL7_NO_OBR',
      '100',
      { segment: 'OBR', occurrence: 1 },
      'the message has no OBR segment',
      'Send the results of each order under an OBR.',
    )
  }
  return found.map(({ orc: its, obr, body }) => readOne(its, obr, body, context))
}

function readOne(
  orc: Segment | undefined,
  obr: Segment,
  body: readonly Segment[],
  context: MessageContext,
): OrderedResults {
  const { coder, offset, header } = context
  const stated = reportStatus(obr)
  const inherited = stated === 'partial' ? 'preliminary' : stated
  const counts = new Map<string, number>()
  const lines: Line[] = []
  const notes: string[] = []
  for (const [i, segment] of body.entries()) {
    if (segment.name === 'NTE' && !body.slice(0, i).some(({ name }) => name === 'OBX'))
      notes.push(...noteOf(segment))
    if (segment.name !== 'OBX') continue
    const question = questionOf(segment)
    const nth = counts.get(question) ?? 0
    counts.set(question, nth + 1)
    const line = readLine(segment, notesAfter(body, i), { coder, offset, inherited, nth })
    if (line !== undefined) lines.push(line)
  }
  const spm = body.find(({ name }) => name === 'SPM')
  return {
    order: readOrder(orc, obr, header.sender),
    status: stated ?? (lines.length === 0 ? 'unknown' : statusTogether(lines.map((one) => one.status))),
    code: readCoded(obr.first(4), coder),
    lines,
    notes,
    specimen: readSpecimen(spm, obr, context),
  }
}

function reportStatus(obr: Segment): ResultStatus | undefined {
  const text = obr.text(25)
  if (text === undefined) return undefined
  const status = statusOfReport(text)
  if (status !== undefined) return status
  throw new Hl7Fault(
    'HL7_RESULT_STATUS',
    '103',
    obr.place(25),
    'the status is not a value of table 0123',
    'Send P, F, C, X or another letter of the table.',
  )
}

function notesAfter(body: readonly Segment[], at: number): string[] {
  const notes: string[] = []
  for (const segment of body.slice(at + 1)) {
    if (segment.name !== 'NTE') break
    notes.push(...noteOf(segment))
  }
  return notes
}

/** NTE-3, its repetitions as lines. */
export function noteOf(nte: Segment): string[] {
  const text = nte
    .repetitions(3)
    .map((one) => one.whole)
    .join('\n')
    .trim()
  return text === '' ? [] : [text]
}

function byFiller(results: readonly OrderedResults[], { header }: MessageContext): Report[] {
  const reports = new Map<string, { key: readonly string[]; parts: OrderedResults[] }>()
  for (const one of results) {
    const { filler, placer } = one.order
    // Without any number the report cannot be found again: a correction of it makes a second one.
    const key =
      filler !== undefined
        ? ['filler', filler.scope, filler.value]
        : placer !== undefined
          ? ['placer', placer.scope, placer.value, one.code.sent[0]?.code ?? one.code.text ?? '']
          : ['message', header.controlId, String(one.order.obr.occurrence)]
    const name = JSON.stringify(key)
    const report = reports.get(name) ?? { key, parts: [] }
    report.parts.push(one)
    reports.set(name, report)
  }
  return [...reports.values()]
}

/** Ids within one report; a place that a second OBR of the same filler number uses again gets an id of its own. */
function idsOnce(): (id: string) => string {
  const used = new Map<string, number>()
  return (id) => {
    const times = used.get(id) ?? 0
    used.set(id, times + 1)
    return times === 0 ? id : resourceId(id, String(times))
  }
}

function frameOf(
  report: Report,
  part: OrderedResults,
  patient: PatientId,
  context: MessageContext,
  once: (id: string) => string = (id) => id,
): ReportFrame {
  const { header, offset } = context
  const { obr, orc, placer } = part.order
  const issued = readDateTime(obr.text(22), offset) ?? readDateTime(header.sentAt, offset)
  return {
    subject: { reference: `Patient/${patient}` },
    id: (...place) => once(context.id(...report.key, ...place)),
    source: context.source,
    reported: orderOf(obr.text(22), header.sentAt, offset),
    effective: readDateTime(obr.text(7), offset)?.text,
    issued: issued?.timed === true ? issued.text : undefined,
    specimen:
      part.specimen === undefined
        ? undefined
        : { reference: `Specimen/${context.id('specimen', ...part.specimen.key)}` },
    basedOn:
      placer === undefined
        ? undefined
        : { type: 'ServiceRequest', identifier: { system: placer.system, value: placer.value } },
    performer:
      part.lines.map((one) => one.obx.text(23)).find((one) => one !== undefined) ??
      orc?.text(21) ??
      header.sendingFacility ??
      header.sendingApplication,
    genes: context.genes,
  }
}

function reportResources(
  report: Report,
  patient: PatientId,
  view: PatientView,
  context: MessageContext,
): readonly Resource[] {
  const results: Resource[] = []
  const documents: Resource[] = []
  const specimens: Resource[] = []
  const forms: ReturnType<typeof attachmentOf>[] = []
  const conclusions: string[] = []
  let genomic = false
  const first = report.parts[0]!
  const head = frameOf(report, first, patient, context)
  const once = idsOnce()
  const reportId = head.id('report')
  for (const part of report.parts) {
    const frame = frameOf(report, part, patient, context, once)
    if (part.specimen !== undefined) specimens.push(specimenResource(part.specimen, patient, context))
    const found = groupResults(frame, part.lines)
    results.push(...found.resources)
    genomic ||= found.genomic
    conclusions.push(...found.conclusions, ...part.notes)
    const title = conceptOf(part.code)?.text ?? 'Laboratory report'
    if (found.narrative !== undefined) forms.push(textAttachment(found.narrative, title))
    for (const line of part.lines) {
      for (const [i, document] of line.documents.entries()) {
        const attachment = attachmentOf(document, line.code.text ?? title)
        if (!isWithdrawn(line.status)) forms.push(attachment)
        documents.push(
          documentResource(frame, [line], {
            place: [
              'document',
              line.code.sent[0]?.code ?? line.code.text ?? '',
              line.subId,
              String(line.nth),
              String(i),
            ],
            status: line.status,
            type: line.code,
            identifiers: [],
            content: [attachment],
            report: reportId,
          }),
        )
      }
    }
  }
  const lines = report.parts.flatMap((part) => part.lines)
  const { filler, placer } = first.order
  const diagnostic = reportResource(head, lines, {
    status: statusOfAll(report.parts.map((part) => part.status)),
    code: first.code,
    identifiers: [filler, placer].flatMap((one) =>
      one === undefined ? [] : { system: one.system, value: one.value },
    ),
    results,
    genomic,
    forms,
    conclusion: conclusions.length === 0 ? undefined : conclusions.join('\n'),
    account:
      view.account === undefined ? undefined : { system: view.account.system, value: view.account.value },
  })
  return [...specimens, ...results, ...documents, diagnostic]
}

function statusOfAll(statuses: readonly ResultStatus[]): ResultStatus {
  return statuses.length === 1 ? statuses[0]! : statusTogether(statuses)
}

/** Codes of a line that ought to mean something beyond the sender. */
function codesOf(line: Line): Coded[] {
  return [line.code, ...line.values.flatMap((value) => value.coded ?? [])]
}

function warningOf({ segment, field, text }: Doubt): Warning {
  return { code: 'HL7_DOUBTFUL', place: segment.place(field), text }
}
