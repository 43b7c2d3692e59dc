import { createHash } from 'node:crypto'
import { rankingAssessment } from '../../deliver/fhir/ranking.ts'
import { type KeptRanking, keptRanking } from '../../interpret/phenotype/phenotype.ts'
import type { Resource } from '../../record/resource.ts'
import type { Labelling } from '../../safeguard/labels/labels-of.ts'
import { madeFrom } from '../../safeguard/labels/made-from.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { PersonDiagnosis } from '../diagnose/person-diagnosis.ts'
import { VERSION } from '../version.ts'

/** Code system of the Flags that Garrod makes. */
const GARROD_FLAG = 'urn:garrod:flag'
const REANALYSIS = 'reanalysis'
const KEPT = 'urn:garrod:ranking'

const idOf = (kind: string, patient: PatientId) =>
  `${kind}-${createHash('sha256').update(patient).digest('hex').slice(0, 40)}`
export const flagId = (patient: PatientId) => idOf('reanalysis', patient)
export const rankingId = (patient: PatientId) => idOf('ranking', patient)

/** The Flag that an unsolved case is to be looked at again when facts change; inactive when it is solved or nobody wants it. */
export function reanalysisFlag(patient: PatientId, wanted: boolean, at: string): Resource {
  return {
    resourceType: 'Flag',
    id: flagId(patient),
    status: wanted ? 'active' : 'inactive',
    code: {
      coding: [{ system: GARROD_FLAG, code: REANALYSIS }],
      text: 'Unsolved: look again when what is known of diseases changes',
    },
    subject: { reference: `Patient/${patient}` },
    period: wanted ? { start: at } : { end: at },
  }
}

/** Whether a Flag asks for it. */
export function isAsked(flag: Resource | undefined): boolean {
  const { coding = [] } = (flag?.['code'] ?? {}) as { coding?: readonly { system?: string; code?: string }[] }
  return (
    flag?.['status'] === 'active' &&
    coding.some(({ system, code }) => system === GARROD_FLAG && code === REANALYSIS)
  )
}

/**
 * The ranking as a RiskAssessment; its features and shares are kept in it exactly, to be compared with the next. Who may
 * not see one of the features does not see it.
 */
export function keptAssessment(
  patient: PatientId,
  { finding, sources }: PersonDiagnosis,
  rules: Labelling,
  at: string,
): Resource {
  const subject = { reference: `Patient/${patient}` }
  const assessment = rankingAssessment(rankingId(patient), finding, {
    subject,
    instant: at,
    engineVersion: VERSION,
  })
  const kept = {
    ...assessment,
    extension: [{ url: KEPT, valueString: JSON.stringify(keptRanking(finding)) }],
  } as unknown as Resource
  return madeFrom(kept, sources, rules)
}

/** What `keptAssessment` kept; undefined where it holds nothing of the kind. */
export function readKept(assessment: Resource): KeptRanking | undefined {
  const extensions = assessment['extension'] as readonly { url: string; valueString?: string }[] | undefined
  const text = extensions?.find(({ url }) => url === KEPT)?.valueString
  return text === undefined ? undefined : (JSON.parse(text) as KeptRanking)
}
