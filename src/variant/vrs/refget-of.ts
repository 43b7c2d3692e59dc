import { sha512t24u } from '../../terms/vrs/digest.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'

/** Longer sequences are not digested to answer one question: chromosomes bring their digest with them. */
const LONGEST = 5_000_000

/** GA4GH refget digest "SQ.…": of a chromosome of a build by its name, of a shorter sequence by its bases. */
export function refgetOf(sequence: string, source: SequenceSource): Named<string> {
  const contig = source.contig(sequence)
  if (contig === undefined) return unknown({ kind: 'no-sequence', sequence })
  if (contig.refget !== undefined) return known(contig.refget)
  if (contig.length > LONGEST) return unknown({ kind: 'no-digest', sequence })
  const bases = source.bases(contig.name, 0, contig.length)
  // A slice has unknown bases where it was not given.
  if (bases.includes('N')) return unknown({ kind: 'no-digest', sequence })
  return known(`SQ.${sha512t24u(bases)}`)
}
