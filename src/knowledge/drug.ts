import type { Facts } from './facts.ts'
import { readTable } from './table.ts'

/** Pack with the names and codes of drugs. */
export const DRUG_PACK = 'drugs'

/** One substance, or one fixed combination that guidelines name as such. */
export interface Drug {
  /** Lower-case generic name, the name that guideline rules use. */
  readonly name: string
  /** RxNorm ingredient; undefined where no source was found. */
  readonly rxcui: string | undefined
  /** ATC level 5 codes, combination products included. */
  readonly atc: readonly string[]
  /** The substance it is turned into and whose guidelines concern it too, e.g. capecitabine: fluorouracil. */
  readonly activeAs: string | undefined
  /** Single substances of a combination, as far as the pack knows them. */
  readonly contains: readonly string[]
}

/** A brand, salt or other spelling, and the substances it stands for. */
interface OtherName {
  readonly text: string
  readonly kind: 'brand' | 'combination' | 'salt' | 'synonym'
  readonly drugs: readonly string[]
}

/** A group of drugs, "ssri" or "statin". */
interface DrugClass {
  readonly code: string
  readonly title: string
  /** ATC codes of level 2 to 4 whose members belong to it. */
  readonly atc: readonly string[]
  readonly drugs: readonly string[]
}

/** Everything known about the names of drugs. */
export class DrugBook {
  readonly drugs: readonly Drug[]
  readonly otherNames: readonly OtherName[]
  readonly classes: readonly DrugClass[]
  readonly #byName: ReadonlyMap<string, Drug>
  readonly #bySpelling: ReadonlyMap<string, readonly Drug[]>
  readonly #byRxCui: ReadonlyMap<string, readonly Drug[]>
  readonly #byAtc: ReadonlyMap<string, readonly Drug[]>

  constructor(
    drugs: readonly Drug[],
    otherNames: readonly OtherName[],
    classes: readonly DrugClass[],
    clinicalDrugs: ReadonlyMap<string, readonly string[]>,
  ) {
    this.drugs = drugs
    this.otherNames = otherNames
    this.classes = classes
    const byName = new Map(drugs.map((drug) => [drug.name, drug]))
    const find = (name: string): Drug => {
      const found = byName.get(name)
      if (found === undefined) throw new Error(`pack ${DRUG_PACK} names "${name}" but does not describe it`)
      return found
    }
    const bySpelling = new Map<string, readonly Drug[]>()
    for (const other of otherNames) bySpelling.set(spellingKey(other.text), other.drugs.map(find))
    for (const drug of drugs) bySpelling.set(spellingKey(drug.name), [drug])
    const byRxCui = new Map<string, readonly Drug[]>()
    for (const [rxcui, names] of clinicalDrugs) byRxCui.set(rxcui, names.map(find))
    const byAtc = new Map<string, Drug[]>()
    for (const drug of drugs) {
      if (drug.rxcui !== undefined) byRxCui.set(drug.rxcui, [drug])
      for (const code of drug.atc) byAtc.set(code, [...(byAtc.get(code) ?? []), drug])
    }
    this.#byName = byName
    this.#bySpelling = bySpelling
    this.#byRxCui = byRxCui
    this.#byAtc = byAtc
  }

  /** The drug with this lower-case generic name. */
  get(name: string): Drug | undefined {
    return this.#byName.get(name)
  }

  /** The drugs that this spelling stands for, in any case; empty when it stands for none. */
  spelled(text: string): readonly Drug[] {
    return this.#bySpelling.get(spellingKey(text)) ?? []
  }

  /** By RxNorm ingredient, or by one of the few clinical drugs carried. */
  withRxCui(code: string): readonly Drug[] {
    return this.#byRxCui.get(code) ?? []
  }

  /** By ATC level 5 code; several for a combination product. */
  withAtc(code: string): readonly Drug[] {
    return this.#byAtc.get(code) ?? []
  }

  /** The class with this code or title, in any case. */
  classNamed(text: string): DrugClass | undefined {
    const key = spellingKey(text)
    return this.classes.find((one) => one.code === key || spellingKey(one.title) === key)
  }

  /** Drugs of a class that the pack knows, by name. */
  membersOf(group: DrugClass): readonly Drug[] {
    return this.drugs.filter(
      (drug) =>
        group.drugs.includes(drug.name) ||
        drug.atc.some((code) => group.atc.some((prefix) => code.startsWith(prefix))),
    )
  }

  /** Drugs whose ATC code starts with a level 1 to 4 code. */
  inAtcGroup(prefix: string): readonly Drug[] {
    return this.drugs.filter((drug) => drug.atc.some((code) => code.startsWith(prefix)))
  }
}

/** Two spellings with one key are the same name: case, accents, spacing and trade mark signs do not count. */
export function spellingKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f®™]/g, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()
}

/** The names and codes of drugs in force. */
export function drugBook(facts: Facts): DrugBook {
  return facts.derived(DRUG_PACK, () => {
    const pack = facts.pack(DRUG_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const drugs = rows('drugs.tsv', ['name', 'rxcui', 'atc', 'active_as', 'contains']).map((row) => ({
      name: row.name,
      rxcui: row.rxcui === '' ? undefined : row.rxcui,
      atc: list(row.atc),
      activeAs: row.active_as === '' ? undefined : row.active_as,
      contains: list(row.contains),
    }))
    const otherNames = rows('names.tsv', ['text', 'kind', 'drugs']).map((row) => ({
      text: row.text,
      kind: row.kind as OtherName['kind'],
      drugs: list(row.drugs),
    }))
    const classes = rows('classes.tsv', ['class', 'title', 'atc', 'drugs']).map((row) => ({
      code: row.class,
      title: row.title,
      atc: list(row.atc),
      drugs: list(row.drugs),
    }))
    const clinicalDrugs = new Map(
      rows('clinical-drugs.tsv', ['rxcui', 'drugs']).map((row) => [row.rxcui, list(row.drugs)] as const),
    )
    return new DrugBook(drugs, otherNames, classes, clinicalDrugs)
  })
}

function list(cell: string): string[] {
  return cell === '' ? [] : cell.split(';')
}
