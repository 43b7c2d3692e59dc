import { join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../../terms/fault.ts'
import { releaseFiles, releaseJson } from '../release-file.ts'
import { repeatContext } from './repeat-context.ts'

/** One position of an upstream translation file, as ClinPGx publishes it. */
const UpstreamLocus = z.looseObject({
  chromosome: z.string(),
  position: z.number().int(),
  rsid: z.string().nullish(),
  chromosomeHgvsName: z.string(),
  cpicAlleles: z.array(z.string()),
  cpicToVcfAlleleMap: z.record(z.string(), z.string()),
  ref: z.string(),
  alts: z.array(z.string()),
})
type UpstreamLocus = z.infer<typeof UpstreamLocus>

const UpstreamAllele = z.looseObject({
  name: z.string(),
  id: z.string().nullish(),
  alleles: z.array(z.string().nullable()),
  reference: z.boolean().default(false),
})

const UpstreamGene = z.looseObject({
  version: z.string(),
  gene: z.string(),
  chromosome: z.string(),
  refSeqChromosomeId: z.string(),
  variants: z.array(UpstreamLocus),
  namedAlleles: z.array(UpstreamAllele),
  suballelesMap: z.record(z.string(), z.string()).nullish(),
})

const UpstreamExemption = z.looseObject({
  gene: z.string(),
  requiredPositions: z.array(z.number()).default([]),
  extraPositions: z.array(UpstreamLocus).default([]),
  unphasedDiplotypePriorities: z
    .array(z.looseObject({ list: z.array(z.string()), pick: z.string() }))
    .default([]),
  amp1Positions: z.array(z.number()).default([]),
})

/** The tables of an allele-definition pack, by file name. */
interface DefinitionTables {
  readonly version: string
  readonly files: Readonly<Record<'genes.tsv' | 'loci.tsv' | 'alleles.tsv' | 'unphased-picks.tsv', string>>
}

/** GRCh37 counterpart of a locus, from a coordinate table. */
export interface Grch37 {
  readonly position: number
  readonly ref: string
}

const CHECK = {
  code: 'IMPORT_DEFINITION_INVALID',
  mend: 'The file is not in translation format 2; check the release.',
}

/**
 * Reads a folder of upstream translation files (<GENE>_translation.json and exemptions.json, ClinPGx format 2) into
 * our own tables. `grch37` maps "chr1:97078987" (1-based) to its GRCh37 position and base.
 * Throws IMPORT_FOLDER_UNREADABLE, IMPORT_FOLDER_EMPTY, IMPORT_DEFINITION_INVALID, IMPORT_HGVS_UNREAD.
 */
export function readDefinitions(folder: string, grch37: ReadonlyMap<string, Grch37>): DefinitionTables {
  const paths = releaseFiles(
    folder,
    '_translation.json',
    'Point to the folder of allele definitions of a ClinPGx release.',
  )
  const exemptions = releaseJson(join(folder, 'exemptions.json'), z.record(z.string(), UpstreamExemption), {
    code: CHECK.code,
    mend: 'The release carries exemptions.json beside the definitions; it names positions that must be known.',
  })
  const genes = ['gene\tchromosome\trefseq\treference_allele\trequired_positions\tamp1_positions']
  const loci = [
    'gene\tchromosome\tposition\trsid\tref\talts\thgvs\tgrch37_position\tgrch37_ref\tcontext_start\tcontext\textra',
  ]
  const alleles = ['gene\tallele\tid\treported_as\tcells']
  const picks = ['gene\tdiplotypes\tpick']
  const versions: string[] = []
  for (const path of paths) {
    const definition = releaseJson(path, UpstreamGene, CHECK)
    const { gene, variants, namedAlleles } = definition
    const reference = namedAlleles.find((allele) => allele.reference)
    if (reference === undefined) throw invalid(path, `${gene} names no reference allele`)
    const exemption = exemptions[gene]
    versions.push(definition.version)
    genes.push(
      [
        gene,
        definition.chromosome,
        definition.refSeqChromosomeId,
        reference.name,
        (exemption?.requiredPositions ?? []).join(','),
        (exemption?.amp1Positions ?? []).join(','),
      ].join('\t'),
    )
    for (const variant of variants) loci.push(locusRow(gene, variant, grch37, false))
    for (const variant of exemption?.extraPositions ?? []) loci.push(locusRow(gene, variant, grch37, true))
    for (const allele of namedAlleles) alleles.push(alleleRow(definition, allele, path))
    for (const pick of exemption?.unphasedDiplotypePriorities ?? [])
      picks.push([gene, pick.list.join('|'), pick.pick].join('\t'))
  }
  return {
    version: versions.sort().at(-1) ?? '',
    files: {
      'genes.tsv': text(genes),
      'loci.tsv': text(loci),
      'alleles.tsv': text(alleles),
      'unphased-picks.tsv': text(picks),
    },
  }
}

function invalid(path: string, what: string): Fault {
  return new Fault(CHECK.code, path, what, 'Check the release.')
}

/** Cells as "position=bases"; of the reference allele only those that differ from REF. */
function alleleRow(
  definition: z.infer<typeof UpstreamGene>,
  allele: z.infer<typeof UpstreamAllele>,
  path: string,
): string {
  const { gene, variants, suballelesMap } = definition
  const cells = variants.flatMap((variant, i) => {
    const bases = allele.alleles[i]
    if (bases === null || bases === undefined) return []
    if (bases !== variant.ref && !variant.alts.includes(bases) && !/^[RYSWKMBDHVN]$/.test(bases))
      throw invalid(
        path,
        `${gene} ${allele.name} requires "${bases}" at ${variant.position}, which is none of ${[variant.ref, ...variant.alts].join(', ')}`,
      )
    return [{ position: variant.position, bases, ref: variant.ref }]
  })
  if (allele.reference && cells.length !== variants.length)
    throw invalid(path, `the reference allele ${allele.name} leaves positions blank`)
  const written = cells
    .filter((cell) => !allele.reference || cell.bases !== cell.ref)
    .map((cell) => `${cell.position}=${cell.bases}`)
  return [
    gene,
    allele.name,
    allele.id ?? '',
    suballelesMap?.[allele.name] ?? allele.name,
    [...(allele.reference ? ['reference'] : []), ...written].join(';'),
  ].join('\t')
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}

function locusRow(
  gene: string,
  locus: UpstreamLocus,
  grch37: ReadonlyMap<string, Grch37>,
  extra: boolean,
): string {
  const old = grch37.get(`${locus.chromosome}:${locus.position}`)
  const context = repeatContext(locus)
  return [
    gene,
    locus.chromosome,
    locus.position,
    locus.rsid ?? '',
    locus.ref,
    locus.alts.join(','),
    locus.chromosomeHgvsName,
    old?.position ?? '',
    old?.ref ?? '',
    context?.start ?? '',
    context?.bases ?? '',
    extra ? 'yes' : '',
  ].join('\t')
}
