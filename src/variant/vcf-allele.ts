import { Fault } from '../terms/fault.ts'
import { knownBases } from './known-bases.ts'
import { roll } from './roll.ts'
import type { SequenceSource } from './sequence.ts'
import { known, type Named, type SequenceChange, trimmed, unknown, untold } from './sequence-change.ts'

/** POS, REF and ALT of a VCF record; POS counts from 1. */
export interface VcfAllele {
  readonly chrom: string
  readonly pos: number
  readonly ref: string
  readonly alt: string
}

const SHAPE =
  /^((?:chr)?(?:[0-9]{1,2}|X|Y|M|MT)|N[CGTW]_[0-9]+\.[0-9]+)[-:\t ]([0-9]{1,10})[-:\t ]([A-Z]+)[-:>/\t ]([A-Z]+|\.)$/i

/** Whether a text is a chromosome, a position and two alleles: "chr12-102917130-T-C", "12:102917130:T>C". */
export function looksLikeVcf(text: string): boolean {
  return SHAPE.test(text) && !/^N[CGTW]_[^:]*:/.test(text)
}

/** Throws VCF_ALLELE where an allele is not of bases. */
export function parseVcfAllele(text: string): VcfAllele {
  const [, chrom = '', pos = '', ref = '', alt = ''] = SHAPE.exec(text) ?? []
  if (!/^[ACGTN]+$/i.test(ref) || !/^([ACGTN]+|\.)$/i.test(alt) || Number(pos) < 1) {
    throw new Fault(
      'VCF_ALLELE',
      `"${text.slice(0, 120)}"`,
      'this is not a position with two alleles of bases',
      'Write chromosome-position-REF-ALT, as in "chr12-102917130-T-C".',
    )
  }
  return {
    chrom,
    pos: Number(pos),
    ref: ref.toUpperCase(),
    alt: alt === '.' ? ref.toUpperCase() : alt.toUpperCase(),
  }
}

/** The record of a change as VCF asks for it: left-aligned, with the base before an insertion or deletion. */
export function vcfAlleleOf(change: SequenceChange, source: SequenceSource): Named<VcfAllele> {
  const gap = untold(change)
  if (gap !== undefined) return unknown(gap)
  const chrom = chromOf(change.sequence, source)
  const core = trimmed(change)
  if (core.deleted === '' && core.inserted === '') {
    return known({ chrom, pos: change.start + 1, ref: change.deleted, alt: '.' })
  }
  if (core.deleted !== '' && core.inserted !== '') {
    return known({ chrom, pos: core.start + 1, ref: core.deleted, alt: core.inserted })
  }
  const room = roll(core, source)
  if (!room.known) return room
  const start = core.start - room.value.left
  const unit = core.deleted === '' ? core.inserted : core.deleted
  const turn = (((-room.value.left % unit.length) + unit.length) % unit.length) as number
  const turned = unit.slice(turn) + unit.slice(0, turn)
  const first = start === 0
  const at = first ? core.deleted.length : start - 1
  const anchor = knownBases(source, core.sequence, at, at + 1)
  if (!anchor.known) return anchor
  const withAnchor = (bases: string) => (first ? `${bases}${anchor.value}` : `${anchor.value}${bases}`)
  const [ref, alt] = core.deleted === '' ? ['', turned] : [turned, '']
  return known({ chrom, pos: first ? 1 : start, ref: withAnchor(ref), alt: withAnchor(alt) })
}

/** As the file names the sequence; a chromosome of a build that is known by its accession alone as "chr12". */
function chromOf(sequence: string, source: SequenceSource): string {
  const contig = source.contig(sequence)
  if (contig === undefined || contig.name !== contig.refseq) return contig?.name ?? sequence
  const number = chromosomeNumber(contig.refseq)
  return number === undefined ? contig.name : `chr${number === 'MT' ? 'M' : number}`
}

/** "NC_000023.11" is chromosome X. Source: NCBI RefSeq, human chromosomes NC_000001 to NC_000024 and NC_012920. */
export function chromosomeNumber(refseq: string): string | undefined {
  const number = Number(/^NC_0000([0-9]{2})\.[0-9]+$/.exec(refseq)?.[1] ?? 0)
  if (number >= 1 && number <= 22) return String(number)
  if (number === 23) return 'X'
  if (number === 24) return 'Y'
  return refseq.startsWith('NC_012920') ? 'MT' : undefined
}
