import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readDiagnosis } from '../../../src/app/tumor/case/diagnosis.ts'
import { tumorDiagnosis } from '../../../src/app/tumor/case/disease-diagnosis.ts'
import type { GuidelineFlag, TierStatement } from '../../../src/interpret/finding/amp-tier.ts'
import { ampTiers, type Category, readCategory } from '../../../src/interpret/tumor/tumor.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { translateVariant } from '../../../src/knowledge/import/civic/variant-name.ts'
import { readTable } from '../../../src/knowledge/table.ts'
import type { SomaticVariant, TumorProfile } from '../../../src/record/tumor-profile.ts'
import { sharedData } from '../../support/shared-data.ts'

export const ASSERTIONS = 'oncology/civic/assertions.shared.tsv'

/** One assertion of the source beside our own statement on the same question. */
interface AssertionRow {
  readonly id: string
  readonly question: string
  readonly expected: string
  /** Without any guideline, and with the flag that the assertion names, as a user would enter it. */
  readonly ours: string
  readonly withGuideline: string
  readonly why: string
}

const ROLES = {
  Predictive: 'therapeutic',
  Diagnostic: 'diagnostic',
  Prognostic: 'prognostic',
} as const
const EFFECTS: Readonly<Record<string, string>> = {
  'Sensitivity/Response': 'sensitivity',
  Resistance: 'resistance',
  Positive: 'positive',
  Negative: 'negative',
  'Poor Outcome': 'poor-outcome',
  'Better Outcome': 'better-outcome',
}

/** Assertions with a tier of AMP/ASCO/CAP. Only the question is read from them, never their evidence, tier or flags. */
export function assertionRows(): readonly AssertionRow[] {
  const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
  const columns = [
    ...(['assertion_id', 'gene', 'variant', 'disease', 'doid', 'drugs', 'assertion_type'] as const),
    ...(['clinical_significance', 'amp_category', 'nccn_guideline', 'nccn_guideline_version'] as const),
  ]
  return readTable(readFileSync(sharedData(ASSERTIONS)!, 'utf8'), columns, ASSERTIONS)
    .filter((row) => row.amp_category !== '')
    .map((row) => {
      const role = ROLES[row.assertion_type as keyof typeof ROLES]
      const effect = EFFECTS[row.clinical_significance]!
      const translated = translateVariant(
        { gene: row.gene, name: row.variant, types: [], hgvs: [] },
        () => undefined,
      )
      const category = 'category' in translated ? translated.category : ''
      const therapies = row.drugs === '' ? [] : row.drugs.toLowerCase().split(',').sort()
      const diagnosis = readDiagnosis(`DOID:${row.doid}`, row.assertion_id, facts)
      const flag: GuidelineFlag = {
        ...{ category, diagnosis: `DOID:${row.doid}`, role, effect, therapies },
        ...{ guideline: 'NCCN', version: row.nccn_guideline_version },
      }
      const ask = (guidelines: readonly GuidelineFlag[]): TierStatement | undefined =>
        ampTiers(
          profileOf(readCategory(category, row.assertion_id)),
          tumorDiagnosis(diagnosis, facts),
          facts,
          { guidelines, annotations: [] },
        )
          .alterations.flatMap(({ statements }) => statements)
          .find(
            (one) => one.role === role && one.effect === effect && one.therapies.join() === therapies.join(),
          )
      const [plain, flagged] = [ask([]), ask(row.nccn_guideline === '' ? [] : [flag])]
      return {
        id: row.assertion_id,
        question: `${row.gene} ${row.variant}, ${row.disease}${row.drugs === '' ? '' : `, ${row.drugs}`} (${role})`,
        expected: row.amp_category,
        ours: tierText(plain),
        withGuideline: tierText(flagged),
        why: plain?.why.slice(0, 2).join('; ') ?? 'no statement',
      }
    })
}

function tierText(one: TierStatement | undefined): string {
  return one === undefined
    ? 'none'
    : `Tier ${one.tier}${one.level === undefined ? '' : ` - Level ${one.level}`}`
}

/** The smallest profile that has what the category names, and of which nothing else is known. */
export function profileOf(category: Category): TumorProfile {
  const none: TumorProfile = {
    ...{ sample: undefined, variants: [], copyNumbers: [], fusions: [] },
    covered: { variants: undefined, copyNumbers: undefined, fusions: undefined },
  }
  const variant = (gene: string, hgvsP: string, consequence?: string): TumorProfile => ({
    ...none,
    variants: [
      {
        ...{ gene, assembly: 'GRCh38', place: undefined, hgvsP, exon: undefined },
        consequences: consequence === undefined ? [] : [consequence],
      } satisfies SomaticVariant,
    ],
  })
  switch (category.kind) {
    case 'change':
      return variant(category.gene, `p.${category.change}`)
    case 'residue':
      return variant(category.gene, `p.${category.residue}${category.residue.startsWith('A') ? 'V' : 'A'}`)
    case 'mutation':
      return variant(category.gene, 'p.G2A', 'missense_variant')
    case 'internal-duplication':
      return variant(category.gene, 'p.D600_L601insFREYEYD', 'inframe_insertion')
    case 'copy-number':
      return { ...none, copyNumbers: [{ gene: category.gene, call: category.call }] }
    case 'fusion':
      return {
        ...none,
        fusions: [
          {
            five: category.partner === undefined ? undefined : category.gene,
            three: category.partner ?? category.gene,
          },
        ],
      }
    default:
      throw new Error(`no profile is made for ${category.kind}`)
  }
}
