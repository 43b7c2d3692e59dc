import type { PatientSummary } from '../../../src/app/http/api.ts'
import { FeaturesPart } from './features-part.tsx'
import { RankingPart } from './ranking-part.tsx'

/** From features to diseases that could explain them. */
export function DiagnosisTab({ patient }: { readonly patient: PatientSummary }) {
  return (
    <>
      <FeaturesPart patient={patient.id} />
      <RankingPart patient={patient.id} />
    </>
  )
}
