import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
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
export interface DefinitionTables {
  readonly version: string
  readonly files: Readonly<Record<'genes.tsv' | 'loci.tsv' | 'alleles.tsv' | 'unphased-picks.tsv', string>>
}

/** GRCh37 counterpart of a locus, from a coordinate table. */
export interface Grch37 {
  readonly position: number
  readonly ref: string
}

/**
 * Reads a folder of upstream translation files (<GENE>_translation.json and exemptions.json, ClinPGx format 2) into
 * our own tables. `grch37` maps "chr1:97078987" to its GRCh37 position and base.
 * Throws IMPORT_FOLDER_EMPTY, IMPORT_DEFINITION_INVALID.
 */
export function readDefinitions(folder: string, grch37: ReadonlyMap<string, Grch37>): DefinitionTables {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('_translation.json'))
    .sort()
  if (names.length === 0) {
    throw new Fault(
      'IMPORT_FOLDER_EMPTY',
      folder,
      'no *_translation.json file is here',
      'Point to the folder of allele definitions of a ClinPGx release.',
    )
  }
  const exemptions = readExemptions(folder)
  const genes = ['gene\tchromosome\trefseq\treference_allele\trequired_positions\tamp1_positions']
  const loci = [
    'gene\tchromosome\tposition\trsid\tref\talts\thgvs\tgrch37_position\tgrch37_ref\tcontext_start\tcontext\textra',
  ]
  const alleles = ['gene\tallele\tid\treported_as\tcells']
  const picks = ['gene\tdiplotypes\tpick']
  const versions = new Set<string>()
  for (const name of names) {
    const path = join(folder, name)
    const definition = UpstreamGene.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (!definition.success) {
      throw new Fault(
        'IMPORT_DEFINITION_INVALID',
        path,
        z.prettifyError(definition.error),
        'The file is not in translation format 2; check the release.',
      )
    }
    const { gene, variants, namedAlleles, suballelesMap, ...head } = definition.data
    versions.add(head.version)
    const exemption = exemptions.get(gene)
    const reference = namedAlleles.find((allele) => allele.reference)
    if (reference === undefined) {
      throw new Fault(
        'IMPORT_DEFINITION_INVALID',
        path,
        `${gene} names no reference allele`,
        'Check the release.',
      )
    }
    genes.push(
      [
        gene,
        head.chromosome,
        head.refSeqChromosomeId,
        reference.name,
        (exemption?.requiredPositions ?? []).join(','),
        (exemption?.amp1Positions ?? []).join(','),
      ].join('\t'),
    )
    for (const variant of variants) loci.push(locusRow(gene, variant, grch37, false))
    for (const variant of exemption?.extraPositions ?? []) loci.push(locusRow(gene, variant, grch37, true))
    for (const allele of namedAlleles) {
      const cells = variants.flatMap((variant, i) => {
        const base = allele.alleles[i]
        return base === null || base === undefined ? [] : [`${variant.position}=${base}`]
      })
      alleles.push(
        [
          gene,
          allele.name,
          allele.id ?? '',
          suballelesMap?.[allele.name] ?? allele.name,
          allele.reference ? 'reference' : cells.join(';'),
        ].join('\t'),
      )
      if (allele.reference && cells.length !== variants.length) {
        throw new Fault(
          'IMPORT_DEFINITION_INVALID',
          path,
          `the reference allele ${allele.name} leaves positions blank`,
          'Check the release.',
        )
      }
      if (allele.reference) {
        const wobbles = variants
          .filter((variant, i) => allele.alleles[i] !== variant.ref)
          .map((variant) => `${variant.position}=${allele.alleles[variants.indexOf(variant)]}`)
        if (wobbles.length > 0) alleles[alleles.length - 1] += `;${wobbles.join(';')}`
      }
    }
    for (const pick of exemption?.unphasedDiplotypePriorities ?? [])
      picks.push([gene, pick.list.join('|'), pick.pick].join('\t'))
  }
  return {
    version: [...versions].sort().at(-1) ?? '',
    files: {
      'genes.tsv': text(genes),
      'loci.tsv': text(loci),
      'alleles.tsv': text(alleles),
      'unphased-picks.tsv': text(picks),
    },
  }
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}

function readExemptions(folder: string): Map<string, z.infer<typeof UpstreamExemption>> {
  const raw: unknown = JSON.parse(readFileSync(join(folder, 'exemptions.json'), 'utf8'))
  return new Map(Object.entries(z.record(z.string(), UpstreamExemption).parse(raw)))
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
