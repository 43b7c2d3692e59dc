import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readHotspots } from '../../../src/app/tumor/hotspot-table.ts'
import { variantReader } from '../../../src/intake/tumor/table/variant-columns.ts'
import type { Oncogenicity, OncogenicityClass } from '../../../src/interpret/finding/tumor.ts'
import {
  oncogenicityOf,
  readOncogenicityCodes,
  statedCode,
  tumorFinding,
} from '../../../src/interpret/tumor/tumor.ts'
import { acmgCriteria } from '../../../src/knowledge/acmg/criteria.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { oncogenicityFacts } from '../../../src/knowledge/tumor/oncogenicity-evidence.ts'
import { oncogenicityRules } from '../../../src/knowledge/tumor/oncogenicity-sop.ts'
import { sharedData } from '../../support/shared-data.ts'
import { readTsv } from '../pgx/tsv.ts'

export const SOP = 'oncology/oncogenicity/sop_variants.shared.tsv'
const HOTSPOTS = ['cancerhotspots_v2_single_residue.tsv', 'cancerhotspots_v2_inframe_indel.tsv']

/** One variant of the standard's own validation set. */
interface SopRow {
  readonly name: string
  /** ClinVar's label by an expert; undefined: it has none. */
  readonly label: OncogenicityClass | undefined
  /** What a peer printed: codes, their sum, its class. */
  readonly peer: { readonly points: number; readonly class: OncogenicityClass }
  /** The peer's codes combined here. */
  readonly combined: Oncogenicity
  /** Codes assessed here from the columns that are evidence, and the user's hotspot tables. */
  readonly assessed: Oncogenicity
}

function classNamed(text: string): OncogenicityClass {
  const words = text.toLowerCase().replace(' ', '-')
  return words === 'vus' ? 'uncertain' : (words as OncogenicityClass)
}

export async function sopRows(): Promise<SopRow[]> {
  const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
  const rules = oncogenicityRules(facts)
  const path = sharedData(SOP)!
  const header = readFileSync(path, 'utf8').split('\n')[0]!.toLowerCase().split('\t')
  const read = variantReader(header, path, acmgCriteria(facts).missenseTools)
  const hotspots = await readHotspots(HOTSPOTS.map((name) => sharedData(`oncology/oncogenicity/${name}`)!))
  return readTsv(path).map((row) => {
    const given = read(Object.values(row), 0, 'GRCh38')
    const evidence = {
      ...given.variant.annotation,
      ...given,
      ...(hotspots === undefined ? {} : { hotspots }),
    }
    const codes = readOncogenicityCodes(row['OncoVI_criteria']!, SOP)
    const label = row['ClinVar_Oncogenicity']!
    return {
      name: `${row['SYMBOL']} ${row['HGVSp']!.replace(/^.*:/, '') || row['HGVSc']!.replace(/^.*:/, '') || `5:${row['POS']}`}`,
      label: label === '' ? undefined : classNamed(label),
      peer: { points: Number(row['OncoVI_points']), class: classNamed(row['OncoVI_class']!) },
      combined: oncogenicityOf(
        codes.map((code) => statedCode(code, 'peer', rules)),
        rules,
      ),
      assessed: tumorFinding(undefined, evidence, oncogenicityFacts(facts), rules, acmgCriteria(facts))
        .oncogenicity,
    }
  })
}

/** One change that cancerhotspots.org counts as OS3 asks, as it is classified when gnomAD has no record of it. */
interface HotspotRow {
  readonly gene: string
  readonly change: string
  readonly class: OncogenicityClass
  /** Codes that would be needed for more and are not assessed. */
  readonly open: readonly string[]
}

/** Every substitution of the hotspot table with 10 samples or more, at a residue with 50 or more. No label is read: none exists. */
export async function hotspotRows(): Promise<HotspotRow[]> {
  const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
  const rules = oncogenicityRules(facts)
  const path = sharedData(`oncology/oncogenicity/${HOTSPOTS[0]}`)!
  const hotspots = (await readHotspots([path]))!
  return readTsv(path).flatMap((row) => {
    const [gene, change] = [row['gene']!, `${row['residue']!}${row['alt_aa']!}`]
    const often = Number(row['samples']) >= 10 && Number(row['residue_samples']) >= 50
    if (!often || change.endsWith('sp')) return []
    const { criteria, ...found } = tumorFinding(
      undefined,
      {
        variant: {
          ...{ gene, assembly: 'GRCh38', place: undefined, hgvsP: `p.${change}` },
          ...{ consequences: [change.endsWith('*') ? 'stop_gained' : 'missense_variant'], exon: undefined },
        },
        population: { frequency: 0, absent: true, populations: true, source: 'assumed' },
        hotspots,
      },
      oncogenicityFacts(facts),
      rules,
      acmgCriteria(facts),
    ).oncogenicity
    const open = criteria.filter(({ code, state }) => /^O[SP][12]$/.test(code) && state === 'not-assessed')
    return [{ gene, change, class: found.class, open: open.map(({ code }) => code) }]
  })
}
