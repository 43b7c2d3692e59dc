import { createHmac, randomBytes } from 'node:crypto'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import type { Resource } from '../../record/resource.ts'
import { type Criterion, type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import type { Access, AccessDecision } from '../../safeguard/access/access.ts'
import { project } from '../../safeguard/access/projection.ts'
import type { Caller } from '../../safeguard/caller.ts'
import { deidentifyResource } from '../../safeguard/deidentify/deidentify-resource.ts'
import { SMALLEST_COUNT } from '../../safeguard/disclosure/disclosed-count.ts'
import { labelling, labelsOf } from '../../safeguard/labels/labels-of.ts'
import type { ExportFile } from '../../store/messages/outbound-store.ts'
import type { StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId, type TenantId } from '../../terms/ids.ts'
import { accessOf } from '../access/access-of.ts'
import type { SiteAccess } from '../access/site-access.ts'
import type { Services } from '../http/services.ts'
import type { JobHandler } from '../jobs/worker.ts'
import { ExportGathering } from './export-notes.ts'
import type { ExportRequest } from './export-request.ts'

export const EXPORT = 'bulk-export'
/** Resources in one file. */
const FILE = 50_000
/** Resources sealed and written at a time. */
const PART = 500

/**
 * Makes the files of an export. What the caller may see is decided when it is made, with the consents as they are then, and is
 * part of every query. Done again from the start when a worker died over it.
 */
export function exportJob(
  services: Pick<Services, 'store' | 'facts' | 'now'> & { readonly site?: SiteAccess | undefined },
): JobHandler {
  const { store, now } = services
  return async ({ tenant, job, signal, progress, touch }) => {
    const { export: id } = job.payload as { export: string }
    const kept = await store.exports.get(tenant, id)
    if (kept === undefined || kept.files !== undefined) return
    await store.exports.restart(tenant, id)
    const request = kept.request as ExportRequest
    const access = accessOf(services.facts, services.site)
    const files: ExportFile[] = []
    // Known to this run alone: whoever holds two exports cannot join them.
    const key = randomBytes(32)
    const gathering = new ExportGathering()
    for (const [at, type] of request.types.entries()) {
      const decision = exportDecision(access, request.caller, type, now().toISOString())
      progress(at, request.types.length, type)
      // What the caller may not export is not there.
      if (!decision.allow) continue
      const within = await inGroup(services, tenant, request, decision.restriction)
      const leave = leaving(services, tenant, decision, key, gathering)
      let file: { type: string; file: number; count: number } | undefined
      let part = 0
      for await (const batch of resourcesOf(services, tenant, request, type, within, kept.transactionTime)) {
        signal.throwIfAborted()
        if (file === undefined || file.count >= FILE) {
          file = { type, file: files.filter((one) => one.type === type).length + 1, count: 0 }
          files.push(file)
          part = 0
        }
        const lines = (await Promise.all(batch.map(leave))).filter((line) => line !== undefined)
        if (!decision.obligations.includes('deidentify'))
          for (const { compartment } of batch) if (compartment !== '') touch(compartment)
        if (lines.length === 0) continue
        await store.exports.write(tenant, id, { ...file, part: part++ }, `${lines.join('\n')}\n`)
        file.count += lines.length
      }
    }
    try {
      // Nobody can fetch anything before this.
      await store.exports.finish(tenant, id, files, gathering.notes(services.site?.exportK ?? SMALLEST_COUNT))
    } catch (error) {
      if (error instanceof Fault) await store.exports.restart(tenant, id)
      throw error
    }
  }
}

async function* resourcesOf(
  { store }: Pick<Services, 'store'>,
  tenant: TenantId,
  { filters, since }: ExportRequest,
  type: string,
  within: Restriction,
  transactionTime: string,
): AsyncIterable<readonly StoredResource[]> {
  const written: Criterion[] = [
    { kind: 'last-updated', values: [instant('le', transactionTime)] },
    ...(since === undefined ? [] : [{ kind: 'last-updated' as const, values: [instant('ge', since)] }]),
  ]
  const own = filters[type]
  const criteria = own === undefined ? written : [...written, { kind: 'any' as const, of: own }]
  const query = { type, criteria, sort: [], count: 0, after: undefined, total: false, within }
  for await (const batch of store.resources.scan(tenant, query, PART)) {
    const present = batch.filter((one) => one.json !== undefined)
    if (present.length > 0) yield present
  }
}

function instant(op: 'ge' | 'le', text: string) {
  const at = Date.parse(text)
  // The whole of the millisecond.
  return { op, low: at, high: at + 1 }
}

/** Only the records of the group's members. A group that is gone by now has none. */
async function inGroup(
  { store }: Pick<Services, 'store'>,
  tenant: TenantId,
  { of, group }: ExportRequest,
  within: Restriction,
): Promise<Restriction> {
  if (of !== 'group') return within
  const found = await store.resources.read(tenant, { type: 'Group', id: group! }, UNRESTRICTED)
  const members =
    found?.json === undefined
      ? []
      : ((JSON.parse(found.json) as { member?: { inactive?: boolean; entity?: { reference?: string } }[] })
          .member ?? [])
  const patients = members.flatMap((one) => {
    const id = /(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})$/.exec(one.entity?.reference ?? '')?.[1]
    return id === undefined || one.inactive === true ? [] : [patientId(id)]
  })
  const allowed = within.compartments
  return {
    ...within,
    compartments: allowed === undefined ? patients : patients.filter((one) => allowed.includes(one)),
  }
}

/** A resource as a line: the minimum for the purpose, without identifiers where that is asked; undefined: it stays. */
function leaving(
  { store, facts, now }: Pick<Services, 'store' | 'facts' | 'now'>,
  tenant: TenantId,
  decision: AccessDecision,
  key: Uint8Array,
  gathering: ExportGathering,
): (stored: StoredResource) => Promise<string | undefined> {
  const rules = labelling(sensitivityRules(facts))
  if (!decision.obligations.includes('deidentify')) {
    const told = decision.obligations.includes('part-2-notice')
    return async ({ type, json }) => {
      const resource = readResourceText(json!) as Resource
      if (told) gathering.leaves(labelsOf(resource, rules))
      return resourceText(project(resource, decision.projection(type)))
    }
  }
  const births = new Map<string, string | undefined>()
  const at = now().toISOString()
  const rekey = (name: string) => createHmac('sha256', key).update(name).digest('hex').slice(0, 32)
  return async ({ type, json, compartment }) => {
    if (compartment !== '' && !births.has(compartment))
      births.set(compartment, (await store.patients.get({ tenant, patient: compartment }))?.birthDate)
    const resource = readResourceText(json!) as Resource
    const clean = deidentifyResource(resource, labelsOf(resource, rules), {
      rekey,
      at,
      birthDate: births.get(compartment),
      genetic: 'withhold',
    })
    if (clean === undefined) return undefined
    const leaves = project(clean, decision.projection(type)) as Resource
    gathering.leavesClean(compartment, leaves)
    return resourceText(leaves)
  }
}

/** Who may not have data about people as they are may still have them without identifiers. */
export function exportDecision(access: Access, caller: Caller, kind: string, at: string): AccessDecision {
  const decision = access.authorize(caller, { action: 'export', kind }, at)
  return decision.allow
    ? decision
    : access.authorize(caller, { action: 'export', kind, deidentified: true }, at)
}

/** Throws EXPORT_UNKNOWN also for what is somebody else's. */
export function unknownExport(): Fault {
  return new Fault(
    'EXPORT_UNKNOWN',
    'export',
    'there is no such export',
    'It may have expired; ask for it again.',
  )
}
