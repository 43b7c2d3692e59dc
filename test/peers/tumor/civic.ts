import { fileURLToPath } from 'node:url'
import { joinParts } from '../../../src/intake/tumor/profile/join-profile.ts'
import { readTumorParts } from '../../../src/intake/tumor/receive-tumor.ts'
import { ampTiers, matchCategory, readCategory } from '../../../src/interpret/tumor/tumor.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { proteinPlaces } from '../../../src/knowledge/tumor/protein-places.ts'
import { tumorEvidence } from '../../../src/knowledge/tumor/tumor-evidence.ts'
import { sharedData } from '../../support/shared-data.ts'
import { CUTS } from '../../support/tumor-parts.ts'
import { readTsv } from '../pgx/tsv.ts'
import { profileOf } from './assertions.ts'

export const CIVIC_EVIDENCE = 'oncology/civic/01-Aug-2021-ClinicalEvidenceSummaries.tsv.gz'
export const AML = 'oncology/tumours/tcga_laml.maf.gz'

/** What became of the calls of real tumours in genes of the knowledge base. */
interface CivicMatches {
  /** Names of the knowledge base, and those that are read as a category. */
  readonly names: number
  readonly read: number
  /** Non-silent calls, those in a gene of the knowledge base, and those that fit a record. */
  readonly calls: number
  readonly inGenes: number
  readonly exact: number
  readonly byClass: number
  /** Not matched, by reason. */
  readonly unmatched: ReadonlyMap<string, number>
  readonly tumours: { readonly inGenes: number; readonly matched: number; readonly exact: number }
}

const SILENT = /^(synonymous|intron|intergenic|non_coding_transcript_exon|upstream_gene)_variant/

export async function civicMatches(): Promise<CivicMatches> {
  const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
  const places = proteinPlaces(facts)
  const records = tumorEvidence(facts).profiles.map(({ name, category, reason }) => ({
    gene: name.slice(0, name.indexOf(' ')),
    category: category === '' ? undefined : readCategory(category, name),
    reason,
  }))
  const byGene = Map.groupBy(records, ({ gene }) => gene)
  const covered = { variants: 'all', copyNumbers: undefined, fusions: undefined } as const
  const parts = await readTumorParts(AML, { path: sharedData(AML)! }, { cuts: CUTS })
  const stated = { sample: undefined, assembly: undefined, covered, purity: undefined }
  const unmatched = new Map<string, number>()
  const count = { calls: 0, inGenes: 0, exact: 0, byClass: 0 }
  const tumours = { inGenes: 0, matched: 0, exact: 0 }
  for (const { profile } of joinParts(parts, stated)) {
    let [inGenes, matched, exact] = [false, false, false]
    for (const variant of profile.variants) {
      if (variant.consequences.some((term) => SILENT.test(term))) continue
      count.calls++
      const known = variant.gene === undefined ? undefined : byGene.get(variant.gene)
      if (known === undefined) continue
      count.inGenes++
      inGenes = true
      const alone = { ...profile, variants: [variant], covered }
      const none = { ...alone, variants: [] }
      const states = known.map(({ category }) => ({
        kind: category?.kind,
        state:
          category === undefined || matchCategory(none, category, places).state === 'met'
            ? undefined
            : matchCategory(alone, category, places),
      }))
      const met = states.filter(({ state }) => state?.state === 'met')
      if (met.some(({ kind }) => kind === 'change')) {
        count.exact++
        exact = true
      } else if (met.length > 0) count.byClass++
      else {
        const reason = reasonOf(states.flatMap(({ state }) => state?.missing ?? []))
        unmatched.set(reason, (unmatched.get(reason) ?? 0) + 1)
      }
      matched ||= met.length > 0
    }
    tumours.inGenes += Number(inGenes)
    tumours.matched += Number(matched)
    tumours.exact += Number(exact)
  }
  return {
    names: records.length,
    read: records.filter(({ category }) => category !== undefined).length,
    ...count,
    unmatched,
    tumours,
  }
}

/** Why no record fits, by what is missing. */
function reasonOf(missing: readonly string[]): string {
  if (missing.some((one) => /the exon|the residue|bounds/.test(one)))
    return 'a record of an exon might fit: neither the file nor `facts/protein-places` tells the exon'
  if (missing.some((one) => one.includes('function is lost')))
    return 'a record of lost function might fit: nothing tells what the change does'
  return missing.length > 0
    ? 'the gene has records of copy number, fusions or expression, which the file does not tell, or of other changes'
    : 'the records of the gene speak of other changes, or of what no profile tells'
}

/** Evidence on BRAF V600E in the release itself, and what the tiers of a tumour with it hold. */
export function brafRetrieval(): {
  readonly release: readonly string[]
  readonly found: readonly string[]
  readonly byProfile: ReadonlyMap<string, number>
} {
  const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
  const release = readTsv(sharedData(CIVIC_EVIDENCE)!)
    .filter((row) => row['gene'] === 'BRAF' && row['variant'] === 'V600E')
    .map((row) => `EID${row['evidence_id']}`)
  const { alterations } = ampTiers(
    profileOf(readCategory('BRAF V600E', 'question')),
    { text: 'MEL', types: ['MEL'], disease: undefined },
    facts,
    { guidelines: [], annotations: [] },
  )
  const used = alterations
    .flatMap(({ statements, otherEvidence }) => [
      ...statements.flatMap(({ supports, disputes, overruled }) => [...supports, ...disputes, ...overruled]),
      ...otherEvidence,
    ])
    .map(({ id, profile }) => ({ id, profile }))
  const once = [...new Map(used.map((one) => [one.id, one])).values()]
  return {
    release: release.sort(),
    found: once.flatMap(({ id, profile }) => (profile === 'BRAF V600E' ? [id] : [])).sort(),
    byProfile: new Map(
      [...Map.groupBy(once, ({ profile }) => profile)].map(([name, of]) => [name, of.length]),
    ),
  }
}
