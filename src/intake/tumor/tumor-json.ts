import type { TumorPart } from '../../record/tumor-part.ts'
import { Fault } from '../../terms/fault.ts'
import { jsonDocuments } from '../json-documents.ts'
import { fhirParts, isFhir } from './fhir/fhir-tumor.ts'
import { isLaboratoryDocument, readLaboratory } from './laboratory-json.ts'
import type { TumorFormat } from './tumor-format.ts'

/** A document of results is small; a file beyond this is none. */
const LONGEST = 64 << 20

/** JSON: FHIR bundles and resources (Genomics Reporting, mCODE), and laboratory documents (assay, markers). */
export const tumorJson: TumorFormat = {
  name: 'JSON of a laboratory or FHIR',
  sniff: (head) => /^\ufeff?\s*[{[]/.test(head),
  async read({ name, text, options: { cuts, diagnosesIn, conditionsIn } }) {
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of text) {
      length += chunk.length
      if (length > LONGEST)
        throw new Fault(
          'TUMOR_TOO_MANY',
          name,
          'the JSON is longer than 64 MiB',
          'Send the results of one tumour.',
        )
      chunks.push(chunk)
    }
    const documents = jsonDocuments(utf8(name, Buffer.concat(chunks)), name)
    const resources = documents.filter(isFhir)
    const others = documents.filter((one) => !isFhir(one))
    return [
      ...fhirParts(resources, name, { whose: 'tumour', cuts, diagnosesIn, conditionsIn }),
      ...others.map((document, i): TumorPart => {
        const where = others.length === 1 ? name : `${name}, document ${i + 1}`
        if (isLaboratoryDocument(document)) return readLaboratory(document, name, where, cuts)
        throw new Fault(
          'TUMOR_FORMAT_UNKNOWN',
          where,
          'the JSON is neither of a laboratory nor FHIR',
          'Give a FHIR resource (resourceType), or fields such as assay, markers, purity. See docs/tumor.md.',
        )
      }),
    ]
  },
}

function utf8(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault('NOT_UTF8', name, 'the JSON is not UTF-8 text', 'Save it as UTF-8.')
  }
}
