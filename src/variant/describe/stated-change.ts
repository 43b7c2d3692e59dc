import { Fault } from '../../terms/fault.ts'
import { knownBases } from '../known-bases.ts'
import type { NameSources } from '../projection/sources.ts'
import type { WrittenChange } from '../projection/written-change.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import { parseSpdi } from '../spdi/spdi.ts'
import { parseVcfAllele } from '../vcf-allele.ts'
import { chromosomeMeant } from './chromosome-meant.ts'

/** Throws SPDI_SYNTAX, SPDI_OUTSIDE and SPDI_REFERENCE_MISMATCH. */
export function spdiChange(text: string, { sequences }: NameSources): Named<WrittenChange> {
  const { sequence, position, deleted, inserted } = parseSpdi(text)
  const count = typeof deleted === 'number' ? deleted : deleted.length
  const length = sequences.contig(sequence)?.length
  if (length !== undefined && position + count > length) {
    throw new Fault(
      'SPDI_OUTSIDE',
      text.slice(0, 120),
      `${sequence} has ${length} bases`,
      'Positions count from 0, between bases. Check the version of the accession.',
    )
  }
  const reference = knownBases(sequences, sequence, position, position + count)
  if (reference.known && typeof deleted === 'string' && reference.value !== deleted) {
    throw mismatch('SPDI_REFERENCE_MISMATCH', text, reference.value, deleted)
  }
  const spelled = typeof deleted === 'string' ? deleted : reference.known ? reference.value : undefined
  if (spelled === undefined && count > 5_000_000)
    return reference.known ? unknown({ kind: 'no-sequence', sequence }) : reference
  return known({
    sequence,
    start: position,
    deleted: spelled ?? 'N'.repeat(count),
    inserted,
    form: formOf(spelled, inserted),
  })
}

function formOf(deleted: string | undefined, inserted: string): 'insertion' | 'other' {
  return deleted === '' && inserted !== '' ? 'insertion' : 'other'
}

/**
 * A position with two alleles, on a chromosome of the one build that is meant. Throws VCF_ALLELE, NAME_BUILD, VCF_OUTSIDE and
 * VCF_REFERENCE_MISMATCH.
 */
export function vcfChange(text: string, sources: NameSources): Named<WrittenChange> {
  const { chrom, pos, ref, alt } = parseVcfAllele(text)
  const { sequences } = sources
  const contig = chromosomeMeant(chrom, text, sources)
  if (contig === undefined) return unknown({ kind: 'no-sequence', sequence: chrom })
  const sequence = contig.refseq ?? contig.name
  if (pos - 1 + ref.length > contig.length) {
    throw new Fault(
      'VCF_OUTSIDE',
      `"${text.slice(0, 120)}"`,
      `${sequence} has ${contig.length} bases`,
      'Check the position and the build.',
    )
  }
  const reference = knownBases(sequences, sequence, pos - 1, pos - 1 + ref.length)
  if (reference.known && reference.value !== ref && !ref.includes('N')) {
    throw mismatch('VCF_REFERENCE_MISMATCH', text, reference.value, ref)
  }
  return known({ sequence, start: pos - 1, deleted: ref, inserted: alt, form: 'other' })
}

function mismatch(code: string, text: string, reference: string, stated: string): Fault {
  const shown = (bases: string) => (bases.length > 40 ? `${bases.slice(0, 37)}…` : bases)
  return new Fault(
    code,
    `"${text.slice(0, 120)}"`,
    `the reference has ${shown(reference)} there, not ${shown(stated)}`,
    'Check the build, the position and the strand.',
  )
}
