import type { Approval } from '../../../knowledge/tumor/approvals.ts'
import { type DiseaseTable, SOLID } from '../../../knowledge/tumor/disease-types.ts'
import type { OncoTree } from '../../../knowledge/tumor/oncotree.ts'
import type { ProteinPlaces } from '../../../knowledge/tumor/protein-places.ts'
import type { EvidenceItem } from '../../../knowledge/tumor/tumor-evidence.ts'
import type { TumorProfile } from '../../../record/tumor-profile.ts'
import type { DiseaseFit, EvidenceUse } from '../../finding/amp-tier.ts'
import { matchCategory } from '../match-category.ts'
import { readCategory } from '../read-category.ts'
import { applies, diseaseFit, ROOT, type TumorDiagnosis } from './disease-fit.ts'

/** How evidence is looked at for one tumour. */
export interface Look {
  readonly profile: TumorProfile
  readonly diagnosis: TumorDiagnosis
  readonly tree: OncoTree
  readonly diseases: DiseaseTable
  readonly places: ProteinPlaces
}

/** How the disease of evidence stands to the patient's, and what would have to hold besides. */
export function fitOfDisease(
  disease: string,
  look: Look,
): { readonly fit: DiseaseFit; readonly if?: string } {
  const listed = look.diseases.find(disease)
  if (listed === undefined || listed.types.length === 0) return { fit: 'other' }
  if (listed.disease === look.diagnosis.disease) return { fit: 'same' }
  const fit = diseaseFit(look.diagnosis, listed.types, look.tree)
  if (!applies(fit)) return { fit }
  // A trial of several tumours without a name among them shows nothing of this one; a label for all of them is another thing.
  if (fit === 'broader' && listed.types.every((type) => type === ROOT || type === SOLID))
    return { fit: 'any-cancer' }
  if (listed.needs !== '') {
    const { state } = matchCategory(look.profile, readCategory(listed.needs, listed.disease), look.places)
    if (state === 'not-met') return { fit: 'other' }
    if (state === 'unknown') return { fit: 'narrower', if: listed.needs }
  }
  return listed.when === '' ? { fit } : { fit: 'narrower', if: listed.when }
}

/** How the disease of a label stands to the patient's. */
export function approvalFit({ disease }: Approval, { diagnosis, tree }: Look): DiseaseFit {
  if (diagnosis.types.some((code) => disease.except.some((one) => tree.lineage(code).has(one))))
    return 'other'
  return diseaseFit(diagnosis, [...disease.oncotree, ...(disease.solid ? [SOLID] : [])], tree)
}

export function evidenceUse(item: EvidenceItem, look: Look): EvidenceUse {
  const disease = fitOfDisease(item.disease, look)
  return {
    id: item.id,
    profile: item.profile.name,
    category: item.profile.category,
    disease: item.diseaseName,
    diseaseFit: disease.fit,
    ...(disease.if === undefined ? {} : { if: disease.if }),
    therapies: item.therapies,
    level: item.level,
    ...(item.rating === undefined ? {} : { rating: item.rating }),
    significance: item.significance,
    source: item.source,
    trials: item.trials,
  }
}
