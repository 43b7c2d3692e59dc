import { createHash } from 'node:crypto'
import { featureOf } from '../../deliver/phenopacket/clinical.ts'
import { featureObservation } from '../../intake/phenopacket/observations.ts'
import type { Ontology } from '../../knowledge/hpo/ontology.ts'
import type { Resource } from '../../record/resource.ts'
import { onlyPatient, type Restriction } from '../../record/resource-query.ts'
import type { Store } from '../../store/store.ts'
import type { HpoId, PatientId, TenantId } from '../../terms/ids.ts'

/** A feature that was looked for in a person. */
export interface Feature {
  readonly id: HpoId
  readonly name: string
  readonly state: 'present' | 'excluded'
  /** Ids of the Observations that say so. */
  readonly observations: readonly string[]
}

/** Two statements about one person that cannot both be true. */
export interface Contradiction {
  readonly present: HpoId
  readonly excluded: HpoId
  readonly words: string
}

export interface Features {
  /** By name. */
  readonly features: readonly Feature[]
  readonly contradictions: readonly Contradiction[]
  /** Codes that the release in force does not have: they count for nothing until somebody replaces them. */
  readonly unknown: readonly { readonly id: string; readonly why: 'obsolete' | 'unknown' }[]
}

/** Features of a person that the caller may see. */
export async function featuresOf(
  store: Store,
  tenant: TenantId,
  patient: PatientId,
  within: Restriction,
  ontology: Ontology,
): Promise<Features> {
  return featuresIn(await featureObservations(store, tenant, patient, within), ontology)
}

/** HPO Observations of a person that the caller may see. */
export async function featureObservations(
  store: Store,
  tenant: TenantId,
  patient: PatientId,
  within: Restriction,
): Promise<readonly Resource[]> {
  const query = {
    type: 'Observation',
    criteria: [
      { kind: 'token' as const, param: 'code', not: false, values: [{ system: HPO, code: undefined }] },
    ],
    ...{ sort: [], count: 0, after: undefined, total: false, within: onlyPatient(patient, within) },
  }
  const found: Resource[] = []
  for await (const batch of store.resources.scan(tenant, query, 200))
    for (const { json } of batch) if (json !== undefined) found.push(JSON.parse(json) as Resource)
  return found
}

/** System of HPO codes in FHIR. */
const HPO = 'http://human-phenotype-ontology.org'

export function featuresIn(observations: readonly Resource[], ontology: Ontology): Features {
  const features = new Map<string, Feature>()
  const unknown = new Map<string, 'obsolete' | 'unknown'>()
  for (const one of observations) {
    if (one['status'] === 'entered-in-error' || one['status'] === 'cancelled') continue
    const feature = featureOf(one)
    if (feature === undefined || !feature.type.id.startsWith('HP:')) continue
    const state = ontology.stateOf(feature.type.id)
    if (state.kind === 'unknown' || state.kind === 'obsolete') {
      unknown.set(feature.type.id, state.kind)
      continue
    }
    const id = ontology.ids[state.term]!
    const is = feature.excluded === true ? 'excluded' : 'present'
    const key = `${id} ${is}`
    const before = features.get(key)?.observations ?? []
    features.set(key, {
      id,
      name: ontology.names[state.term]!,
      state: is,
      observations: [...before, one.id!],
    })
  }
  const list = [...features.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    features: list,
    contradictions: contradictionsIn(list, ontology),
    unknown: [...unknown].map(([id, why]) => ({ id, why })),
  }
}

/** Who has a feature has everything above it: an excluded ancestor contradicts it. */
function contradictionsIn(
  features: readonly Pick<Feature, 'id' | 'name' | 'state'>[],
  ontology: Ontology,
): readonly Contradiction[] {
  const excluded = new Map(
    features
      .filter(({ state }) => state === 'excluded')
      .map((one) => [ontology.numberOf(one.id)!, one] as const),
  )
  return features
    .filter(({ state }) => state === 'present')
    .flatMap((one) =>
      [...ontology.ancestorsOf(ontology.numberOf(one.id)!)].flatMap((above) => {
        const other = excluded.get(above)
        if (other === undefined) return []
        const words =
          other.id === one.id
            ? `${one.name} is said to be there and not to be there`
            : `${one.name} is there, and ${other.name}, of which it is a kind, is said not to be`
        return [{ present: one.id, excluded: other.id, words }]
      }),
    )
}

/** The Observation that somebody's word about a feature is kept as: one for each person and term. */
export function featureResource(
  patient: PatientId,
  { id, name }: { readonly id: HpoId; readonly name: string },
  state: Feature['state'],
  at: string,
): Resource {
  const digest = createHash('sha256').update(`${patient} ${id}`).digest('hex').slice(0, 40)
  const frame = { id: `hpo-${digest}`, subject: `Patient/${patient}` }
  const feature = { type: { id, label: name }, ...(state === 'excluded' ? { excluded: true } : {}) }
  return { ...featureObservation(frame, feature), effectiveDateTime: at }
}
