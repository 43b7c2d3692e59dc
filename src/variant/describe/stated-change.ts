import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { knownBases } from '../known-bases.ts'
import type { NameSources } from '../projection/sources.ts'
import type { WrittenChange } from '../projection/written-change.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import { parseSpdi } from '../spdi/spdi.ts'
import { chromosomeNumber, parseVcfAllele } from '../vcf-allele.ts'

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
export function vcfChange(text: string, { sequences, assembly }: NameSources): Named<WrittenChange> {
  const { chrom, pos, ref, alt } = parseVcfAllele(text)
  const fits = (build: Assembly | undefined) =>
    assembly === undefined || build === undefined || build === assembly
  const found = sequences.contigs.filter((one) => sameName(chrom, one.name, one.refseq))
  const candidates = found.filter((one) => fits(one.assembly))
  const builds = new Set(candidates.map((one) => one.refseq ?? one.name))
  if (builds.size > 1) {
    throw new Fault(
      'NAME_BUILD',
      `"${text.slice(0, 120)}"`,
      `"${chrom}" is a chromosome of several builds`,
      'Say which one with --assembly GRCh37 or GRCh38.',
    )
  }
  const [contig] = candidates
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

function sameName(chrom: string, name: string, refseq: string | undefined): boolean {
  const bare = (text: string) => text.replace(/^chr/i, '').toUpperCase().replace(/^M$/, 'MT')
  return (
    bare(name) === bare(chrom) ||
    refseq === chrom ||
    (refseq !== undefined && chromosomeNumber(refseq) === bare(chrom))
  )
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
