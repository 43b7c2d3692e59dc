import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with the drugs that regulators approved for a biomarker. */
export const APPROVALS_PACK = 'approvals'

const Setting = z.enum([
  ...([
    '',
    'neoadjuvant',
    'perioperative',
    'adjuvant',
    'extended-adjuvant',
    'unresectable-stage-iii',
  ] as const),
  ...([
    'advanced',
    'metastatic',
    'maintenance',
    'new',
    'induction',
    'consolidation',
    'mrd',
    'relapsed',
  ] as const),
])
const Line = z.enum(['', '1', '2+', '3+'])
const Basis = z.enum(['regular', 'accelerated', 'withdrawn'])
const Role = z.enum(['selects', 'limits'])
const Day = z.union([z.literal(''), z.iso.date()])

/** A test that a regulator approved as companion of a drug. */
export interface CompanionTest {
  readonly name: string
  readonly manufacturer: string
  readonly agency: string
  readonly specimens: readonly string[]
  /** What it finds, in words. */
  readonly finds: string
  /** Parts of the biomarkers that it answers: a test of mismatch repair is none of mutational burden. */
  readonly marks: readonly string[]
  /** Key of the disease. */
  readonly disease: string
  readonly drugs: readonly string[]
}

/** A disease as labels name it. */
export interface LabelDisease {
  readonly key: string
  readonly words: string
  /** OncoTree types that it covers, with everything below them; none: OncoTree has no such type. */
  readonly oncotree: readonly string[]
  /** Any tumour that is not of the blood. */
  readonly solid: boolean
  /** OncoTree types that the label takes out of it again, with everything below them; written "-CODE". */
  readonly except: readonly string[]
}

/** One indication of one drug that asks for a biomarker. */
export interface Approval {
  readonly id: string
  readonly agency: string
  /** Lower-case generic name. */
  readonly drug: string
  readonly brands: readonly string[]
  /** Salts, suffixes of biosimilars, abbreviations. */
  readonly otherNames: readonly string[]
  /** What it is given with, one list per alternative; one empty list: alone. */
  readonly regimens: readonly (readonly string[])[]
  /** The category that the tumour must belong to, as text of the language of categories. */
  readonly biomarker: string
  readonly disease: LabelDisease
  readonly setting: z.infer<typeof Setting>
  /** Line of treatment; empty: any, or not a matter of lines. */
  readonly line: z.infer<typeof Line>
  /** Further conditions, in our own words. */
  readonly detail: string
  readonly population: string
  /** YYYY-MM-DD of the first approval of this indication; undefined: not sure. */
  readonly approved: string | undefined
  readonly basis: z.infer<typeof Basis>
  /**
   * selects: the drug is for tumours with the biomarker. limits: the drug is for others too, and the label says what must go
   * before where the biomarker is met (EGFR or ALK changes before an antibody against PD-L1).
   */
  readonly role: z.infer<typeof Role>
  /** The label asks for a test that the agency approved. */
  readonly testRequired: boolean
  /** The approved tests that are known by name. */
  readonly tests: readonly CompanionTest[]
  /** Where the label is found. */
  readonly label: string
  /** What the row was compared with: "label text", "FDA announcement", "EMA announcement"; undefined: nothing, it was written from memory. */
  readonly checked: string | undefined
}

/** All indications, and the names of their drugs. */
export interface Approvals {
  readonly pack: PackRef
  readonly all: readonly Approval[]
  /** Generic names that a brand, salt or generic name stands for, in any case. */
  drugsNamed(name: string): readonly string[]
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. A value outside the schema throws plainly: it is a defect of the pack. */
export function approvals(facts: Facts): Approvals {
  return facts.derived(APPROVALS_PACK, () => {
    const pack = facts.pack(APPROVALS_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const diseases = new Map(
      rows('diseases.tsv', ['disease', 'words', 'oncotree']).map((row) => [row.disease, diseaseOf(row)]),
    )
    const tests = rows('tests.tsv', [
      'test',
      'manufacturer',
      'agency',
      'specimen',
      'finds',
      'marks',
      'disease',
      'drugs',
    ]).map(
      (row): CompanionTest => ({
        name: row.test,
        manufacturer: row.manufacturer,
        agency: row.agency,
        specimens: row.specimen.split(';'),
        finds: row.finds,
        marks: row.marks.split(';'),
        disease: row.disease,
        drugs: row.drugs.split(';'),
      }),
    )
    const described = new Map<
      string,
      { readonly brands: readonly string[]; readonly otherNames: readonly string[] }
    >()
    const spellings = new Map<string, Set<string>>()
    for (const row of rows('drugs.tsv', ['drug', 'brands', 'other'])) {
      described.set(row.drug, { brands: list(row.brands), otherNames: list(row.other) })
      for (const name of [row.drug, ...list(row.brands), ...list(row.other)])
        spellings.set(name.toLowerCase(), (spellings.get(name.toLowerCase()) ?? new Set()).add(row.drug))
    }
    const columns = [
      ...(['id', 'agency', 'drug', 'with', 'biomarker', 'disease', 'setting', 'line', 'detail'] as const),
      ...(['population', 'approved', 'basis', 'role', 'test', 'checked'] as const),
    ]
    const all = rows('indications.tsv', columns).map((row): Approval => {
      const disease = diseases.get(row.disease)
      const names = described.get(row.drug)
      if (disease === undefined || names === undefined)
        throw new Error(
          `${pack.folder}/indications.tsv: ${row.id} names a disease or drug that is not described`,
        )
      const approved = Day.parse(row.approved)
      return {
        id: row.id,
        agency: row.agency,
        drug: row.drug,
        ...names,
        regimens: row.with.split(' / ').map((one) => (/^(|alone)$/.test(one) ? [] : one.split(' + '))),
        biomarker: row.biomarker,
        disease,
        setting: Setting.parse(row.setting),
        line: Line.parse(row.line),
        detail: row.detail,
        population: row.population,
        approved: approved === '' ? undefined : approved,
        basis: Basis.parse(row.basis),
        role: Role.parse(row.role),
        testRequired: row.test === 'required',
        tests: tests.filter(
          (test) =>
            test.agency === row.agency &&
            test.disease === row.disease &&
            test.drugs.includes(row.drug) &&
            test.marks.some((mark) => row.biomarker.includes(mark)),
        ),
        label: `https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=${encodeURIComponent(names.brands[0] ?? row.drug)}`,
        checked: row.checked === '' ? undefined : row.checked,
      }
    })
    return {
      pack: pack.ref,
      all,
      drugsNamed: (name) => [...(spellings.get(name.trim().toLowerCase()) ?? [])].sort(),
    }
  })
}

function diseaseOf(row: Record<'disease' | 'words' | 'oncotree', string>): LabelDisease {
  const codes = row.oncotree.split(' ').filter((code) => code !== '')
  return {
    key: row.disease,
    words: row.words,
    oncotree: codes.filter((code) => code !== SOLID && !code.startsWith('-')),
    solid: codes.includes(SOLID),
    except: codes.flatMap((code) => (code.startsWith('-') ? [code.slice(1)] : [])),
  }
}
const SOLID = '_SOLID_'

function list(cell: string): string[] {
  return cell === '' ? [] : cell.split(';')
}
