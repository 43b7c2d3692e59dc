import type { TumorPart } from '../../../record/tumor-part.ts'
import type { CopyNumberSegment, SomaticVariant } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import { type Assembly, chromosomeOf } from '../../../terms/genome.ts'
import { NotesReader } from '../../vcf/family/site-notes.ts'
import { failureOf } from '../../vcf/filter.ts'
import { HeaderReader, headerMissing, type VcfHeader } from '../../vcf/header.ts'
import { columnsFault, positionFault } from '../../vcf/record-faults.ts'
import { wholeLines } from '../../whole-lines.ts'
import { Tally } from '../tally.ts'
import { MOST_RECORDS, type TumorFormat, type TumorOptions, tooMany } from '../tumor-format.ts'
import { RejectedCalls } from '../words/rejected-calls.ts'
import { annotatedVariant } from './annotated-variant.ts'
import { BreakendPairs, isBreakend } from './breakends.ts'
import { copySegmentOf } from './copy-segment.ts'
import { type Field, readsOfRecord, readsOfSample } from './somatic-reads.ts'
import { statusOf } from './somatic-status.ts'
import { SampleClaims, type SampleRoles, sampleRoles } from './tumor-sample.ts'

const LONGEST_LINE = 64 << 20
const BASES = /^[ACGTN]+$/
/** What gVCFs write beside the ALT, and the star of a deletion upstream. */
const NO_ALLELE: ReadonlySet<string> = new Set(['<NON_REF>', '<*>', '*', '.'])

/** Variants of tumours in VCF, as Mutect2, Strelka2, VarDict, VarScan, DRAGEN and others write them; joins as breakends. */
export const somaticVcf: TumorFormat = {
  name: 'VCF',
  sniff: (head) => /^##fileformat=VCF|^#CHROM\t/i.test(head),
  async read({ name, text, options }) {
    const meta = new HeaderReader(name)
    const notes = new NotesReader()
    const claims = new SampleClaims()
    let file: VcfFile | undefined
    let number = 0
    for await (const { bytes, endsWithNewline } of wholeLines(text, name, LONGEST_LINE)) {
      const lines = bytes.toString('utf8').split('\n')
      if (endsWithNewline) lines.pop()
      for (const raw of lines) {
        number++
        const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
        if (file !== undefined) {
          if (line !== '' && !line.startsWith('#')) file.take(line, number)
        } else if (line.startsWith('##')) {
          meta.meta(line, number)
          notes.meta(line)
          claims.meta(line)
        } else {
          const header = meta.finish(line, number, true)
          const roles = sampleRoles(header.samples, claims, options.tumorSample, name)
          file = new VcfFile(name, header, roles, notes, options)
        }
      }
    }
    if (file === undefined) throw headerMissing(name, 'the file ends before the "#CHROM" line')
    return file.parts()
  },
}

interface OfTumor {
  readonly sample: string | undefined
  readonly column: number
  readonly variants: SomaticVariant[]
  readonly breakends: BreakendPairs
  readonly segments: CopyNumberSegment[]
  readonly left: Tally
  readonly rejected: RejectedCalls
}

class VcfFile {
  readonly #name: string
  readonly #header: VcfHeader
  readonly #roles: SampleRoles
  readonly #notes: NotesReader
  readonly #options: TumorOptions
  readonly #assembly: Assembly
  readonly #tumors: readonly OfTumor[]
  readonly #normal: number
  #records = 0
  #controlled = false

  constructor(
    name: string,
    header: VcfHeader,
    roles: SampleRoles,
    notes: NotesReader,
    options: TumorOptions,
  ) {
    this.#name = name
    this.#header = header
    this.#roles = roles
    this.#notes = notes
    this.#options = options
    this.#assembly = buildOf(header, options.assembly, name)
    const names = roles.tumors.length === 0 ? [undefined] : roles.tumors
    this.#tumors = names.map((sample) => ({
      sample,
      column: sample === undefined ? -1 : header.samples.indexOf(sample) + 9,
      variants: [],
      breakends: new BreakendPairs(),
      segments: [],
      left: new Tally(),
      rejected: new RejectedCalls(),
    }))
    this.#normal = roles.normal === undefined ? -1 : header.samples.indexOf(roles.normal) + 9
  }

  take(line: string, number: number): void {
    if (++this.#records > MOST_RECORDS) throw tooMany(this.#name)
    const cells = line.split('\t')
    const where = `${this.#name}:${number}`
    const expected = this.#header.samples.length === 0 ? 8 : this.#header.samples.length + 9
    const [
      contig = '',
      pos = '',
      id = '',
      refText = '',
      altText = '',
      ,
      filter = '',
      info = '',
      format = '',
    ] = cells
    if (cells.length !== expected) throw columnsFault(where, expected, cells.length)
    if (!/^\d{1,10}$/.test(pos)) throw positionFault(where, pos)
    const chromosome = chromosomeOf(contig)
    const ref = refText.toUpperCase()
    const alts = altText.split(',')
    const label = `${contig}:${pos} ${refText}>${altText.slice(0, 40)}`
    if (chromosome === undefined) {
      for (const tumor of this.#tumors) tumor.left.add('not on a chromosome', label)
      return
    }
    const infoField = infoOf(info)
    const formatKeys = format.split(':')
    for (const tumor of this.#tumors) {
      const fields = sampleOf(cells[tumor.column], formatKeys)
      const failed = failureOf(
        filter
          .split(';')
          .filter((code) => !this.#options.acceptFilters?.includes(code))
          .join(';'),
      )
      const segment = copySegmentOf(chromosome, Number(pos), altText, infoField, fields)
      if (segment !== undefined) {
        if (failed === undefined) tumor.segments.push(segment)
        else tumor.left.add(`copy number with filter ${failed}`, label)
        continue
      }
      for (const [place, altRaw] of alts.entries()) {
        if (NO_ALLELE.has(altRaw)) continue
        const alt = altRaw.toUpperCase()
        if (!carried(fields('GT'), place + 1)) {
          tumor.left.add('not carried by the tumour (GT)', label)
          continue
        }
        if (failed !== undefined) {
          tumor.left.add(`filter ${failed}`, this.#labelOf(info, ref, alts, place) ?? label)
          this.#reject(tumor, failed, { info, ref, alts, place, infoField, fields, where })
          continue
        }
        if (isBreakend(altRaw)) {
          tumor.breakends.add({
            chromosome,
            position: Number(pos),
            id,
            ref,
            alt: altRaw,
            info: infoField,
            sample: fields,
          })
          continue
        }
        if (!BASES.test(alt) || !BASES.test(ref)) {
          tumor.left.add(`structural allele ${altRaw.slice(0, 20)}, which is not read as a variant`, label)
          continue
        }
        const status = statusOf(infoField, fields)
        if (status.leaveOut !== undefined) {
          tumor.left.add(status.leaveOut, label)
          continue
        }
        const allele = { ref, alt, number: place + 1, of: alts.length }
        const control = sampleOf(cells[this.#normal], formatKeys)
        const normal =
          this.#normal >= 0
            ? readsOfSample(control, allele, where)
            : readsOfRecord('normal', infoField, fields, allele, where)
        this.#controlled ||= normal !== undefined
        const reads =
          readsOfRecord('tumor', infoField, fields, allele, where) ??
          (tumor.column < 0 ? undefined : readsOfSample(fields, allele, where))
        tumor.variants.push({
          ...annotatedVariant(
            this.#notes.read(
              info,
              ref,
              alts.map((one) => one.toUpperCase()),
              place,
            ),
            this.#assembly,
            { chromosome: chromosome.slice(3), position: Number(pos), ref, alt },
            this.#notes.hasConsequences,
          ),
          ...(reads === undefined ? {} : { tumor: reads }),
          ...(normal === undefined ? {} : { normal }),
          ...(status.origin === undefined ? {} : { origin: status.origin }),
          ...(status.tagged === undefined ? {} : { tagged: status.tagged }),
        })
      }
    }
  }

  /** Keeps a call that failed, with its reads, where the file says what it changes. */
  #reject(
    tumor: OfTumor,
    filter: string,
    {
      info,
      ref,
      alts,
      place,
      infoField,
      fields,
      where,
    }: {
      readonly info: string
      readonly ref: string
      readonly alts: readonly string[]
      readonly place: number
      readonly infoField: ReturnType<typeof infoOf>
      readonly fields: ReturnType<typeof sampleOf>
      readonly where: string
    },
  ): void {
    const alt = alts[place]!.toUpperCase()
    if (!this.#notes.hasConsequences || !BASES.test(alt) || !BASES.test(ref)) return
    const allele = { ref, alt, number: place + 1, of: alts.length }
    const reads =
      readsOfRecord('tumor', infoField, fields, allele, where) ??
      (tumor.column < 0 ? undefined : readsOfSample(fields, allele, where))
    const variant = annotatedVariant(
      this.#notes.read(info, ref, alts, place),
      this.#assembly,
      undefined,
      true,
    )
    tumor.rejected.add(reads === undefined ? variant : { ...variant, tumor: reads }, filter)
  }

  /** Gene and change of a variant that is left out, so that a reader sees whether it matters. */
  #labelOf(info: string, ref: string, alts: readonly string[], place: number): string | undefined {
    if (!this.#notes.hasConsequences) return undefined
    const { gene, hgvsP } = annotatedVariant(
      this.#notes.read(info, ref, alts, place),
      this.#assembly,
      undefined,
      true,
    )
    return gene === undefined ? undefined : [gene, hgvsP].filter((one) => one !== undefined).join(' ')
  }

  parts(): TumorPart[] {
    const design = this.#roles.design ?? (this.#controlled ? 'tumour-normal' : undefined)
    return this.#tumors.map(({ sample, variants, breakends, segments, left, rejected }) => {
      const fusions = breakends.fusions(left)
      return {
        file: this.#name,
        format: 'VCF',
        content: [
          'small variants' as const,
          ...(fusions.length > 0 ? (['fusions'] as const) : []),
          ...(segments.length > 0 ? (['copy number segments'] as const) : []),
        ],
        sample: sample !== undefined && /^(tumou?r|sample|normal|\?)$/i.test(sample) ? undefined : sample,
        said: {
          variants,
          fusions,
          ...(segments.length === 0 ? {} : { segments }),
          ...rejected.said(),
          assembly: this.#assembly,
          ...(design === undefined ? {} : { assay: { name: undefined, design } }),
        },
        records: this.#records,
        leftOut: left.list(),
        notes: [
          `The tumour is ${sample === undefined ? 'the whole file' : `column ${sample}`}: ${this.#roles.because}${this.#roles.normal === undefined ? '' : `; the normal is ${this.#roles.normal}`}.`,
          ...(design === undefined
            ? ['Nothing tells whether a matched normal was read: inherited variants may be among these.']
            : design === 'tumour-only'
              ? ['Called without a matched normal: inherited variants may be among these.']
              : []),
          ...(this.#notes.hasConsequences
            ? []
            : [
                'The file says nothing of genes and consequences (INFO CSQ, ANN or BCSQ). Annotate it first, or give --fasta-ref and --gff-annot.',
              ]),
        ],
      }
    })
  }
}

/** True unless the genotype says otherwise: callers of somatic variants leave GT away or write "..". */
function carried(genotype: string | undefined, allele: number): boolean {
  if (genotype === undefined) return true
  const alleles = genotype.split(/[/|]/).filter((one) => one !== '' && one !== '.')
  return alleles.length === 0 || alleles.includes(String(allele))
}

function infoOf(info: string): Field {
  let fields: Map<string, string> | undefined
  return (key) => {
    if (fields === undefined) {
      fields = new Map()
      for (const entry of info.split(';')) {
        const equals = entry.indexOf('=')
        fields.set(equals < 0 ? entry : entry.slice(0, equals), equals < 0 ? '' : entry.slice(equals + 1))
      }
    }
    const text = fields.get(key)
    return text === '.' ? undefined : text
  }
}

function sampleOf(column: string | undefined, keys: readonly string[]): Field {
  if (column === undefined) return () => undefined
  const cells = column.split(':')
  return (key) => {
    const at = keys.indexOf(key)
    const text = at < 0 ? undefined : cells[at]
    return text === '.' || text === '' ? undefined : text
  }
}

/** The build of the header or of --assembly. Throws BUILD_CONTRADICTS, BUILD_MIXED, BUILD_UNSUPPORTED, BUILD_UNKNOWN. */
function buildOf(header: VcfHeader, stated: Assembly | undefined, name: string): Assembly {
  const [first] = header.builds
  const differs = header.builds.find(({ assembly }) => assembly !== first?.assembly)
  if (first !== undefined && differs === undefined) {
    if (stated === undefined || stated === first.assembly) return first.assembly
    throw new Fault(
      'BUILD_CONTRADICTS',
      `${name}:${first.line}`,
      `the header says ${first.assembly}, --assembly says ${stated}`,
      'Correct the header if it is wrong, or leave the option away.',
    )
  }
  if (stated !== undefined) return stated
  if (differs !== undefined)
    throw new Fault(
      'BUILD_MIXED',
      `${name}:${differs.line}`,
      `line ${first!.line} of the header says ${first!.assembly}, line ${differs.line} says ${differs.assembly}`,
      'Remove the wrong line, or state the build with --assembly.',
    )
  if (header.otherBuild !== undefined)
    throw new Fault(
      'BUILD_UNSUPPORTED',
      `${name}:${header.otherBuild.line}`,
      `the file is of ${header.otherBuild.name}`,
      'GRCh37 (hg19) and GRCh38 (hg38) are read. Lift the file over or call it again on one of them.',
    )
  throw new Fault(
    'BUILD_UNKNOWN',
    name,
    'the header does not tell the genome build',
    'Name it with --assembly GRCh38 or --assembly GRCh37.',
  )
}
