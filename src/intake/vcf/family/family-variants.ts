import type { FamilyVariant, MemberCall } from '../../../record/family-variant.ts'
import { Fault } from '../../../terms/fault.ts'
import { type Assembly, chromosomeOf } from '../../../terms/genome.ts'
import { uncompressed } from '../../compression.ts'
import { type Content, openUpload, type Progress } from '../../upload.ts'
import { wholeLines } from '../../whole-lines.ts'
import { HeaderReader, headerMissing, type VcfHeader } from '../header.ts'
import { columnsFault, positionFault } from '../record-faults.ts'
import { type CallLayout, callLayout, memberCall } from './member-call.ts'
import { NotesReader } from './site-notes.ts'

const LONGEST_LINE = 64 << 20
const BASES = /^[ACGTN]+$/
/** What a gVCF writes beside the ALT: any other base. */
const BLOCKS: ReadonlySet<string> = new Set(['<NON_REF>', '<*>'])

export interface FamilyFile {
  readonly samples: readonly string[]
  readonly assembly: Assembly
  readonly hasConsequences: boolean
}

/** What is wanted of a file of a family. */
interface FamilyRequest {
  readonly name: string
  readonly content: Content
  readonly assembly: Assembly | undefined
  /** Called once, before the first variant. */
  readonly open: (file: FamilyFile) => void
  /** Sees every record with bases for REF and one ALT; the genotypes alone. */
  readonly site?: (site: {
    readonly chromosome: FamilyVariant['chromosome']
    readonly position: number
    readonly ref: string
    readonly alt: string
    readonly filter: string
    readonly calls: readonly MemberCall[]
  }) => void
  /** Whether an ALT is wanted, by its genotypes; only then the INFO column is read. */
  readonly wanted: (calls: readonly MemberCall[]) => boolean
  readonly progress?: Progress
}

/**
 * Every wanted ALT allele of a VCF with its annotation, for all samples, in the order of the file. Left out: reference blocks,
 * symbolic and star alleles, and contigs other than chr1 to chr22, X, Y and M. Memory is one line.
 * Throws VCF_HEADER_MISSING, VCF_NO_SAMPLE, VCF_DUPLICATE_SAMPLE, VCF_BUILD_UNKNOWN, VCF_COLUMNS, VCF_POS_MALFORMED, LINE_TOO_LONG.
 */
export async function* familyVariants(request: FamilyRequest): AsyncGenerator<FamilyVariant> {
  const { name, content, progress } = request
  const upload = await openUpload(name, content, progress)
  const reader = new HeaderReader(name)
  const notes = new NotesReader()
  const layouts = new Map<string, CallLayout>()
  let header: VcfHeader | undefined
  let assembly: Assembly | undefined
  let number = 0
  for await (const { bytes, endsWithNewline } of wholeLines(
    uncompressed(upload.chunks, name),
    name,
    LONGEST_LINE,
  )) {
    const lines = bytes.toString('utf8').split('\n')
    if (endsWithNewline) lines.pop()
    for (const raw of lines) {
      number++
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
      if (header === undefined) {
        if (line.startsWith('##')) {
          reader.meta(line, number)
          notes.meta(line)
        } else {
          header = reader.finish(line, number)
          assembly = assemblyOf(header, request.assembly, name)
          request.open({ samples: header.samples, assembly, hasConsequences: notes.hasConsequences })
        }
        continue
      }
      if (line === '' || line.startsWith('#')) continue
      yield* variantsOf(line, `${name}:${number}`, header, assembly!, notes, layouts, request)
    }
  }
  if (header === undefined) throw headerMissing(name, 'the file ends before the "#CHROM" line')
}

function* variantsOf(
  line: string,
  where: string,
  header: VcfHeader,
  assembly: Assembly,
  notes: NotesReader,
  layouts: Map<string, CallLayout>,
  { site, wanted }: FamilyRequest,
): Generator<FamilyVariant> {
  const cells = line.split('\t')
  const [contig = '', pos = '', , refText = '', altText = '', , filter = '', info = '', format = ''] = cells
  const expected = header.samples.length + 9
  if (cells.length !== expected) throw columnsFault(where, expected, cells.length)
  if (!/^\d{1,10}$/.test(pos)) throw positionFault(where, pos)
  const chromosome = chromosomeOf(contig)
  if (chromosome === undefined) return
  const ref = refText.toUpperCase()
  const alts = altText.toUpperCase().split(',')
  let layout = layouts.get(format)
  if (layout === undefined) {
    layout = callLayout(format)
    layouts.set(format, layout)
  }
  const position = Number(pos)
  for (const [place, alt] of alts.entries()) {
    if (!BASES.test(alt) || !BASES.test(ref)) continue
    const calls: MemberCall[] = []
    for (let i = 9; i < cells.length; i++) calls.push(memberCall(cells[i]!, layout, place + 1))
    if (alts.every((one) => one === alt || BLOCKS.has(one)))
      site?.({ chromosome, position, ref, alt, filter, calls })
    if (!wanted(calls)) continue
    yield {
      assembly,
      chromosome,
      position,
      ref,
      alt,
      filter,
      notes: notes.read(info, ref, alts, place),
      calls,
    }
  }
}

/** The build the header speaks for, or the one that was named. */
function assemblyOf(header: VcfHeader, named: Assembly | undefined, name: string): Assembly {
  const said = new Set(header.builds.map(({ assembly }) => assembly))
  const [only] = said
  if (named !== undefined) {
    if (only !== undefined && said.size === 1 && only !== named)
      throw new Fault(
        'VCF_BUILD_CONTRADICTION',
        name,
        `the header speaks for ${only}, and ${named} was named`,
        'Check which build the file was called on.',
      )
    return named
  }
  if (only !== undefined && said.size === 1) return only
  throw new Fault(
    'VCF_BUILD_UNKNOWN',
    name,
    said.size > 1 ? 'the header speaks for two builds' : 'the header does not tell the genome build',
    'Name it with --assembly GRCh38 or --assembly GRCh37.',
  )
}
