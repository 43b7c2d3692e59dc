import type { Compartment } from '../../src/record/resource.ts'
import {
  type Criterion,
  type IndexEntry,
  type ResourceQuery,
  type Restriction,
  UNRESTRICTED,
} from '../../src/record/resource-query.ts'
import type { ResourceWrite } from '../../src/store/resources/resource-store.ts'
import { patientId } from '../../src/terms/ids.ts'

/** A create of a resource with a body of its own. */
export function write(
  compartment: string,
  type: string,
  id: string,
  more: Partial<ResourceWrite> & { readonly body?: object } = {},
): ResourceWrite {
  const { body, ...rest } = more
  return {
    action: 'create',
    type,
    id,
    compartment: compartment as Compartment,
    json: JSON.stringify({ resourceType: type, id, ...body }),
    index: [],
    labels: [],
    codes: [],
    ...rest,
  }
}

/** A Patient resource of a new person. */
export function patientWrite(id: string, more: Parameters<typeof write>[3] = {}): ResourceWrite {
  const identity = {
    id: patientId(id),
    name: undefined,
    sex: 'unknown' as const,
    birthDate: undefined,
    identifiers: [],
  }
  return write(id, 'Patient', id, { identity, ...more })
}

export function remove(compartment: string, type: string, id: string): ResourceWrite {
  return { ...write(compartment, type, id), action: 'delete', json: undefined }
}

export function query(
  type: string,
  criteria: readonly Criterion[],
  more: Partial<ResourceQuery> = {},
): ResourceQuery {
  return {
    type,
    criteria,
    sort: [],
    count: 100,
    after: undefined,
    total: true,
    within: UNRESTRICTED,
    ...more,
  }
}

export function restriction(limits: Partial<Restriction>): Restriction {
  return { ...UNRESTRICTED, ...limits }
}

export const token = (param: string, system: string | undefined, code: string): IndexEntry => ({
  kind: 'token',
  param,
  system,
  code,
})
export const reference = (param: string, type: string, id: string): IndexEntry => ({
  kind: 'reference',
  param,
  type,
  id,
})
export const name = (param: string, text: string): IndexEntry => ({
  kind: 'string',
  param,
  text,
  identity: true,
})
export const plain = (param: string, text: string): IndexEntry => ({
  kind: 'string',
  param,
  text,
  identity: false,
})
