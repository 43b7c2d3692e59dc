import type { Segment } from '../syntax/segment.ts'

/** An entity identifier (EI): number and the authority or application that gave it. */
export interface EntityNumber {
  readonly value: string
  readonly system: string
  /** Universal id, else namespace, else "": what keeps numbers of two systems apart. */
  readonly scope: string
}

/** What ORC and OBR say of one order or report. */
export interface OrderView {
  readonly placer: EntityNumber | undefined
  readonly filler: EntityNumber | undefined
  /** ORC-1: NW, CA, RE … */
  readonly control: string | undefined
  readonly orderStatus: string | undefined
  readonly obr: Segment
  readonly orc: Segment | undefined
  readonly requester: { readonly id: string | undefined; readonly name: string | undefined } | undefined
}

export function readOrder(orc: Segment | undefined, obr: Segment, sender: string): OrderView {
  const entity = (field: number, inOrc: number) =>
    entityNumber(obr, field, sender) ?? (orc === undefined ? undefined : entityNumber(orc, inOrc, sender))
  return {
    placer: entity(2, 2),
    filler: entity(3, 3),
    control: orc?.text(1)?.toUpperCase(),
    orderStatus: orc?.text(5)?.toUpperCase(),
    obr,
    orc,
    requester: readPerson(obr, 16) ?? (orc === undefined ? undefined : readPerson(orc, 12)),
  }
}

export function entityNumber(segment: Segment, field: number, sender: string): EntityNumber | undefined {
  const one = segment.first(field)
  const value = one.text(1)?.trim()
  if (value === undefined) return undefined
  // SPM-2 (EIP) puts the parts of an EI into subcomponents; EI has them as components.
  const namespace = one.text(2)?.trim()
  const universal = one.text(3)?.trim()
  const scope = universal ?? namespace ?? ''
  return { value, scope, system: systemOf(scope, one.text(4), sender) }
}

/** URI that numbers of a scope are kept under. */
export function systemOf(scope: string, type: string | undefined, sender: string): string {
  if (scope === '') return `urn:hl7v2:${encodeURIComponent(sender)}:number`
  if (type?.toUpperCase() === 'ISO' && /^\d+(\.\d+)+$/.test(scope)) return `urn:oid:${scope}`
  return `urn:id:${encodeURIComponent(scope)}`
}

/** XCN: id ^ family ^ given. */
function readPerson(segment: Segment, field: number): OrderView['requester'] {
  const one = segment.first(field)
  const parts = [one.text(6), one.text(3), one.text(2)].filter((part) => part !== undefined)
  const id = one.text(1)
  return id === undefined && parts.length === 0
    ? undefined
    : { id, name: parts.length === 0 ? undefined : parts.join(' ') }
}
