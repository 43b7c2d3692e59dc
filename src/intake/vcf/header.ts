import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { chromosomeOf } from '../../terms/genome.ts'

/** What the reader needs from the meta-information lines of a VCF (VCF 4.1 to 4.5, section 1.4). */
export interface VcfHeader {
  /** "4.2". */
  readonly version: string
  readonly samples: readonly string[]
  /** True when FORMAT AD is declared with one number per allele (Number=R): only then can reads be told apart. */
  readonly alleleDepths: boolean
  /** True when FORMAT LEN is declared: VCF 4.5 gives the length of a reference block per sample. */
  readonly blockLengths: boolean
  /** Every build that a line of the header speaks for, with the line. */
  readonly builds: readonly BuildClaim[]
  /** Builds that are named but not read here (hg18, CHM13). */
  readonly otherBuild: { readonly name: string; readonly line: number } | undefined
}

export interface BuildClaim {
  readonly assembly: Assembly
  readonly line: number
  readonly text: string
}

/** Lengths of chromosomes that tell the builds apart. Source: GRC assembly reports of GRCh37 and GRCh38. */
const LENGTHS: Readonly<Record<string, readonly [grch37: number, grch38: number]>> = {
  chr1: [249250621, 248956422],
  chr2: [243199373, 242193529],
  chr3: [198022430, 198295559],
  chr4: [191154276, 190214555],
  chr5: [180915260, 181538259],
  chr6: [171115067, 170805979],
  chr7: [159138663, 159345973],
  chr8: [146364022, 145138636],
  chr9: [141213431, 138394717],
  chr10: [135534747, 133797422],
  chr11: [135006516, 135086622],
  chr12: [133851895, 133275309],
  chr13: [115169878, 114364328],
  chr14: [107349540, 107043718],
  chr15: [102531392, 101991189],
  chr16: [90354753, 90338345],
  chr17: [81195210, 83257441],
  chr18: [78077248, 80373285],
  chr19: [59128983, 58617616],
  chr20: [63025520, 64444167],
  chr21: [48129895, 46709983],
  chr22: [51304566, 50818468],
  chrX: [155270560, 156040895],
  chrY: [59373566, 57227415],
}

const GRCH38 = /grch38|hg38|(^|[^a-z0-9])b38([^a-z0-9]|$)|gca_000001405\.(1[5-9]|2\d)/i
const GRCH37 =
  /grch37|hg19|hs37|human_g1k_v37|(^|[^a-z0-9])b37([^a-z0-9]|$)|gca_000001405\.([1-9]|1[0-4])($|\D)/i
const OTHER = /hg18|ncbi36|ncbi_36|(^|[^a-z0-9])b36([^a-z0-9]|$)|hg17|chm13|t2t/i

/** Collects the header lines one by one; `finish` takes the "#CHROM" line. */
export class HeaderReader {
  readonly #name: string
  #version: string | undefined
  #alleleDepths = false
  #blockLengths = false
  readonly #builds: BuildClaim[] = []
  #otherBuild: VcfHeader['otherBuild']

  constructor(name: string) {
    this.#name = name
  }

  /** Every build that the lines so far speak for. */
  get builds(): readonly BuildClaim[] {
    return this.#builds
  }

  meta(text: string, line: number): void {
    if (line === 1) {
      this.#version = versionOf(text, this.#name)
      return
    }
    if (text.startsWith('##contig=')) this.#contig(text, line)
    else if (text.startsWith('##reference=') || text.startsWith('##assembly=')) this.#named(text, text, line)
    else if (text.startsWith('##FORMAT=<ID=AD,')) this.#alleleDepths = /[<,]Number=R[,>]/.test(text)
    else if (text.startsWith('##FORMAT=<ID=LEN,')) this.#blockLengths = true
  }

  #contig(text: string, line: number): void {
    const chromosome = chromosomeOf(/[<,]ID=([^,>]+)/.exec(text)?.[1] ?? '')
    const length = Number(/[<,]length=(\d+)/.exec(text)?.[1])
    const lengths = chromosome === undefined ? undefined : LENGTHS[chromosome]
    if (lengths !== undefined && length > 0) {
      if (length === lengths[0]) this.#builds.push({ assembly: 'GRCh37', line, text })
      if (length === lengths[1]) this.#builds.push({ assembly: 'GRCh38', line, text })
    }
    const assembly = /[<,]assembly="?([^,>"]+)/.exec(text)?.[1]
    if (assembly !== undefined) this.#named(assembly, text, line)
  }

  #named(words: string, text: string, line: number): void {
    // A reference path may name both a collection and the build in it; only one clear name counts.
    const is38 = GRCH38.test(words)
    const is37 = GRCH37.test(words)
    if (is38 && !is37) this.#builds.push({ assembly: 'GRCh38', line, text })
    else if (is37 && !is38) this.#builds.push({ assembly: 'GRCh37', line, text })
    else if (!is37 && !is38 && this.#otherBuild === undefined) {
      const other = OTHER.exec(words)?.[0]
      if (other !== undefined) this.#otherBuild = { name: other.replace(/^[^a-z0-9]|[^a-z0-9]$/gi, ''), line }
    }
  }

  /** `sites`: whether a file without samples will do. Throws VCF_HEADER_MISSING, VCF_NO_SAMPLE or VCF_DUPLICATE_SAMPLE. */
  finish(columns: string, line: number, sites = false): VcfHeader {
    if (this.#version === undefined)
      throw headerMissing(this.#name, 'the first line is not "##fileformat=VCFv4.x"')
    const names = columns.split('\t')
    const fixed = ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO']
    const wrong = fixed.findIndex((word, i) => names[i] !== word)
    if (wrong >= 0) {
      throw new Fault(
        'VCF_HEADER_MISSING',
        `${this.#name}:${line}`,
        `column ${wrong + 1} of the "#CHROM" line is "${names[wrong] ?? ''}", expected "${fixed[wrong]}"`,
        'Separate the columns with tabs and name them as VCF 4.2 section 1.5 does.',
      )
    }
    if ((names.length < 10 || names[8] !== 'FORMAT') && !(sites && names.length === fixed.length)) {
      throw new Fault(
        'VCF_NO_SAMPLE',
        `${this.#name}:${line}`,
        'the file has no sample column, so it holds no genotypes',
        'Send the file with FORMAT and at least one sample, not a list of sites.',
      )
    }
    const samples = names.slice(9)
    const seen = new Set<string>()
    for (const [i, sample] of samples.entries()) {
      if (sample === '') {
        throw new Fault(
          'VCF_NO_SAMPLE',
          `${this.#name}:${line}`,
          `column ${i + 10} has no sample name`,
          'Name every sample in the "#CHROM" line.',
        )
      }
      if (seen.has(sample)) {
        throw new Fault(
          'VCF_DUPLICATE_SAMPLE',
          `${this.#name}:${line}`,
          `sample "${sample}" is in the "#CHROM" line twice`,
          'Give every sample its own name; it cannot be told whose genotypes these are.',
        )
      }
      seen.add(sample)
    }
    return {
      version: this.#version,
      samples,
      alleleDepths: this.#alleleDepths,
      blockLengths: this.#blockLengths,
      builds: this.#builds,
      otherBuild: this.#otherBuild,
    }
  }
}

function versionOf(text: string, name: string): string {
  const version = /^##fileformat=VCFv(\d+\.\d+)\s*$/i.exec(text)?.[1]
  if (version === undefined) throw headerMissing(name, 'the first line is not "##fileformat=VCFv4.x"')
  if (!/^4\.[0-5]$/.test(version)) {
    throw new Fault(
      'VCF_VERSION',
      `${name}:1`,
      `VCF ${version} is not read here`,
      'Send VCF 4.1 to 4.5, for example as written by bcftools view.',
    )
  }
  return version
}

export function headerMissing(name: string, what: string): Fault {
  return new Fault(
    'VCF_HEADER_MISSING',
    name,
    what,
    'Send the file with its whole header: "##fileformat", the "##" lines and the "#CHROM" line.',
  )
}
