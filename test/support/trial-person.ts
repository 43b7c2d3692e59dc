import type { Resource } from '../../src/record/resource.ts'
import { call } from './http-server.ts'

/** A trial in the eligibility language with one site in Boston, for tests that change what they are about. */
export const KRAS_TRIAL = {
  protocol: '22-100',
  nctId: 'NCT00000100',
  status: 'open to accrual',
  title: 'KRAS in the lung',
  phases: ['phase-2'],
  drugs: ['sotorasib'],
  sites: [
    {
      name: 'Boston General',
      city: 'Boston',
      status: 'Recruiting',
      position: { latitude: 42.36, longitude: -71.06 },
    },
  ],
  clauses: [
    {
      code: 'A',
      level: 'arm',
      path: 'cohort A',
      criterion: {
        kind: 'all',
        of: [
          { kind: 'diagnosis', name: 'Lung Adenocarcinoma' },
          { kind: 'age', comparison: '>=', years: 18 },
          { kind: 'alteration', gene: 'KRAS', of: ['mutation'], proteinChange: 'p.G12C' },
          { kind: 'performance', comparison: '<=', ecog: 1 },
        ],
      },
    },
  ],
}

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const about = (id: string) => ({ subject: { reference: `Patient/${id}` } })

export function krasG12C(id: string): Resource {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: loinc('69548-6'),
    ...about(id),
    component: [
      {
        code: loinc('48018-6'),
        valueCodeableConcept: {
          coding: [{ system: 'http://www.genenames.org/geneId', code: 'HGNC:6407', display: 'KRAS' }],
        },
      },
      { code: loinc('48002-0'), valueCodeableConcept: loinc('LA6684-0') },
      {
        code: loinc('48005-3'),
        valueCodeableConcept: {
          coding: [{ system: 'http://varnomen.hgvs.org', code: 'NP_004976.2:p.(Gly12Cys)' }],
        },
      },
    ],
  }
}

export function ecogOf(id: string, grade: number, effectiveDateTime = '2026-11-01'): Resource {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: loinc('89247-1'),
    ...about(id),
    valueInteger: grade,
    effectiveDateTime,
  }
}

export function lungOf(id: string): Resource {
  return { resourceType: 'Condition', code: { text: 'Lung Adenocarcinoma' }, ...about(id) }
}

export function womanOf(id: string, rest: object = {}): Resource {
  return {
    resourceType: 'Patient',
    id,
    gender: 'female',
    birthDate: '1960-05-05',
    name: [{ family: `Example ${id}` }],
    ...rest,
  }
}

/** Keeps resources over FHIR: those with an id are put. */
export async function keepAll(
  base: string,
  resources: readonly Resource[],
  headers: Record<string, string> = {},
) {
  for (const one of resources) {
    const path = one.id === undefined ? one.resourceType : `${one.resourceType}/${one.id}`
    const { status, body } = await call(
      `${base}/fhir/R4/${path}`,
      one.id === undefined ? 'POST' : 'PUT',
      one,
      headers,
    )
    if (status !== 200 && status !== 201) throw new Error(JSON.stringify(body))
  }
}
