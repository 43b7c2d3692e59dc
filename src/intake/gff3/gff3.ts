import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { Transcript } from '../../variant/transcript.ts'
import { TranscriptSet } from '../../variant/transcript-set.ts'
import { wholeLines } from '../whole-lines.ts'
import { type Feature, parseFeature } from './feature.ts'
import { buildTranscript, type GeneLine, type TranscriptParts, type Unusable } from './transcript-builder.ts'

const LONGEST_LINE = 1 << 20
/** Features that lie below a transcript or beside it and are not transcripts. */
const NOT_TRANSCRIPTS =
  /^(gene|ncRNA_gene|.*_gene|pseudogene|exon|CDS|.*UTR|start_codon|stop_codon|stop_codon_redefined_as_selenocysteine|region|chromosome|scaffold|supercontig|biological_region|cDNA_match|match|match_part|intron|polypeptide|protein)$/

export interface Gff3Transcripts {
  readonly transcripts: TranscriptSet
  /** Transcripts of the file that are not used, by why, with a few names. */
  readonly unusable: ReadonlyMap<Unusable, { count: number; readonly examples: string[] }>
}

/**
 * Transcripts of a GFF3 file of Ensembl, GENCODE or NCBI RefSeq, uncompressed. All of it is held in memory, since a parent may
 * stand anywhere in the file. `assembly` is the build where the head of the file names none. Throws GFF3_LINE, GFF3_NO_TRANSCRIPTS and LINE_TOO_LONG.
 */
export async function readGff3(
  name: string,
  text: AsyncIterable<Uint8Array>,
  assembly?: Assembly,
): Promise<Gff3Transcripts> {
  const collected = new Collected()
  let line = 0
  let stated: Assembly | undefined
  for await (const { bytes } of wholeLines(text, name, LONGEST_LINE)) {
    for (const row of bytes.toString('utf8').split('\n')) {
      line += 1
      const clean = row.endsWith('\r') ? row.slice(0, -1) : row
      if (clean.startsWith('##FASTA')) return collected.finish(name, stated ?? assembly)
      stated ??= clean.startsWith('#') ? statedBuild(clean) : undefined
      const feature = parseFeature(clean, name, line)
      if (feature !== undefined) collected.take(feature)
    }
    line -= 1
  }
  return collected.finish(name, stated ?? assembly)
}

/** The build that a head names: Ensembl and NCBI "#!genome-build GRCh38.p14", GENCODE "##description: … (GRCh38) …". */
function statedBuild(line: string): Assembly | undefined {
  const [, build] = /^(?:#!genome-(?:build|version)\s+|##description:.*\()(GRCh3[78])\b/.exec(line) ?? []
  return build as Assembly | undefined
}

class Collected {
  readonly #genes = new Map<string, Feature>()
  readonly #transcripts = new Map<
    string,
    { feature: Feature; exons: Feature[]; cds: Feature[]; listsUtr: boolean }
  >()
  readonly #below: Feature[] = []

  take(feature: Feature): void {
    const { type, attributes } = feature
    const id = attributes.get('ID')
    if (type === 'exon' || type === 'CDS' || type.endsWith('UTR')) this.#below.push(feature)
    else if (/(^|_)gene$/.test(type) || type === 'pseudogene' || id?.startsWith('gene:') === true) {
      if (id !== undefined) this.#genes.set(id, feature)
    } else if (!NOT_TRANSCRIPTS.test(type) && id !== undefined)
      this.#transcripts.set(id, { feature, exons: [], cds: [], listsUtr: false })
  }

  finish(name: string, assembly: Assembly | undefined): Gff3Transcripts {
    for (const feature of this.#below) {
      // An exon of several transcripts names them all, separated by commas.
      for (const parent of (feature.attributes.get('Parent') ?? '').split(',')) {
        const transcript = this.#transcripts.get(parent)
        if (transcript === undefined) continue
        if (feature.type.endsWith('UTR')) transcript.listsUtr = true
        else (feature.type === 'CDS' ? transcript.cds : transcript.exons).push(feature)
      }
    }
    const made: Transcript[] = []
    const unusable = new Map<Unusable, { count: number; examples: string[] }>()
    for (const parts of this.#transcripts.values()) {
      const gene = this.#genes.get(parts.feature.attributes.get('Parent') ?? '')
      const whole: TranscriptParts = { ...parts, gene: gene === undefined ? undefined : geneLine(gene) }
      const transcript = buildTranscript(whole, assembly)
      if (typeof transcript !== 'string') made.push(transcript)
      else {
        const seen = unusable.get(transcript) ?? { count: 0, examples: [] }
        unusable.set(transcript, seen)
        seen.count += 1
        if (seen.examples.length < 5) seen.examples.push(parts.feature.attributes.get('ID')!)
      }
    }
    if (made.length === 0) {
      throw new Fault(
        'GFF3_NO_TRANSCRIPTS',
        name,
        'there is no transcript with exons in it',
        'Give the GFF3 file of genes (Ensembl "Homo_sapiens.*.gff3", GENCODE or NCBI "genomic.gff").',
      )
    }
    return { transcripts: new TranscriptSet(name, made), unusable }
  }
}

function geneLine(feature: Feature): GeneLine {
  const { attributes } = feature
  const hgnc = /HGNC:(?:HGNC:)?(\d+)/.exec(
    `${attributes.get('Dbxref') ?? ''} ${attributes.get('hgnc_id') ?? ''} ${attributes.get('description') ?? ''}`,
  )?.[1]
  const entrez = /GeneID:(\d+)/.exec(attributes.get('Dbxref') ?? '')?.[1]
  const id = attributes.get('gene_id') ?? entrez ?? attributes.get('ID')!
  return {
    id: id.replace(/^(gene:|gene-)/, ''),
    symbol: attributes.get('Name') ?? attributes.get('gene_name') ?? attributes.get('gene'),
    hgnc: hgnc === undefined ? undefined : `HGNC:${hgnc}`,
    biotype: attributes.get('biotype') ?? attributes.get('gene_type') ?? attributes.get('gene_biotype'),
  }
}
