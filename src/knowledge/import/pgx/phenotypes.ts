import { basename } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../../terms/fault.ts'
import { releaseFiles, releaseJson } from '../release-file.ts'

const UpstreamPhenotypes = z.looseObject({
  gene: z.string(),
  version: z.string().default(''),
  namedAlleles: z.array(
    z.looseObject({
      name: z.string(),
      activityValue: z.string().nullish(),
      functionValue: z.string().nullish(),
      lookupKey: z.string(),
    }),
  ),
  diplotypes: z.array(
    z.looseObject({
      phenotype: z.string().nullish(),
      generesult: z.string(),
      lookupkey: z.string(),
      diplotypekey: z.record(z.string(), z.number()),
      activityScore: z.string().nullish(),
    }),
  ),
})

/** The tables of a phenotype pack, by file name. */
interface PhenotypeFiles {
  readonly version: string
  readonly files: Readonly<Record<'functions.tsv' | 'phenotypes.tsv', string>>
}

/**
 * Reads a folder of upstream phenotype files (<GENE>.json of a ClinPGx release: every diplotype written out) into
 * functions per allele and one rule per pair of functions. Throws IMPORT_FOLDER_*, IMPORT_PHENOTYPE_INVALID, and
 * IMPORT_PHENOTYPE_CONFLICT when two diplotypes of the same functions have another phenotype: then functions alone do
 * not decide and the release needs review.
 */
export function readPhenotypes(folder: string): PhenotypeFiles {
  const paths = releaseFiles(folder, '.json', 'Point to the phenotype folder of a ClinPGx release.')
  const functions = ['gene\tallele\tfunction\tactivity_value\tlookup_key\torigin']
  const phenotypes = ['gene\tkey1\tkey2\tphenotype\tactivity_score\tlookup_key\torigin']
  const versions: string[] = []
  for (const path of paths) {
    const name = basename(path)
    const { gene, namedAlleles, diplotypes, version } = releaseJson(path, UpstreamPhenotypes, {
      code: 'IMPORT_PHENOTYPE_INVALID',
      mend: 'The file is not a phenotype file of a ClinPGx release.',
    })
    versions.push(version)
    const keyOf = new Map(namedAlleles.map((allele) => [allele.name, allele.lookupKey]))
    for (const allele of namedAlleles) {
      functions.push(
        [
          gene,
          allele.name,
          allele.functionValue ?? '',
          allele.activityValue ?? '',
          allele.lookupKey,
          name,
        ].join('\t'),
      )
    }
    const rules = new Map<string, string>()
    for (const diplotype of diplotypes) {
      const alleles = Object.entries(diplotype.diplotypekey).flatMap(([allele, copies]) =>
        Array<string>(copies).fill(allele),
      )
      const keys = alleles.map((allele) => keyOf.get(allele))
      if (keys.includes(undefined) || keys.length === 0 || keys.length > 2) {
        throw new Fault(
          'IMPORT_PHENOTYPE_INVALID',
          path,
          `diplotype ${alleles.join('/')} names an allele that has no function`,
          'Check the release.',
        )
      }
      const pair = [...keys].sort().join('\t') + (keys.length === 1 ? '\t' : '')
      const answer = [
        diplotype.phenotype ?? diplotype.generesult,
        diplotype.activityScore ?? '',
        diplotype.lookupkey,
      ].join('\t')
      const earlier = rules.get(pair)
      if (earlier !== undefined && earlier !== answer) {
        throw new Fault(
          'IMPORT_PHENOTYPE_CONFLICT',
          path,
          `${gene} ${alleles.join('/')} is "${answer}", but the same functions gave "${earlier}"`,
          'Functions alone do not decide here; the release needs review before it can be used.',
        )
      }
      rules.set(pair, answer)
    }
    for (const [pair, answer] of rules) phenotypes.push([gene, pair, answer, name].join('\t'))
  }
  return {
    version: versions.sort().at(-1) ?? '',
    files: { 'functions.tsv': `${functions.join('\n')}\n`, 'phenotypes.tsv': `${phenotypes.join('\n')}\n` },
  }
}
