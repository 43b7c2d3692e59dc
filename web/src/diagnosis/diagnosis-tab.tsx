import type { PatientSummary } from '../../../src/app/http/api.ts'
import { FeaturesPart } from './features-part.tsx'

/** From features to diseases that could explain them. */
export function DiagnosisTab({ patient }: { readonly patient: PatientSummary }) {
  return <FeaturesPart patient={patient.id} />
}
