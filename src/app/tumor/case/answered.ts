import type { Facts } from '../../../knowledge/facts.ts'
import type { CodeRow } from '../../../knowledge/tumor/diagnosis-codes.ts'
import type { ReceivedTumor } from '../../../record/tumor-part.ts'
import { packRefText } from '../../../terms/evidence.ts'
import { diagnosisOfFiles, readDiagnosis } from './diagnosis.ts'
import { type Answered, Answers, type TumorCase } from './section.ts'
import { SECTIONS } from './sections.ts'

/** Version of the document. It grows by new sections alone; a change of a section that readers know makes a new number. */
export const TUMOR_DOCUMENT = 'garrod-tumor/1'

/** Every section of one tumour, in order. */
export function answered(tumor: TumorCase): {
  readonly answers: Answers
  readonly sections: readonly Answered[]
} {
  const answers = new Answers()
  const sections = SECTIONS.flatMap((step): readonly Answered[] => {
    const answer = step.run(tumor, answers)
    return answer === undefined ? [] : [answer]
  })
  return { answers, sections }
}

/** What the document says of one tumour. */
export function tumorDocument(
  { received, diagnosis }: Pick<TumorCase, 'received' | 'diagnosis'>,
  sections: readonly Answered[],
): Readonly<Record<string, unknown>> {
  return {
    sample: received.profile.sample ?? null,
    diagnosis,
    ...Object.fromEntries(sections.map(({ name, value }) => [name, value])),
    facts: [...new Set(sections.flatMap(({ packs }) => packs.map(packRefText)))].sort(),
  }
}

/** What was stated decides (`where`: who stated it); where the files mean another tumour, both are shown. */
export function withDiagnosis(
  received: ReceivedTumor,
  stated: string | undefined,
  where: string,
  facts: Facts,
  codes: readonly CodeRow[],
): Pick<TumorCase, 'received' | 'diagnosis'> {
  const { diagnosis: told } = received.profile
  const file = received.parts.find(({ said }) => said.diagnosis !== undefined)?.file ?? 'diagnosis'
  const ofFiles = diagnosisOfFiles(told, file, facts, codes)
  if (stated === undefined) return { received, diagnosis: ofFiles }
  const diagnosis = readDiagnosis(stated, where, facts, codes)
  const agree =
    ofFiles.code === undefined ||
    diagnosis.lineage.includes(ofFiles.code) ||
    ofFiles.lineage.includes(diagnosis.code!)
  if (agree) return { received, diagnosis }
  const contradiction = {
    about: 'diagnosis',
    statements: [
      { says: `${diagnosis.name} (${diagnosis.code})`, file: where },
      { says: `${ofFiles.name} (${ofFiles.code})`, file },
    ],
  }
  return {
    received: { ...received, contradictions: [contradiction, ...received.contradictions] },
    diagnosis,
  }
}
