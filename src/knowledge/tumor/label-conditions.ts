import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with what labels of cancer drugs say of earlier treatment and of other conditions. */
export const LABELS_PACK = 'cancer-drug-labels'

const Weight = z.enum(['contraindicated', 'boxed', 'warning', 'dose'])

const Clearance = z.coerce.number().min(0).max(200)

/** Key of the condition that labels speak of by a number, how much is cleared. */
export const KIDNEYS = 'kidney-disease'

/** A condition of a person that labels of cancer drugs speak of. */
export interface LabelCondition {
  readonly key: string
  readonly words: string
  /** Codes of ICD-10 and ICD-10-CM by their beginning. */
  readonly icd10: readonly string[]
  /** Names of it in records, whole words in any case; read where a code is not understood. */
  readonly names: readonly string[]
}

/** What a label says of a drug in people with a condition. */
export interface LabelCaution {
  readonly drug: string
  /** Key of the condition. */
  readonly condition: string
  /** dose: the drug may be given, at another dose. */
  readonly weight: z.infer<typeof Weight>
  /** Section of the label: "boxed warning", "2" (dosage), "4" (contraindications), "5" (warnings and precautions), "8.1" (pregnancy), "8.6" (kidneys). */
  readonly section: string
  /** Of the kidneys: it is for people who clear less than this, in mL/min. */
  readonly below?: number
  readonly says: string
  /** What the row was compared with, such as "label text 2024"; undefined: nothing, it was written from memory. */
  readonly checked: string | undefined
}

/** How much the kidneys clear where a code or a name says how ill they are, in mL/min; `high` is included. */
export interface KidneyStage {
  /** As of a condition. */
  readonly icd10: readonly string[]
  readonly names: readonly string[]
  readonly low: number
  readonly high: number | undefined
}

/** A laboratory test that says how much the kidneys clear. */
export interface KidneyTest {
  readonly loinc: string
  /** "creatinine clearance" or "eGFR". */
  readonly words: string
}

/** A group of drugs that labels and trials name as one. */
export interface DrugGroup {
  readonly key: string
  readonly words: string
  readonly otherNames: readonly string[]
  readonly drugs: readonly string[]
}

/** What an approval asks to have been given before, each group of it; or never. */
export interface EarlierRule {
  readonly rule: 'had' | 'never'
  readonly groups: readonly DrugGroup[]
  /** advanced: the label asks for it as a treatment of advanced disease. relapse: so, or for a relapse soon after it. undefined: in any setting. */
  readonly setting: 'advanced' | 'relapse' | undefined
  /** As of a caution. */
  readonly checked: string | undefined
}

interface LabelConditions {
  readonly pack: PackRef
  readonly conditions: readonly LabelCondition[]
  /** From the most exact. */
  readonly kidneyStages: readonly KidneyStage[]
  readonly kidneyTests: readonly KidneyTest[]
  readonly groups: readonly DrugGroup[]
  /** The group that a name in any case stands for: "platinum chemotherapy". */
  groupNamed(name: string): DrugGroup | undefined
  cautions(drug: string): readonly LabelCaution[]
  /** Drugs of which a caution is carried, by lower-case generic name. */
  readonly drugs: readonly string[]
  /** The drugs that a regimen by this name in any case holds: "FOLFOX". */
  regimenNamed(name: string): readonly string[] | undefined
  /** By id of the approval. */
  earlier(approval: string): readonly EarlierRule[]
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. A value outside the schema throws plainly: it is a defect of the pack. */
export function labelConditions(facts: Facts): LabelConditions {
  return facts.derived(LABELS_PACK, () => {
    const pack = facts.pack(LABELS_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const groups = new Map(
      rows('classes.tsv', ['class', 'words', 'other', 'drugs']).map((row) => [
        row.class,
        { key: row.class, words: row.words, otherNames: listed(row.other), drugs: listed(row.drugs) },
      ]),
    )
    const groupOf = (key: string): DrugGroup => {
      const group = groups.get(key)
      if (group === undefined) throw new Error(`${pack.folder}/before.tsv names a class "${key}"`)
      return group
    }
    const named = new Map<string, DrugGroup>(
      [...groups.values()].flatMap((one) => one.otherNames.map((name) => [nameKey(name), one] as const)),
    )
    const regimens = new Map(
      rows('regimens.tsv', ['regimen', 'other', 'drugs']).flatMap(({ regimen, other, drugs }) =>
        [regimen, ...listed(other)].map((name) => [nameKey(name), listed(drugs)] as const),
      ),
    )
    const earlier = Map.groupBy(
      rows('before.tsv', ['approval', 'rule', 'classes', 'setting', 'checked']).map(
        ({ approval, rule, classes, setting, checked }) => ({
          approval,
          rule: z.enum(['had', 'never']).parse(rule),
          groups: listed(classes).map(groupOf),
          setting: setting === '' ? undefined : z.enum(['advanced', 'relapse']).parse(setting),
          checked: checked === '' ? undefined : checked,
        }),
      ),
      ({ approval }) => approval,
    )
    const cautions = Map.groupBy(
      rows('cautions.tsv', ['drug', 'condition', 'weight', 'section', 'below', 'says', 'checked']).map(
        ({ below, ...row }): LabelCaution => ({
          ...row,
          weight: Weight.parse(row.weight),
          ...(below === '' ? {} : { below: Clearance.parse(below) }),
          checked: row.checked === '' ? undefined : row.checked,
        }),
      ),
      ({ drug }) => drug,
    )
    return {
      pack: pack.ref,
      conditions: rows('conditions.tsv', ['condition', 'words', 'icd10', 'names']).map((row) => ({
        key: row.condition,
        words: row.words,
        icd10: listed(row.icd10),
        names: listed(row.names),
      })),
      kidneyStages: rows('kidney-stages.tsv', ['icd10', 'names', 'low', 'high']).map((row) => ({
        icd10: listed(row.icd10),
        names: listed(row.names),
        low: Clearance.parse(row.low),
        high: row.high === '' ? undefined : Clearance.parse(row.high),
      })),
      kidneyTests: rows('kidney-tests.tsv', ['loinc', 'words']),
      groups: [...groups.values()],
      regimenNamed: (name) => regimens.get(nameKey(name)),
      groupNamed: (name) => named.get(nameKey(name)),
      drugs: [...cautions.keys()],
      cautions: (drug) => cautions.get(drug) ?? [],
      earlier: (approval) => earlier.get(approval) ?? [],
    }
  })
}

/** "Platinum chemotherapies" and "platinum-chemotherapy" are one name. */
function nameKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, ' ')
    .replace(/therapies$/, 'therapy')
    .replace(/s$/, '')
}

function listed(cell: string): readonly string[] {
  return cell === '' ? [] : cell.split(';')
}
