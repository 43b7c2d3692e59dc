import type { Resource } from '../../record/resource.ts'
import type { Identifier } from '../person.ts'

interface Link {
  readonly other?: { readonly reference?: string }
  readonly type?: string
}

/** The Patient of a chart that went into another: not in use, and says which one is (R4, Patient.link). */
export function retiredPatient(gone: Resource, survivor: string): Resource {
  return { ...gone, active: false, link: [...linksOf(gone, [survivor]), linkTo(survivor, 'replaced-by')] }
}

/**
 * The Patient of the chart that stays: it says which ones it replaces, has their identifiers, and what it did not know of
 * name, birth date and sex.
 */
export function survivingPatient(
  kept: Resource,
  retired: readonly Resource[],
  identifiers: readonly Identifier[],
): Resource {
  const known = new Set(identifiersOf(kept).map(tokenOf))
  const gained = [...retired.flatMap(identifiersOf), ...identifiers].filter((one) => {
    const isNew = !known.has(tokenOf(one))
    known.add(tokenOf(one))
    return isNew
  })
  const first = (element: string) => retired.find((one) => one[element] !== undefined)?.[element]
  const missing = ['name', 'birthDate'].flatMap((element) => {
    const value = kept[element] === undefined ? first(element) : undefined
    return value === undefined ? [] : [[element, value] as const]
  })
  const sex = retired.find(({ gender }) => gender !== undefined && gender !== 'unknown')?.['gender']
  const isSexed = kept['gender'] !== undefined && kept['gender'] !== 'unknown'
  const ids = retired.map(({ id }) => id!)
  return {
    ...kept,
    ...Object.fromEntries(missing),
    ...(isSexed || sex === undefined ? {} : { gender: sex }),
    ...(known.size === 0 ? {} : { identifier: [...identifiersOf(kept), ...gained] }),
    ...(ids.length === 0
      ? {}
      : { link: [...linksOf(kept, ids), ...ids.map((id) => linkTo(id, 'replaces'))] }),
  }
}

/** Links that do not speak of these people: what they said before is said anew. */
function linksOf(patient: Resource, people: readonly string[]): readonly Link[] {
  const links = Array.isArray(patient['link']) ? (patient['link'] as readonly Link[]) : []
  return links.filter(({ other }) => !people.some((id) => other?.reference === `Patient/${id}`))
}

function linkTo(id: string, type: 'replaces' | 'replaced-by') {
  return { other: { reference: `Patient/${id}` }, type }
}

type WrittenIdentifier = Partial<Identifier>

function identifiersOf(patient: Resource): readonly WrittenIdentifier[] {
  return Array.isArray(patient['identifier']) ? (patient['identifier'] as readonly WrittenIdentifier[]) : []
}

function tokenOf({ system, value }: WrittenIdentifier): string {
  return JSON.stringify([system, value])
}
