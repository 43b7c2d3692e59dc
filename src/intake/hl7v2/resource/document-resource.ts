import type { Resource } from '../../../record/resource.ts'
import type { Line } from '../segment/observation-line.ts'
import type { ResultStatus } from '../segment/result-status.ts'
import { type Coded, conceptOf } from '../value/coded.ts'
import { metaOf, type ReportFrame } from './observation-resource.ts'
import type { Attachment } from './report-resource.ts'

/** composition-status by result status. */
const DOC_STATUS: Readonly<Record<ResultStatus, string | undefined>> = {
  registered: 'preliminary',
  partial: 'preliminary',
  preliminary: 'preliminary',
  final: 'final',
  corrected: 'amended',
  cancelled: 'entered-in-error',
  'entered-in-error': 'entered-in-error',
  unknown: undefined,
}

interface DocumentParts {
  readonly place: readonly string[]
  readonly status: ResultStatus
  /** What kind of document: OBX-3, or TXA-2. */
  readonly type: Coded
  readonly identifiers: readonly { readonly system: string; readonly value: string }[]
  readonly content: readonly Attachment[]
  /** Report that the document presents. */
  readonly report: string | undefined
}

/** A document as received, linked with the report whose results it presents. */
export function documentResource(frame: ReportFrame, lines: readonly Line[], parts: DocumentParts): Resource {
  const docStatus = DOC_STATUS[parts.status]
  const type = conceptOf(parts.type)
  const withdrawn = docStatus === 'entered-in-error'
  return {
    resourceType: 'DocumentReference',
    id: frame.id(...parts.place),
    meta: metaOf(frame, lines, [])!,
    ...(parts.identifiers.length === 0 ? {} : { identifier: parts.identifiers }),
    status: withdrawn ? 'entered-in-error' : 'current',
    ...(docStatus === undefined ? {} : { docStatus }),
    ...(type === undefined ? {} : { type }),
    subject: frame.subject,
    ...(frame.issued === undefined ? {} : { date: frame.issued }),
    ...(frame.performer === undefined ? {} : { author: [{ display: frame.performer }] }),
    content: parts.content.map((attachment) => ({ attachment })),
    ...(parts.report === undefined
      ? {}
      : { context: { related: [{ reference: `DiagnosticReport/${parts.report}` }] } }),
  }
}
