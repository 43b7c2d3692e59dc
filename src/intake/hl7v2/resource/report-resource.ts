import { createHash } from 'node:crypto'
import type { Resource } from '../../../record/resource.ts'
import { GENOMIC, LOINC } from '../../../terms/genomics-reporting.ts'
import type { Line } from '../segment/observation-line.ts'
import type { ResultStatus } from '../segment/result-status.ts'
import { type Coded, conceptOf } from '../value/coded.ts'
import type { Document } from '../value/encapsulated.ts'
import { GENETICS, metaOf, profile, type ReportFrame } from './observation-resource.ts'

/** FHIR Attachment. */
export type Attachment = Readonly<Record<string, unknown>> & { readonly title: string }

export function attachmentOf(document: Document, title: string): Attachment {
  const { contentType, content, url } = document
  return {
    contentType,
    ...(content === undefined
      ? {}
      : {
          data: content.toString('base64'),
          size: content.length,
          // FHIR asks for SHA-1 here; it tells copies apart and protects nothing.
          hash: createHash('sha1').update(content).digest('base64'),
        }),
    ...(url === undefined ? {} : { url }),
    title,
  }
}

/** Text as an attachment of its own. */
export function textAttachment(text: string, title: string): Attachment {
  return attachmentOf(
    {
      contentType: 'text/plain; charset=utf-8',
      content: Buffer.from(text, 'utf8'),
      url: undefined,
      doubts: [],
    },
    title,
  )
}

interface ReportParts {
  readonly status: ResultStatus
  readonly code: Coded
  readonly identifiers: readonly { readonly system: string; readonly value: string }[]
  readonly results: readonly Resource[]
  readonly genomic: boolean
  readonly forms: readonly Attachment[]
  readonly conclusion: string | undefined
  readonly account: { readonly system: string; readonly value: string } | undefined
}

/** The DiagnosticReport of one filler order number. */
export function reportResource(frame: ReportFrame, lines: readonly Line[], parts: ReportParts): Resource {
  const code = conceptOf(parts.code) ?? { text: 'Laboratory report' }
  const codings = (code.coding ?? []) as readonly unknown[]
  const isReport = parts.code.codings.some(
    (one) => one.system === LOINC && one.code === GENOMIC.geneticAnalysisReport,
  )
  return {
    resourceType: 'DiagnosticReport',
    id: frame.id('report'),
    meta: {
      ...metaOf(frame, lines, parts.genomic ? [profile('genomic-report')] : [])!,
      source: frame.source,
    },
    ...(parts.identifiers.length === 0 ? {} : { identifier: parts.identifiers }),
    ...(frame.basedOn === undefined ? {} : { basedOn: [frame.basedOn] }),
    status: parts.status,
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB', display: 'Laboratory' },
        ],
      },
      ...(parts.genomic ? [GENETICS] : []),
    ],
    // The guide asks for its own code; what the lab calls the report stays beside it.
    code:
      parts.genomic && !isReport
        ? {
            coding: [...codings, { system: LOINC, code: GENOMIC.geneticAnalysisReport }],
            text: code.text ?? 'Genetic analysis report',
          }
        : code,
    subject: frame.subject,
    ...(parts.account === undefined ? {} : { encounter: { type: 'Encounter', identifier: parts.account } }),
    ...(frame.effective === undefined ? {} : { effectiveDateTime: frame.effective }),
    ...(frame.issued === undefined ? {} : { issued: frame.issued }),
    ...(frame.performer === undefined ? {} : { performer: [{ display: frame.performer }] }),
    ...(frame.specimen === undefined ? {} : { specimen: [frame.specimen] }),
    ...(parts.results.length === 0
      ? {}
      : { result: parts.results.map((one) => ({ reference: `Observation/${one.id}` })) }),
    ...(parts.conclusion === undefined ? {} : { conclusion: parts.conclusion }),
    ...(parts.forms.length === 0 ? {} : { presentedForm: parts.forms }),
  }
}
