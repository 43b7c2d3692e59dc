import { canonicalJson, sha512t24u } from './digest.ts'

/** A VRS object, as JSON. */
export interface VrsObject {
  readonly type: string
  readonly [field: string]: unknown
}

interface VrsClass {
  /** Of the computed identifier; undefined: it has none. */
  readonly prefix: string | undefined
  /** Stands in others as a whole instead of as its digest. */
  readonly inline?: true
  /** What the digest is made of, beside the type. An absent one counts as null when it is named here. */
  readonly keys: readonly string[]
  readonly nullable?: readonly string[]
  /** Arrays whose order means nothing. */
  readonly unordered?: readonly string[]
}

/** GA4GH VRS 2.0, "ga4gh" keys of the schema. */
const VRS2: Readonly<Record<string, VrsClass>> = {
  Allele: { prefix: 'VA', keys: ['location', 'state'] },
  CisPhasedBlock: { prefix: 'CPB', keys: ['members'], unordered: ['members'] },
  Adjacency: { prefix: 'AJ', keys: ['adjoinedSequences', 'linker'], nullable: ['linker'] },
  Terminus: { prefix: 'TM', keys: ['location'] },
  TraversalBlock: { prefix: undefined, inline: true, keys: ['component', 'orientation'] },
  DerivativeMolecule: { prefix: 'DM', keys: ['components'] },
  CopyNumberCount: { prefix: 'CN', keys: ['copies', 'location'] },
  CopyNumberChange: { prefix: 'CX', keys: ['copyChange', 'location'] },
  SequenceLocation: {
    prefix: 'SL',
    keys: ['end', 'sequenceReference', 'start'],
    nullable: ['end', 'sequenceReference', 'start'],
  },
  SequenceReference: { prefix: undefined, inline: true, keys: ['refgetAccession'] },
  LengthExpression: { prefix: undefined, inline: true, keys: ['length'] },
  LiteralSequenceExpression: { prefix: undefined, inline: true, keys: ['sequence'] },
  ReferenceLengthExpression: { prefix: undefined, inline: true, keys: ['length', 'repeatSubunitLength'] },
}

/** GA4GH VRS 1.3: every field but the descriptive ones counts. */
const VRS1: Readonly<Record<string, string>> = {
  Allele: 'VA',
  Haplotype: 'VH',
  SequenceLocation: 'VSL',
  ChromosomeLocation: 'VCL',
  CopyNumberCount: 'CN',
  CopyNumberChange: 'CX',
  Genotype: 'GT',
  VariationSet: 'VS',
}
const UNORDERED_1 = new Set(['Haplotype', 'VariationSet', 'Genotype'])

/** The text that a VRS 2 object is digested from; undefined for a class that the schema does not have. */
export function serializeVrs2(object: VrsObject): string | undefined {
  const known = VRS2[object.type]
  if (known === undefined) return undefined
  const fields: Record<string, unknown> = { type: object.type }
  for (const key of known.keys) {
    const value = object[key]
    if (value === undefined || value === null) {
      if (known.nullable?.includes(key)) fields[key] = null
      continue
    }
    const inner = Array.isArray(value) ? value.map((one) => digested2(one, key)) : digested2(value, key)
    fields[key] = known.unordered?.includes(key) && Array.isArray(inner) ? [...inner].sort() : inner
  }
  return canonicalJson(fields)
}

function digested2(value: unknown, key: string): unknown {
  if (typeof value === 'string') return value.replace(/^ga4gh:[A-Z]+\./, '')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  // A reference sequence may leave its class out: nothing else stands in its place.
  const object = {
    ...(key === 'sequenceReference' ? { type: 'SequenceReference' } : {}),
    ...value,
  } as VrsObject
  const text = serializeVrs2(object)
  if (text === undefined) return value
  return VRS2[object.type]!.inline ? (JSON.parse(text) as unknown) : sha512t24u(text)
}

/** "ga4gh:VA.…" (VRS 2); undefined for a class without identifiers. */
export function identifyVrs2(object: VrsObject): string | undefined {
  const prefix = VRS2[object.type]?.prefix
  const text = serializeVrs2(object)
  return prefix === undefined || text === undefined ? undefined : `ga4gh:${prefix}.${sha512t24u(text)}`
}

/** The text that a VRS 1.3 object is digested from. */
export function serializeVrs1(object: VrsObject): string {
  return canonicalJson(digested1(object, true))
}

function digested1(value: unknown, outermost = false): unknown {
  if (typeof value === 'string') return value.replace(/^ga4gh:[A-Z]+\./, '')
  if (Array.isArray(value)) return value.map((one) => digested1(one))
  if (typeof value !== 'object' || value === null) return value
  const { type, ...rest } = value as VrsObject
  if (!outermost && VRS1[type] !== undefined) return sha512t24u(serializeVrs1(value as VrsObject))
  const fields: Record<string, unknown> = { type }
  for (const [key, its] of Object.entries(rest)) {
    if (key.startsWith('_') || its === undefined || its === null) continue
    const inner = digested1(its)
    fields[key] = UNORDERED_1.has(type) && Array.isArray(inner) ? inner.map(String).sort() : inner
  }
  return fields
}

/** "ga4gh:VA.…" (VRS 1.3); undefined for a class without identifiers. */
export function identifyVrs1(object: VrsObject): string | undefined {
  const prefix = VRS1[object.type]
  return prefix === undefined ? undefined : `ga4gh:${prefix}.${sha512t24u(serializeVrs1(object))}`
}
