import { Fault } from '../../terms/fault.ts'
import type { VrsObject } from '../../terms/vrs/identify.ts'
import { knownBases } from '../known-bases.ts'
import type { WrittenChange } from '../projection/written-change.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import { refgetOf } from './refget-of.ts'

const LONGEST = 5_000_000

/**
 * The change that a VRS 2 Allele means, on the sequence given that has its digest. Unknown for another class, an uncertain
 * location, and a digest of no sequence given. Throws VRS_MALFORMED and VRS_OUTSIDE.
 */
export function changeOf(object: VrsObject, source: SequenceSource): Named<WrittenChange> {
  if (object.type !== 'Allele')
    return unknown({ kind: 'not-exact', what: `a ${object.type} is no change of one sequence` })
  const { location, state } = object as { readonly location?: unknown; readonly state?: unknown }
  if (!isObject(location) || !isObject(state)) throw malformed('an Allele has a location and a state')
  const { start, end, sequenceReference } = location
  if (Array.isArray(start) || Array.isArray(end))
    return unknown({ kind: 'not-exact', what: 'where exactly the Allele lies' })
  if (!isPlace(start) || !isPlace(end) || end < start)
    throw malformed('start and end are whole numbers in order')
  const refget = isObject(sequenceReference) ? sequenceReference['refgetAccession'] : undefined
  if (typeof refget !== 'string') throw malformed('the location names no sequence by its refget digest')
  const contig =
    source.contigs.find((one) => one.refget === refget) ??
    source.contigs.find((one) => hasDigest(one.name, refget, source))
  if (contig === undefined) return unknown({ kind: 'no-sequence', sequence: refget })
  const sequence = contig.refseq ?? contig.name
  if (end > contig.length) {
    throw new Fault(
      'VRS_OUTSIDE',
      refget,
      `${sequence} has ${contig.length} bases`,
      'Positions count from 0, between bases.',
    )
  }
  const reference = knownBases(source, sequence, start, end)
  const inserted = insertedBy(state, reference)
  if (!inserted.known) return inserted
  if (end - start > LONGEST) return unknown({ kind: 'too-long', bases: end - start, most: LONGEST })
  if (start === end && inserted.value === '')
    return unknown({ kind: 'not-exact', what: 'an Allele of no bases that puts none in' })
  const deleted = reference.known ? reference.value : 'N'.repeat(end - start)
  return known({
    sequence,
    start,
    deleted,
    inserted: inserted.value,
    form: deleted === '' ? 'insertion' : 'other',
  })
}

/** Chromosomes bring their digest; of a short sequence it is computed. */
function hasDigest(name: string, refget: string, source: SequenceSource): boolean {
  const digest = refgetOf(name, source)
  return digest.known && digest.value === refget
}

function insertedBy(state: Readonly<Record<string, unknown>>, reference: Named<string>): Named<string> {
  const { type, sequence, length, repeatSubunitLength } = state
  if (type === 'LiteralSequenceExpression' && typeof sequence === 'string') {
    if (!/^[A-Z]*$/.test(sequence)) throw malformed('a sequence has capital letters only')
    return known(sequence)
  }
  if (type !== 'ReferenceLengthExpression')
    return unknown({ kind: 'not-exact', what: `a state of type ${String(type)}` })
  if (!isPlace(length) || !isPlace(repeatSubunitLength))
    throw malformed('length and repeatSubunitLength are whole numbers')
  if (length > LONGEST) return unknown({ kind: 'too-long', bases: length, most: LONGEST })
  if (!reference.known) return reference
  const unit = reference.value.slice(0, repeatSubunitLength)
  if (length === 0) return known('')
  if (unit === '') throw malformed('a repeat of no bases has no length')
  return known(unit.repeat(Math.ceil(length / unit.length)).slice(0, length))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** VRS_MALFORMED. */
export function malformed(what: string): Fault {
  return new Fault(
    'VRS_MALFORMED',
    'VRS',
    `this is not a VRS 2 object: ${what}`,
    'See https://vrs.ga4gh.org for the schema.',
  )
}
