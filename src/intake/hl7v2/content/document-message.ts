import type { Resource } from '../../../record/resource.ts'
import type { PatientId } from '../../../terms/ids.ts'
import { Hl7Fault } from '../hl7-fault.ts'
import type { MessageContent, MessageContext } from '../message-context.ts'
import { documentResource } from '../resource/document-resource.ts'
import type { ReportFrame } from '../resource/observation-resource.ts'
import { type Attachment, attachmentOf, reportResource, textAttachment } from '../resource/report-resource.ts'
import { type Line, questionOf, readLine } from '../segment/observation-line.ts'
import { type EntityNumber, entityNumber } from '../segment/order-view.ts'
import { readPatient } from '../segment/patient-view.ts'
import type { ResultStatus } from '../segment/result-status.ts'
import type { Segment } from '../syntax/segment.ts'
import { type Coded, readCoded } from '../value/coded.ts'
import { orderOf, readDateTime } from '../value/date-time.ts'
import { onlyPid } from './result-message.ts'

/** TXA-17 (table 0271). */
const COMPLETION: Readonly<Record<string, ResultStatus>> = {
  AU: 'final',
  LA: 'final',
  DO: 'final',
  DI: 'preliminary',
  IN: 'preliminary',
  IP: 'preliminary',
  PA: 'preliminary',
}

/** Events that bring the document itself, and those that withdraw it or say it replaces another. */
const CANCELS = 'T11'

/**
 * Reads MDM^T02 (and T04, T06, T08, T10, T11): one DocumentReference for the document that TXA-12 names, and, when
 * TXA-15 names a filler order number, that report's DiagnosticReport with the document as its presented form.
 * Throws HL7_NO_DOCUMENT_NUMBER, HL7_NO_DOCUMENT, and the faults of segments.
 */
export function readDocumentMessage(context: MessageContext): MessageContent {
  const { message, header, coder, offset } = context
  const patient = readPatient(onlyPid(context), { sender: header.sender, translate: coder.translate })
  const txa = message.segments.find(({ name }) => name === 'TXA')
  const number = txa === undefined ? undefined : entityNumber(txa, 12, header.sender)
  if (txa === undefined || number === undefined) {
    throw new Hl7Fault(
      'HL7_NO_DOCUMENT_NUMBER',
      txa === undefined ? '100' : '101',
      { segment: 'TXA', occurrence: 1, field: 12 },
      'the document has no number of its own',
      'Name it in TXA-12, so that a later version can replace it.',
    )
  }
  const status = statusOf(txa, header.event)
  const counts = new Map<string, number>()
  const lines: Line[] = []
  for (const obx of message.segments.filter(({ name }) => name === 'OBX')) {
    const question = questionOf(obx)
    const nth = counts.get(question) ?? 0
    counts.set(question, nth + 1)
    const line = readLine(obx, [], { coder, offset, inherited: status, nth })
    if (line !== undefined) lines.push(line)
  }
  const content = contentOf(lines, txa)
  if (content.length === 0 && status !== 'entered-in-error') {
    throw new Hl7Fault(
      'HL7_NO_DOCUMENT',
      '101',
      { segment: 'OBX', occurrence: 1, field: 5 },
      'the message brings no document',
      'Send the document as ED or TX in OBX-5.',
    )
  }
  const type = readCoded(txa.first(2), coder)
  return {
    kind: 'document',
    patient,
    warnings: lines.flatMap((line) =>
      line.doubts
        // MDM has no status of lines: TXA-17 is the document's.
        .filter(({ field }) => field !== 11)
        .map(({ segment, field, text }) => ({ code: 'HL7_DOUBTFUL', place: segment.place(field), text })),
    ),
    unmapped: [],
    assumed: [],
    resources: (id) => documentResources(context, id, { txa, number, status, type, lines, content }),
  }
}

function statusOf(txa: Segment, event: string | undefined): ResultStatus {
  const available = txa.text(19)?.toUpperCase()
  if (event === CANCELS || available === 'CA') return 'entered-in-error'
  const completion = COMPLETION[txa.text(17)?.toUpperCase() ?? ''] ?? 'unknown'
  return completion === 'final' && (event === 'T08' || event === 'T10') ? 'corrected' : completion
}

function contentOf(lines: readonly Line[], txa: Segment): Attachment[] {
  const title = txa.text(16) ?? txa.text(2, 2) ?? 'Document'
  const texts = lines
    .filter((line) => line.documents.length === 0)
    .flatMap((line) => line.values.map((one) => one.text))
  const documents = lines.flatMap((line) =>
    line.documents.map((one) => attachmentOf(one, line.code.text ?? title)),
  )
  return texts.length === 0 ? documents : [textAttachment(texts.join('\n'), title), ...documents]
}

interface Parts {
  readonly txa: Segment
  readonly number: EntityNumber
  readonly status: ResultStatus
  readonly type: Coded
  readonly lines: readonly Line[]
  readonly content: readonly Attachment[]
}

function documentResources(context: MessageContext, patient: PatientId, parts: Parts): Resource[] {
  const { header, offset } = context
  const { txa, number, status, type, lines, content } = parts
  const filler = entityNumber(txa, 15, header.sender)
  const written = readDateTime(txa.text(6) ?? txa.text(4) ?? header.sentAt, offset)
  const key =
    filler === undefined ? ['document', number.scope, number.value] : ['filler', filler.scope, filler.value]
  const frame: ReportFrame = {
    subject: { reference: `Patient/${patient}` },
    id: (...place) => context.id(...key, ...place),
    source: context.source,
    reported: orderOf(txa.text(6), header.sentAt, offset),
    effective: readDateTime(txa.text(4), offset)?.text,
    issued: written?.timed === true ? written.text : undefined,
    specimen: undefined,
    basedOn: undefined,
    performer: header.sendingFacility ?? header.sendingApplication,
    genes: context.genes,
  }
  const report = filler === undefined ? undefined : frame.id('report')
  const document = documentResource(
    { ...frame, id: (...place) => context.id('document', number.scope, number.value, ...place) },
    lines,
    {
      place: [],
      status,
      type,
      identifiers: [{ system: number.system, value: number.value }],
      // FHIR asks for content even of a document that was withdrawn.
      content: content.length === 0 ? [{ title: 'withdrawn' }] : content,
      report,
    },
  )
  if (filler === undefined) return [document]
  return [
    document,
    reportResource(frame, lines, {
      status,
      code: type,
      identifiers: [{ system: filler.system, value: filler.value }],
      results: [],
      genomic: false,
      forms: status === 'entered-in-error' ? [] : content,
      conclusion: undefined,
      account: undefined,
    }),
  ]
}
