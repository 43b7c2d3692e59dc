import { readPdfWords } from '../../intake/pdf/pdf-words.ts'
import { type ProposedFact, type ReportIdentity, readReport } from '../../intake/pdf/report-facts.ts'
import type { Resource } from '../../record/resource.ts'
import type { Patient } from '../../store/people/people-store.ts'
import { Fault } from '../../terms/fault.ts'

/** A proposal as it is kept: the fact, and what speaks against its being about this person. */
export interface KeptProposal {
  readonly fact: ProposedFact
  /** Why the document may be somebody else's; undefined when nothing in it says so. */
  readonly doubt: string | undefined
}

/** The PDF inside a DocumentReference; undefined when it has none, or only a link to one. */
export function pdfOf(document: Resource): Buffer | undefined {
  const content = document['content']
  for (const one of Array.isArray(content) ? (content as { attachment?: Record<string, unknown> }[]) : []) {
    const { contentType, data } = one.attachment ?? {}
    if (contentType === 'application/pdf' && typeof data === 'string') return Buffer.from(data, 'base64')
  }
  return undefined
}

/** Reads the proposals of a document. A scan has none. Throws PDF_* for anything else that cannot be read. */
export async function proposalsOf(
  pdf: Uint8Array,
  person: Patient,
  isGene: (symbol: string) => boolean,
): Promise<readonly KeptProposal[]> {
  const pages = await readPdfWords(pdf, 'document').catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'PDF_NO_TEXT') return []
    throw error
  })
  const { facts, identity } = readReport(pages, isGene)
  const doubt = doubtOf(identity, person)
  return facts.map((fact) => ({ fact, doubt }))
}

/** What the document says of its person and the register does not: each is compared only where both say it. */
function doubtOf({ birthDate, mrn, name }: ReportIdentity, person: Patient): string | undefined {
  const doubts: string[] = []
  if (
    birthDate !== undefined &&
    /^\d{4}-\d\d-\d\d$/.test(birthDate.value) &&
    person.birthDate !== undefined
  ) {
    const length = Math.min(birthDate.value.length, person.birthDate.length)
    if (birthDate.value.slice(0, length) !== person.birthDate.slice(0, length))
      doubts.push('another birth date stands in the document')
  }
  if (mrn !== undefined && person.identifiers.length > 0) {
    const bare = (text: string) => text.replace(/[\s-]/g, '').toLowerCase()
    if (!person.identifiers.some((one) => bare(one.value) === bare(mrn.value)))
      doubts.push('the record number in the document is none of this person’s')
  }
  if (name !== undefined && person.name !== undefined && !shareAName(name.value, person.name))
    doubts.push('another name stands in the document')
  return doubts.length === 0 ? undefined : doubts.join('; ')
}

/** Whether two names have a word in common, whatever their order, case and accents. */
function shareAName(one: string, other: string): boolean {
  const words = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/\p{Mark}/gu, '')
      .toLowerCase()
      .split(/[^\p{Letter}]+/u)
      .filter((word) => word.length > 1)
  const known = new Set(words(other))
  return words(one).some((word) => known.has(word))
}
