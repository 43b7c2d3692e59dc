import { type Signature, withSignatures } from '../../decide/enrol/draft/signature.ts'
import { readTrial } from '../../decide/enrol/read-trial.ts'
import { isStudy } from '../../decide/enrol/study/read-study.ts'
import { studyId, studyOf } from '../../decide/enrol/study/study-of.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { type Resource, TENANT_COMPARTMENT } from '../../record/resource.ts'
import type { Act } from '../../store/person.ts'
import type { ResourceChange, ResourceWrite } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import { clinicalVocabulary } from './trial-files.ts'

/** What became of one document. */
type LoadedTrial =
  | { readonly protocol: string; readonly study: string; readonly action: ResourceChange['action'] }
  | { readonly where: string; readonly fault: Fault }

/**
 * Keeps trials as ResearchStudies, one for each protocol number; a later one takes the place of the earlier. One that
 * cannot be read does not take the others along. A ResearchStudy is kept as it came.
 */
export async function loadTrials(
  { store, facts }: { readonly store: Pick<Store, 'resources'>; readonly facts: Facts },
  tenant: TenantId,
  documents: readonly (readonly [where: string, document: unknown])[],
  act: Act,
  signatures: readonly Signature[] = [],
): Promise<{
  readonly loaded: readonly LoadedTrial[]
  readonly changes: readonly ResourceChange[]
  /** Signatures whose text a trial no longer has. */
  readonly lapsed: readonly Signature[]
}> {
  const vocabulary = clinicalVocabulary(facts)
  const writes = resourceWrites(facts)
  const seen = new Set<string>()
  const lapsed: Signature[] = []
  const read = documents.map(([where, document]): Readable => {
    try {
      const { trial, lapsed: own } = withSignatures(readTrial(document, where, vocabulary), signatures)
      const isSigned = signatures.some(({ nctId }) => nctId === trial.nctId)
      if (seen.has(trial.protocol)) throw twice(where, trial.protocol)
      // A study is kept as it came, unless what is signed of it must take the place of its drafts.
      const resource = isStudy(document) && !isSigned ? withId(document, trial.protocol) : studyOf(trial)
      const [write] = writes([resource], TENANT_COMPARTMENT)
      seen.add(trial.protocol)
      lapsed.push(...own)
      return { protocol: trial.protocol, write: write! }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { where, fault: error }
    }
  })
  // In one transaction: nobody is matched against half of a load.
  const changes = await store.resources.commit(
    tenant,
    read.flatMap((one) => ('write' in one ? [one.write] : [])),
    act,
  )
  const byId = new Map(changes.map((one) => [one.id, one]))
  const loaded = read.map((one): LoadedTrial => {
    if ('fault' in one) return one
    const { id, action } = byId.get(one.write.id)!
    return { protocol: one.protocol, study: id, action }
  })
  return { loaded, changes, lapsed }
}

type Readable =
  | { readonly protocol: string; readonly write: ResourceWrite }
  | { readonly where: string; readonly fault: Fault }

function withId(study: Resource, protocol: string): Resource {
  return /^[A-Za-z0-9.-]{1,64}$/.test(study.id ?? '') ? study : { ...study, id: studyId(protocol) }
}

function twice(where: string, protocol: string): Fault {
  return new Fault(
    'CTML_PROTOCOL_TWICE',
    where,
    `protocol number ${protocol} is there twice`,
    'Give each trial its own number: results name it.',
  )
}
