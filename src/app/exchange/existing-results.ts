import { PARTIAL_TAG, REPORTED_TAG, WITHDRAWN_TAG } from '../../intake/hl7v2/resource/observation-resource.ts'
import { isBefore } from '../../intake/hl7v2/value/date-time.ts'
import { keepingDisputes } from '../../record/dispute.ts'
import type { Coding, Resource, ResourceRef } from '../../record/resource.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * What is written when resources of a message meet those that are there already. A newer report replaces an older one;
 * an older one that comes late changes nothing; a report gathers results and documents that came in several messages;
 * a message of corrections alone leaves standing what it does not mention. What is final stays when something less sure
 * comes after it, which is `held`. `deleted` goes with this message.
 */
export function joinWithExisting(
  sent: readonly Resource[],
  existing: ReadonlyMap<string, Resource>,
  deleted: readonly ResourceRef[] = [],
): {
  readonly resources: readonly Resource[]
  readonly stale: number
  readonly held: readonly Resource[]
} {
  const gone = new Set([...withdrawnAttachments(sent), ...deleted.map(({ type, id }) => `${type}/${id}`)])
  const resources: Resource[] = []
  const held: Resource[] = []
  let stale = 0
  for (const one of sent) {
    const before = existing.get(`${one.resourceType}/${one.id}`)
    // What somebody has answered for goes before what nobody has, whichever is newer and whichever came first.
    const old = before !== undefined && isOlder(one, before) && !isLessSure(before, one)
    if (old) stale += 1
    const kept = !old && before !== undefined && isLessSure(one, before)
    if (kept) held.push(one)
    if (one.resourceType === 'DiagnosticReport') {
      const [newer, older] = kept ? [before, linesOf(one)] : old ? [before, one] : [one, before]
      resources.push(keepingDisputes(ordered(joinReports(newer, older, gone), existing), before))
    } else if (!old && !kept)
      resources.push(keepingDisputes(ordered(withoutMarks(joined(one, before)), existing), before))
  }
  return { resources, stale, held }
}

function joined(one: Resource, before: Resource | undefined): Resource {
  if (before === undefined) return one
  switch (one.resourceType) {
    case 'Observation':
      return tagOf(one, PARTIAL_TAG) === undefined ? one : joinCorrections(one, before)
    case 'ServiceRequest': {
      const status = one['status'] === 'unknown' ? before['status'] : one['status']
      return { ...before, ...one, status }
    }
    case 'Specimen':
      return { ...before, ...one }
    case 'DocumentReference':
      // What was withdrawn stays readable for those who ask what it said.
      return one['status'] === 'entered-in-error' ? { ...before, ...one, content: before['content'] } : one
    default:
      return one
  }
}

/** A report that came in parts: the newer words hold, results and documents of both are listed. */
function joinReports(newer: Resource, older: Resource | undefined, gone: ReadonlySet<string>): Resource {
  if (older === undefined) return newer
  const list = (of: Resource, name: string) => (of[name] as readonly Json[] | undefined) ?? []
  const union = (name: string, key: (one: Json) => string) => {
    const first = list(newer, name)
    const keys = new Set(first.map(key))
    return [...first, ...list(older, name).filter((one) => !keys.has(key(one)))]
  }
  const result = union('result', (one) => String(one['reference'])).filter(
    (one) => !gone.has(String(one['reference'])),
  )
  const forms = union('presentedForm', (one) => `${one['title']} ${one['contentType']}`).filter(
    (one) => !gone.has(String(one['hash'])),
  )
  const identifier = union('identifier', (one) => `${one['system']} ${one['value']}`)
  // A message that brings a document alone does not say anew what kind of report it is.
  const documentOnly = list(newer, 'result').length === 0 && list(older, 'result').length > 0
  const kind = documentOnly ? { code: older['code'], category: older['category'] } : {}
  const meta = documentOnly
    ? { ...newer.meta, ...(older.meta?.profile === undefined ? {} : { profile: older.meta.profile }) }
    : newer.meta
  const { presentedForm: _forms, ...rest } = { ...older, ...newer }
  return {
    ...rest,
    ...kind,
    ...(meta === undefined ? {} : { meta }),
    ...(identifier.length === 0 ? {} : { identifier }),
    ...(result.length === 0 ? {} : { result }),
    ...(forms.length === 0 ? {} : { presentedForm: forms }),
  }
}

/** The results of a report without its own words: what joins a final report when the rest of a preliminary one does not. */
function linesOf(report: Resource): Resource {
  const { resourceType, result } = report
  return result === undefined ? { resourceType } : { resourceType, result }
}

/** Corrections replace what they name; the rest of the earlier result stands. */
function joinCorrections(one: Resource, before: Resource): Resource {
  const components = (of: Resource) => (of['component'] as readonly Json[] | undefined) ?? []
  const gone = new Set((one.meta?.tag ?? []).filter(isWithdrawnMark).map(({ code }) => code))
  const named = new Set(components(one).map(codeOf))
  const kept = components(before).filter((part) => !named.has(codeOf(part)) && !gone.has(codeOf(part)))
  const component = [...components(one), ...kept]
  const value = Object.fromEntries(Object.entries(before).filter(([name]) => name.startsWith('value')))
  const hasValue = Object.keys(one).some((name) => name.startsWith('value'))
  const derivedFrom = one['derivedFrom'] ?? before['derivedFrom']
  const profile = one.meta?.profile ?? before.meta?.profile
  return {
    ...(hasValue ? {} : value),
    ...one,
    meta: { ...one.meta, ...(profile === undefined ? {} : { profile }) },
    ...(derivedFrom === undefined ? {} : { derivedFrom }),
    ...(component.length === 0 ? {} : { component }),
  }
}

function codeOf(component: Json): string | undefined {
  const coding = (component['code'] as { coding?: readonly Coding[] } | undefined)?.coding ?? []
  return (coding.find(({ system }) => system === 'http://loinc.org') ?? coding[0])?.code
}

function isWithdrawnMark({ system }: Coding): boolean {
  return system === WITHDRAWN_TAG
}

/** Marks that were meant for this place alone are not stored. */
function withoutMarks(one: Resource): Resource {
  const tags = one.meta?.tag
  if (tags === undefined) return one
  const tag = tags.filter(({ system }) => system !== PARTIAL_TAG && system !== WITHDRAWN_TAG)
  const { tag: _tag, ...meta } = one.meta!
  return { ...one, meta: tag.length === 0 ? meta : { ...meta, tag } }
}

/** The order as a resource, where it is known here, instead of its number alone. */
function ordered(one: Resource, existing: ReadonlyMap<string, Resource>): Resource {
  const [based] = (one['basedOn'] as readonly Json[] | undefined) ?? []
  const identifier = based?.['identifier'] as { system?: string; value?: string } | undefined
  if (identifier === undefined) return one
  for (const [name, order] of existing) {
    const numbers = (order['identifier'] as readonly Json[] | undefined) ?? []
    const isIt =
      name.startsWith('ServiceRequest/') &&
      numbers.some(({ system, value }) => system === identifier.system && value === identifier.value)
    if (isIt) return { ...one, basedOn: [{ reference: name }] }
  }
  return one
}

/** Digests of the documents that the message withdraws. */
function withdrawnAttachments(sent: readonly Resource[]): ReadonlySet<string> {
  const withdrawn = sent.filter(
    (one) => one.resourceType === 'DocumentReference' && one['status'] === 'entered-in-error',
  )
  const attachments = withdrawn.flatMap((one) => (one['content'] as readonly { attachment: Json }[]) ?? [])
  return new Set(attachments.flatMap(({ attachment }) => (attachment['hash'] as string | undefined) ?? []))
}

function isOlder(one: Resource, before: Resource): boolean {
  const [mine, theirs] = [tagOf(one, REPORTED_TAG), tagOf(before, REPORTED_TAG)]
  return mine !== undefined && theirs !== undefined && isBefore(mine, theirs)
}

function tagOf(one: Resource, system: string): string | undefined {
  return one.meta?.tag?.find((tag) => tag.system === system)?.code
}

/** Statuses of a result, a report or a document that somebody has answered for. */
const FINAL = new Set(['final', 'corrected', 'amended', 'appended'])
const LESS_SURE = new Set(['registered', 'partial', 'preliminary', 'unknown'])

/** Whether the first is not final and the other is. */
function isLessSure(one: Resource, before: Resource): boolean {
  const name = one.resourceType === 'DocumentReference' ? 'docStatus' : 'status'
  return FINAL.has(String(before[name])) && LESS_SURE.has(String(one[name]))
}
