import { isDeepStrictEqual } from 'node:util'
import type { Resource } from '../../record/resource.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'
import type { ResourceChange, ResourceWrite } from './resource-store.ts'

/** The newest version of a resource as it is in the database, locked; its body opened where it is compared. */
export interface Current {
  readonly version: number
  readonly lastUpdated: string
  readonly deleted: boolean
  readonly json: string | undefined
}

/** One write with what becomes of it. `json` is the body of the new version; undefined for a tombstone. */
export interface PlannedWrite {
  readonly write: ResourceWrite
  readonly change: ResourceChange
  readonly json: string | undefined
  /** Whether there is a row of an earlier version to be moved to the history. */
  readonly replaces: boolean
}

/** What a write does to the resource as it is. Throws RESOURCE_EXISTS, RESOURCE_UNKNOWN, RECORD_CHANGED. */
export function planWrite(write: ResourceWrite, current: Current | undefined, at: string): PlannedWrite {
  const { type, id, compartment, expected } = write
  if (expected !== undefined && (current?.version ?? 0) !== expected) throw changedMeanwhile(write, current)
  if (write.action === 'create' && current !== undefined) throw exists(write)
  if (write.action === 'delete' && current === undefined) throw unknownResource(write)
  const ref = { type, id, compartment }
  const same =
    current !== undefined &&
    (write.action === 'delete' ? current.deleted : !current.deleted && isSame(current.json!, write.json!))
  if (same) {
    const { version, lastUpdated } = current
    const change: ResourceChange = { ...ref, version, action: 'unchanged', lastUpdated }
    return { write, change, json: current.json, replaces: false }
  }
  const version = (current?.version ?? 0) + 1
  // Of two writers whose clocks differ, the later write is not shown as the earlier one.
  const lastUpdated = current !== undefined && current.lastUpdated > at ? current.lastUpdated : at
  const action =
    write.action === 'delete' ? 'deleted' : current === undefined || current.deleted ? 'created' : 'updated'
  return {
    write,
    change: { ...ref, version, action, lastUpdated },
    json: write.json === undefined ? undefined : stamped(write, version, lastUpdated),
    replaces: current !== undefined,
  }
}

/** The body with the version and the time that the store gives it. */
function stamped({ type, id, json }: ResourceWrite, version: number, lastUpdated: string): string {
  const resource = readResourceText(json!) as Resource
  if (resource.resourceType !== type || resource.id !== id) {
    throw new Error(`a write of ${type} brings the body of another resource`)
  }
  const { resourceType, meta, ...rest } = resource
  return resourceText({
    resourceType,
    id,
    meta: { ...meta, versionId: String(version), lastUpdated },
    ...rest,
  })
}

/** Whether two bodies say the same, whatever the order of their elements and the version in meta. */
function isSame(before: string, after: string): boolean {
  return isDeepStrictEqual(contentOf(before), contentOf(after))
}

function contentOf(json: string): unknown {
  const { meta, ...rest } = readResourceText(json) as Resource
  const { versionId: _version, lastUpdated: _updated, ...kept } = meta ?? {}
  return Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept }
}

function exists({ type, id }: ResourceWrite): Fault {
  return new Fault(
    'RESOURCE_EXISTS',
    `${type}/${id}`,
    'there is, or was, a resource with this id',
    'Let the server choose the id, or update the resource.',
  )
}

function unknownResource({ type, id }: ResourceWrite): Fault {
  return new Fault(
    'RESOURCE_UNKNOWN',
    `${type}/${id}`,
    'there is no such resource',
    'Check the type and the id.',
  )
}

function changedMeanwhile({ type, id, expected }: ResourceWrite, current: Current | undefined): Fault {
  const now = current === undefined ? 'it does not exist' : `it is at version ${current.version}`
  return new Fault(
    'RECORD_CHANGED',
    `${type}/${id}`,
    `someone changed the resource in the meantime: ${now}, not ${expected}`,
    'Read it again, look at the change, and repeat yours if it still holds.',
  )
}
