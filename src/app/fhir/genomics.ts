import { Asked as Parameters } from '../../fhir/genomics/asked.ts'
import type { Genome } from '../../fhir/genomics/genome.ts'
import type { GenomicsData } from '../../fhir/genomics/genomics-data.ts'
import { GENOMICS_OPERATIONS, type GenomicsOperation } from '../../fhir/genomics/operations.ts'
import { GENOMICS_UTILITIES, type GenomicsUtility } from '../../fhir/genomics/utilities.ts'
import type { Assemblies } from '../../knowledge/assemblies.ts'
import type { Resource } from '../../record/resource.ts'
import { type Criterion, onlyPatient } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { patientId } from '../../terms/ids.ts'
import { type FhirReply, touch, type Work } from './fhir-service.ts'

/** Resources that one question about one person may take into account. */
const MOST_OF_ONE = 20_000
/** Observations that one question about everybody may look at. */
const MOST_OF_ALL = 200_000
const BATCH = 2000

/** Operations by name, under the FHIR root and under the paths of the reference implementation. */
const BY_NAME = new Map(GENOMICS_OPERATIONS.map((one) => [`$${one.name}`, one]))

/** The operation that a path below the FHIR root names; undefined when it names none. */
export function genomicsOperation(path: readonly string[]): GenomicsOperation | undefined {
  const operation = BY_NAME.get(path.at(-1) ?? '')
  if (operation === undefined) return undefined
  const alias = [`${operation.about}-operations`, `${operation.group}-operations`]
  const own = path.length === 1
  return own || (path.length === 3 && path[0] === alias[0] && path[1] === alias[1]) ? operation : undefined
}

/** GET with a query, or POST of Parameters. */
export async function genomicsInteraction(
  work: Work,
  operation: GenomicsOperation,
  genome: Genome,
): Promise<FhirReply> {
  if (operation.about === 'population' && work.context.purpose === 'HRESCH') throw countsElsewhere()
  const answer = await operation.run(parametersOf(work), dataOf(work), genome)
  return { status: 200, headers: {}, body: JSON.stringify(answer) }
}

/** The utility that a path below the FHIR root names, as "utilities/find-the-gene". */
export function genomicsUtility(path: readonly string[]): GenomicsUtility | undefined {
  if (path.length !== 2 || path[0] !== 'utilities') return undefined
  return GENOMICS_UTILITIES.find(({ name }) => name === path[1])
}

/** GET with a query. Nothing that is stored is looked at. */
export function utilityInteraction(work: Work, utility: GenomicsUtility, assemblies: Assemblies): FhirReply {
  const body = JSON.stringify(utility.run(parametersOf(work), assemblies))
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body }
}

/** Its counts are exact, and its lists name people: neither is for research. */
function countsElsewhere(): Fault {
  return new Fault(
    'ACCESS_DENIED',
    'purpose-of-use',
    'this operation tells exact counts, which research is not told',
    'POST the question to /api/research/counts.',
  )
}

function parametersOf({ request }: Work): Parameters {
  const values = new Map<string, string[]>()
  const add = (name: string, value: string) => values.set(name, [...(values.get(name) ?? []), value])
  for (const [name, value] of request.query) add(name, value)
  const { parameter } = (request.body ?? {}) as { parameter?: unknown }
  for (const one of Array.isArray(parameter) ? (parameter as Record<string, unknown>[]) : []) {
    const value = Object.entries(one).find(([key]) => key.startsWith('value'))?.[1]
    if (typeof one['name'] !== 'string' || value === undefined || typeof value === 'object') {
      throw new Fault(
        'PARAMETERS_MALFORMED',
        'Parameters.parameter',
        'a parameter has no name, or no simple value',
        'Send valueString, valueBoolean, valueDate or valueUri.',
      )
    }
    add(one['name'], String(value))
  }
  return new Parameters(values)
}

const token = (param: string, codes: readonly string[], not = false): Criterion => ({
  kind: 'token',
  param,
  not,
  values: codes.map((code) => ({ system: undefined, code })),
})

/** Reads the store as far as the caller may see it. */
function dataOf(work: Work): GenomicsData {
  const { context, service, trace } = work
  async function all(type: string, criteria: readonly Criterion[], most: number, within = context.within) {
    const found: Resource[] = []
    const query = { type, criteria, sort: [], count: 0, after: undefined, total: false, within }
    for await (const batch of service.store.scan(context.tenant, query, BATCH)) {
      touch(trace, batch)
      for (const { json } of batch) if (json !== undefined) found.push(JSON.parse(json) as Resource)
      if (found.length > most) {
        throw new Fault(
          'QUERY_TOO_COSTLY',
          'query',
          `the question is about more than ${most} resources`,
          'Ask for fewer variants, a narrower range or one person.',
        )
      }
    }
    return found
  }
  return {
    async ofSubject(subject) {
      if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(subject)) return undefined
      const patient = await service.store.read(
        context.tenant,
        { type: 'Patient', id: subject },
        context.within,
      )
      if (patient === undefined || patient.deleted) return undefined
      const within = onlyPatient(patientId(subject), context.within)
      const about = (type: string, criteria: readonly Criterion[] = []) =>
        all(type, criteria, MOST_OF_ONE, within)
      const kinds = [
        GENOMIC.variant,
        GENOMIC.genotype,
        GENOMIC.haplotype,
        GENOMIC.sequencePhaseRelationship,
        'therapeutic-implication',
        'diagnostic-implication',
        'molecular-consequence',
        'molecular-consequences',
      ]
      const parts = await Promise.all([
        about('Observation', [token('code', kinds)]),
        about('Procedure'),
        about('DiagnosticReport'),
        about('Specimen'),
      ])
      return parts.flat()
    },
    withCode: (codes, componentValues) =>
      all(
        'Observation',
        [
          token('code', codes),
          ...(componentValues === undefined ? [] : [token('component-value-concept', componentValues)]),
        ],
        MOST_OF_ALL,
      ),
    restingOn: (references, codes) =>
      all(
        'Observation',
        [
          token('code', codes),
          {
            kind: 'reference',
            param: 'derived-from',
            values: references.map((one) => ({ type: 'Observation', id: one.replace(/^Observation\//, '') })),
          },
        ],
        MOST_OF_ALL,
      ),
    async people() {
      const query = {
        type: 'Patient',
        // Not those that went into another record.
        criteria: [token('active', ['false'], true)],
        sort: [],
        count: 0,
        after: undefined,
        total: true,
        within: context.within,
      }
      return (await service.store.search(context.tenant, query)).total ?? 0
    },
  }
}
