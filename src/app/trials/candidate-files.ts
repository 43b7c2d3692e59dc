import type { Facts } from '../../knowledge/facts.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { Candidate } from '../../record/candidate.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { patientId } from '../../terms/ids.ts'
import { type KeptTumor, keptTumors } from '../board/kept-tumors.ts'
import { diagnosisOfFiles } from '../tumor/case/diagnosis.ts'
import { oneOf, tumorCandidate } from '../tumor/tumor-candidate.ts'

/** Files of one tumour that eligibility rests on, or why it does not. */
export interface CandidateFiles {
  readonly specimen: string
  /** OncoTree code or name, as it was said. */
  readonly diagnosis: string | undefined
  readonly files: readonly { readonly id: string; readonly name: string; readonly at: string }[]
  /** Why nothing rests on them. */
  readonly fault: string | undefined
}

/** Somebody with what the files of their tumours say beside the results of the record. */
interface CandidateWithFiles {
  readonly candidate: Candidate
  readonly files: readonly CandidateFiles[]
}

/**
 * A person of the record with every tumour that files were sent of. What is found names its specimen and file; results that
 * differ between record and files are all given. Files of another cancer than that of the record leave the diagnosis open:
 * nobody can tell which of them a trial is for.
 */
export async function withTumorFiles(
  store: Pick<Store, 'archive' | 'tumorFiles'>,
  facts: Facts,
  tenant: TenantId,
  person: Candidate,
): Promise<CandidateWithFiles> {
  let tumors: readonly KeptTumor[]
  try {
    tumors = await keptTumors(store, facts, { tenant, patient: patientId(person.id) })
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    const told = { specimen: 'files of the tumour', diagnosis: undefined, files: [], fault: fault.what }
    return { candidate: person, files: [told] }
  }
  const files = tumors.map(
    (one): CandidateFiles => ({
      specimen: one.specimen,
      diagnosis: diagnosisIn(one),
      files: one.files.map(({ id, name, at }) => ({ id, name, at })),
      fault: one.fault?.what,
    }),
  )
  return { candidate: tumors.reduce((before, one) => withTumor(before, one, facts), person), files }
}

function diagnosisIn({ told, received }: KeptTumor): string | undefined {
  return told.diagnosis ?? received?.profile.diagnosis
}

function withTumor(person: Candidate, tumor: KeptTumor, facts: Facts): Candidate {
  if (tumor.received === undefined) return person
  const source = `${tumor.specimen}: ${tumor.files.map(({ name }) => name).join(', ')}`
  const nothing = { id: person.id, alterations: [], assays: [], markers: {}, treatmentsComplete: false }
  const {
    alterations,
    assays,
    markers,
    burden,
    labs = [],
    rejected = [],
  } = tumorCandidate(nothing, tumor.received.profile, undefined)
  const diagnosis = together(person.diagnosis, diagnosisIn(tumor), facts)
  const { burden: before, ...rest } = person
  const burdens = new Set([before, burden].filter((one) => one !== undefined))
  const [only] = burdens
  return {
    ...rest,
    ...(diagnosis === undefined ? {} : { diagnosis }),
    ...(rejected.length === 0 ? {} : { rejected: [...(person.rejected ?? []), ...rejected] }),
    ...(labs.length === 0 ? {} : { labs: [...(person.labs ?? []), ...labs] }),
    ...(burdens.size === 1 ? { burden: only! } : {}),
    alterations: [...person.alterations, ...alterations.map((one) => ({ ...one, source }))],
    assays: [...person.assays, ...assays.map((one) => ({ ...one, name: `${one.name}, ${source}` }))],
    markers: bothOf(person.markers, markers),
  }
}

type Markers = Candidate['markers']

function bothOf(some: Markers, others: Markers): Markers {
  const names = [...new Set([...Object.keys(some), ...Object.keys(others)])]
  return Object.fromEntries(
    names.map((name) => [name, oneOf(name, [some[name] ?? [], others[name] ?? []].flat())]),
  )
}

/** The narrower of two names of one cancer; of two cancers both. */
function together(known: string | undefined, told: string | undefined, facts: Facts): string | undefined {
  if (told === undefined) return known
  const code = diagnosisOfFiles(told, 'files of the tumour', facts, []).code ?? told
  if (known === undefined) return code
  const tree = oncoTree(facts)
  const said = tree.find(known)?.code
  if (said === undefined)
    return known.split(' and ').some((one) => one === code) ? known : `${known} and ${code}`
  if (said === code || tree.lineage(said).has(code)) return known
  return tree.lineage(code).has(said) ? code : `${known} and ${code}`
}
