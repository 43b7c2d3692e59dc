import type { FastifyRequest } from 'fastify'
import { conditionsAmong } from '../../fhir/candidate/conditions.ts'
import type { Candidate } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import { onlyPatient, UNRESTRICTED } from '../../record/resource-query.ts'
import type { PatientKey } from '../../store/person.ts'
import { Fault } from '../../terms/fault.ts'
import { seenBy } from '../http/patients.ts'
import { WITHHELD } from '../http/seen-record.ts'
import type { Services } from '../http/services.ts'
import { recordPeople } from '../trials/kept-candidate.ts'
import { trialShelf } from '../trials/trial-shelf.ts'
import { readSiteTables } from '../tumor/site-tables.ts'
import { type BoardDocument, type BoardSituation, boardDocument } from './board-document.ts'
import { type KeptTumor, keptTumors } from './kept-tumors.ts'
import { stageOf } from './stage.ts'

/** What is asked beside the record: what the options would be at this stage, after so many treatments. */
export interface Supposed {
  readonly specimen?: string | undefined
  readonly stage?: 'early' | 'advanced' | undefined
  readonly lines?: number | undefined
}

interface BoardCase {
  readonly tumors: readonly KeptTumor[]
  /** Of the tumour asked for, else of the newest; undefined: there is none, or its files cannot be read together. */
  readonly document: BoardDocument | undefined
}

/** The tumours of a person, and the case of one of them as far as the caller may see what it rests on. */
export async function boardCase(
  services: Services,
  request: FastifyRequest,
  key: PatientKey,
  supposed: Supposed,
): Promise<BoardCase> {
  const { store, facts, tenant } = services
  const within = request.access.restriction
  const sources = await sourcesWithin(services, key, within)
  const resources = sources.map(({ json }) => JSON.parse(json) as Resource)
  const tumors = await keptTumors(store, facts, key, resources)
  const kept =
    supposed.specimen === undefined
      ? tumors.at(-1)
      : tumors.find(({ specimen }) => specimen === supposed.specimen)
  if (supposed.specimen !== undefined && kept === undefined) throw unknownTumor(supposed.specimen)
  if (kept?.received === undefined) return { tumors, document: undefined }
  const { record, withheld } = await seenBy(services, request, key)
  const [found] = await recordPeople(store, facts, tenant, [key.patient], within)
  const person = withoutResults(
    found?.candidate ?? { id: key.patient, ...NO_RESULTS, treatmentsComplete: false },
  )
  const hidden = sources.length < (await sourcesWithin(services, key, UNRESTRICTED)).length
  const { present, ...otherConditions } = conditionsAmong(resources, facts)
  const situation: BoardSituation = {
    stage: supposed.stage ?? stageOf(resources),
    linesGiven: supposed.lines ?? person.priorLines,
    linesAtLeast: supposed.lines === undefined ? person.priorLinesAtLeast : undefined,
    ecog: person.ecog,
    treatments: [...new Set((person.treatments ?? []).map(({ drug }) => drug))],
    treatmentsForAdvanced: [
      ...new Set((person.treatments ?? []).flatMap(({ drug, forAdvanced }) => (forAdvanced ? [drug] : []))),
    ],
    conditions: present,
    otherConditions,
    taking: record.drugs.filter(({ status }) => status === 'taking').map(({ text }) => text),
    supposed: [
      ...(supposed.stage === undefined ? [] : ['stage' as const]),
      ...(supposed.lines === undefined ? [] : ['linesGiven' as const]),
    ],
  }
  const document = boardDocument(
    { ...kept, received: kept.received },
    {
      person,
      situation,
      shelf: await trialShelf(services, tenant),
      postalCodes: services.postalCodes,
      advise: (drugs) => (drugs.length === 0 ? [] : services.advise(record, drugs).drugs),
      tables: await readSiteTables(facts),
      withheld: withheld ?? (hidden ? WITHHELD : undefined),
      asOf: services.now().toISOString().slice(0, 10),
    },
    facts,
  )
  return { tumors, document }
}

const NO_RESULTS = { alterations: [], assays: [], markers: {} } as const

/** The person beside the tumour's results, which belong to one tumour or another. */
function withoutResults({ burden: _, ...person }: Candidate): Candidate {
  return { ...person, ...NO_RESULTS }
}

/** Types of resources that a case rests on, beside the typed record. */
const SOURCES = [
  'Condition',
  'DiagnosticReport',
  'MedicationAdministration',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Procedure',
  'Specimen',
]

/** Resources that a case rests on, as far as they are shown. */
export async function sourcesWithin(
  { store, tenant }: Pick<Services, 'store' | 'tenant'>,
  key: PatientKey,
  within: Restriction,
  types: readonly string[] = SOURCES,
): Promise<readonly { readonly type: string; readonly id: string; readonly json: string }[]> {
  const found: { type: string; id: string; json: string }[] = []
  for (const type of types) {
    const query = { type, criteria: [], sort: [], count: 0, after: undefined, total: false }
    const scanned = store.resources.scan(tenant, { ...query, within: onlyPatient(key.patient, within) }, 500)
    for await (const batch of scanned)
      for (const { id, json } of batch) if (json !== undefined) found.push({ type, id, json })
  }
  return found
}

function unknownTumor(specimen: string): Fault {
  return new Fault(
    'TUMOR_UNKNOWN',
    'specimen',
    `the person has no tumour "${specimen}" here`,
    'See the list of tumours, or send the files of this one.',
  )
}
