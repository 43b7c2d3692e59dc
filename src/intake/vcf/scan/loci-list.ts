import { Fault } from '../../../terms/fault.ts'
import { textOfFile } from '../../bgzf/file-text.ts'
import { wholeLines } from '../../whole-lines.ts'
import type { Locus } from './loci.ts'

const LONGEST_LINE = 16 << 20
/** Largest position that VCF and its indexes hold. */
const LAST = 0x7fffffff

/**
 * Loci from a file, plain or compressed: BED where the name ends in .bed or .bed.gz (0-based, [start, end)), a VCF (each
 * record's REF), else CHROM, POS and perhaps END separated by tabs (1-based, [from, to]). Throws LOCI_MALFORMED.
 */
export async function readLociList(path: string, name: string): Promise<readonly Locus[]> {
  const bed = /\.bed(\.b?gz)?$/i.test(name)
  const loci: Locus[] = []
  let vcf = false
  let line = 0
  for await (const { bytes } of wholeLines(textOfFile(path, name), name, LONGEST_LINE)) {
    for (const text of bytes.toString('utf8').replace(/\n$/, '').split('\n')) {
      line += 1
      if (line === 1 && text.startsWith('##fileformat=VCF')) vcf = true
      if (/^(#|track\b|browser\b|\s*$)/.test(text)) continue
      const fields = text.replace(/\r$/, '').split('\t')
      const locus = vcf ? vcfLocus(fields) : bed ? bedLocus(fields) : tabLocus(fields)
      if (locus === undefined) throw malformed(`${name}:${line}`, text, bed, vcf)
      loci.push(locus)
    }
  }
  return loci
}

/**
 * "chr1:1000-2000", "chr1:1000" or a whole "chr1"; 1-based, [from, to]. A name of the file is taken as it is, because
 * "HLA-A*01:01" is a contig. Throws LOCI_MALFORMED.
 */
export function locusOf(text: string, contigs: ReadonlySet<string>): Locus {
  if (contigs.has(text)) return { contig: text, from: 1, to: LAST }
  const [, contig, start, stop] = /^(.+?)(?::([\d,]+)(?:-([\d,]+))?)?$/.exec(text) ?? []
  const from = start === undefined ? 1 : whole(start.replaceAll(',', ''))
  const to = start === undefined ? LAST : stop === undefined ? from : whole(stop.replaceAll(',', ''))
  if (contig === undefined || from === undefined || to === undefined || from < 1 || to < from) {
    throw new Fault(
      'LOCI_MALFORMED',
      `"${text}"`,
      'this is not a region',
      'Write CHROM:FROM-TO, CHROM:POS or CHROM, counted from 1, such as chr13:32315086-32400268.',
    )
  }
  return { contig, from, to }
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= LAST ? Number(text) : undefined
}

function bedLocus([contig, start, end]: readonly string[]): Locus | undefined {
  const from = whole(start)
  const to = whole(end)
  if (!contig || from === undefined || to === undefined || to <= from) return undefined
  return { contig, from: from + 1, to }
}

function tabLocus([contig, start, end]: readonly string[]): Locus | undefined {
  const from = whole(start)
  const to = end !== undefined && /^\d+$/.test(end) ? whole(end) : from
  if (!contig || from === undefined || to === undefined || from < 1 || to < from) return undefined
  return { contig, from, to }
}

function vcfLocus([contig, position, , ref]: readonly string[]): Locus | undefined {
  const from = whole(position)
  if (!contig || from === undefined || !ref) return undefined
  return { contig, from, to: from + ref.length - 1 }
}

function malformed(where: string, text: string, bed: boolean, vcf: boolean): Fault {
  return new Fault(
    'LOCI_MALFORMED',
    where,
    `"${text.slice(0, 60)}" is not a locus`,
    vcf
      ? 'Each line of a VCF has CHROM, POS, ID and REF, separated by tabs.'
      : bed
        ? 'A BED line is CHROM, START and END, separated by tabs; START counts from 0, END is not part of it.'
        : 'A line is CHROM, POS and perhaps END, separated by tabs and counted from 1; name a 0-based list ".bed".',
  )
}
