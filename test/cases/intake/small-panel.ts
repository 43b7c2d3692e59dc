import type { ReadOptions } from '../../../src/intake/format.ts'
import { readGenotypes } from '../../../src/intake/receive.ts'
import type { GenotypeSet, LocusCall } from '../../../src/record/genotype.ts'
import type { Gap } from '../../../src/terms/answer.ts'
import { Fault } from '../../../src/terms/fault.ts'
import type { PanelLocus } from '../../../src/terms/genome.ts'

function locus(
  gene: string,
  id: string,
  ref: string,
  alts: string,
  grch37: readonly [position: number, ref?: string] | undefined,
  rsid?: string,
  context?: string,
): PanelLocus {
  const [chromosome, place] = id.split(':') as [PanelLocus['chromosome'], string]
  const position = Number(place)
  return {
    id,
    chromosome,
    position,
    ref,
    alts: alts.split(','),
    rsid,
    gene,
    grch37: grch37 === undefined ? undefined : { position: grch37[0], ref: grch37[1] ?? ref },
    context: context === undefined ? undefined : { start: position, bases: context },
  }
}

/**
 * Positions of real genes, few enough to know by heart: plain and multi-allelic single bases, one whose reference base
 * differs between the builds (rs1801265), deletions, insertions and a duplication in repeats, replaced base pairs,
 * two insertions and deletions in one another's way (CYP2D6 42128198 and 42128200), loci on X.
 */
export const PANEL: readonly PanelLocus[] = [
  locus('DPYD', 'chr1:97450058', 'C', 'T', [97915614], 'rs3918290'),
  locus('DPYD', 'chr1:97450065', 'TG', 'T', [97915621], 'rs72549303', 'TGG'),
  locus('DPYD', 'chr1:97740410', 'GATGA', 'G', [98205966], 'rs72549309', 'GATGAATGA'),
  locus('DPYD', 'chr1:97883329', 'A', 'G', [98348885, 'G'], 'rs1801265'),
  locus('UGT1A1', 'chr2:233760233', 'CAT', 'C,CATAT,CATATAT', [234668879], 'rs3064744', 'CATATATATATATATA'),
  locus('CYP3A4', 'chr7:99758183', 'G', 'GT', [99355806], 'rs67666821', 'GTTTTT'),
  locus('CYP2C9', 'chr10:94942205', 'CAATGGAAAGA', 'C', [96701962], 'rs1304490498', 'CAATGGAAAGAAATGGAA'),
  locus('CYP2C9', 'chr10:94942290', 'C', 'T', [96702047], 'rs1799853'),
  locus('CYP2C9', 'chr10:94981296', 'A', 'C', [96741053], 'rs1057910'),
  locus('CYP2C9', 'chr10:94981297', 'T', 'A,C', [96741054], 'rs56165452'),
  locus(
    'NUDT15',
    'chr13:48037782',
    'AGGAGTC',
    'A,AGGAGTCGGAGTC',
    [48611918],
    'rs746071566',
    'AGGAGTCGGAGTCGGAGTCG',
  ),
  locus('NUDT15', 'chr13:48037798', 'G', 'A', [48611934], 'rs186364861'),
  locus('RYR1', 'chr19:38572266', 'TC', 'CT', [39062906], 'rs193922862', 'TC'),
  locus('CYP2D6', 'chr22:42128198', 'CTCAG', 'C', [42524200], 'rs72549351', 'CTCAGTCAG'),
  locus('CYP2D6', 'chr22:42128200', 'C', 'CA', [42524202], 'rs368858603', 'CA'),
  locus('CYP2D6', 'chr22:42128945', 'C', 'T', undefined, 'rs3892097'),
  locus('G6PD', 'chrX:154534419', 'G', 'A', [153762634], 'rs1050828'),
  locus('G6PD', 'chrX:154534116', 'ATGT', 'A', [153762331], undefined, 'ATGTTGT'),
]

const CONTIG = {
  GRCh38: '##contig=<ID=chr1,length=248956422>',
  GRCh37: '##contig=<ID=1,length=249250621>',
} as const

/** A VCF of one or more samples from data lines whose columns are separated by spaces. */
export function vcfOf(
  lines: readonly string[],
  options: {
    readonly build?: keyof typeof CONTIG | 'unstated'
    readonly samples?: string
    readonly meta?: readonly string[]
    readonly version?: string
    readonly end?: string
  } = {},
): string {
  const { build = 'GRCh38', samples = 'S1', meta = [], version = '4.2', end = '\n' } = options
  return `${[
    `##fileformat=VCFv${version}`,
    ...(build === 'unstated' ? [] : [CONTIG[build]]),
    ...meta,
    `#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT ${samples}`.replaceAll(' ', '\t'),
    ...lines.map((line) => line.replaceAll(' ', '\t')),
  ].join(end)}${end}`
}

/** Every sample of a file given as text or bytes. */
export async function setsOf(
  file: string | Uint8Array,
  options: ReadOptions = {},
  panel: readonly PanelLocus[] = PANEL,
): Promise<GenotypeSet[]> {
  const bytes = Buffer.from(file as string)
  const sets: GenotypeSet[] = []
  for await (const set of readGenotypes({ name: 'test.vcf', content: { bytes }, panel, options }))
    sets.push(set)
  return sets
}

/** What a set says of one locus, on one line: "C/T", "C|T 97", or the gap's kind. */
export function saidAt(set: GenotypeSet, id: string): string {
  const call = set.calls.find((one) => one.locus === id)
  const gap = set.gaps.find((one) => one.locus === id)
  if ((call === undefined) === (gap === undefined)) throw new Error(`${id} must be in calls or in gaps`)
  return call === undefined ? gapText(gap!) : callText(call)
}

function callText({ alleles, phased, phaseSet }: LocusCall): string {
  return `${alleles.join(phased ? '|' : '/')}${phaseSet === undefined ? '' : ` ${phaseSet}`}`
}

function gapText(gap: Gap): string {
  return gap.kind
}

/** What one line in a file makes of one locus. */
export async function oneLine(
  line: string | readonly string[],
  id: string,
  options: ReadOptions = {},
  file: Parameters<typeof vcfOf>[1] = {},
): Promise<string> {
  const [set] = await setsOf(vcfOf(typeof line === 'string' ? [line] : line, file), options)
  return saidAt(set!, id)
}

/** The code of the fault that a file ends in, with where it is. */
export async function faultOf(file: string | Uint8Array, options: ReadOptions = {}): Promise<Fault> {
  try {
    await setsOf(file, options)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('the file was read without a fault')
}
