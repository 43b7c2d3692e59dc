import { drugBook } from '../drug.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import { oncoTree } from '../tumor/oncotree.ts'

/** Kinds of names: the first three come from catalogues of tumours, features and diseases, and drugs; the rest are our own lists. */
export const NAME_TOPICS = [
  'catalogued-cancer',
  'catalogued-disease',
  'catalogued-drug',
  'cancer',
  'disease',
  'treatment',
  'variable',
  'unit',
] as const
export type NameTopic = (typeof NAME_TOPICS)[number]

const CANCER =
  /cancer|carcinoma|tumou?r|sarcoma|leuk|lymphoma|melanoma|neoplas|blastoma|glioma|myeloma|malignan/i

/** Names that tell the kinds of things in eligibility criteria apart, from the packs in force. Throws WORDS_MALFORMED. */
export function eligibilityNames(facts: Facts): Iterable<readonly [name: string, topic: NameTopic]> {
  return namesOf(facts)
}

function* namesOf(facts: Facts): Generator<readonly [string, NameTopic]> {
  for (const name of oncoTree(facts).names) yield [name.replace(/, NOS$/, ''), 'catalogued-cancer']
  const rows = <C extends string>(id: string, file: string, column: C) => {
    const pack = facts.pack(id)
    return readTable(pack.text(file), [column], `${pack.folder}/${file}`).map((row) => row[column])
  }
  const diseases = [
    ...rows('hpo', 'terms.tsv', 'name'),
    ...rows('hpo', 'synonyms.tsv', 'synonym'),
    ...rows('hpo-annotations', 'diseases.tsv', 'name'),
  ]
  for (const name of diseases) yield [name, CANCER.test(name) ? 'catalogued-cancer' : 'catalogued-disease']
  const book = drugBook(facts)
  for (const { name } of book.drugs) yield [name, 'catalogued-drug']
  for (const { text } of book.otherNames) yield [text, 'catalogued-drug']
  for (const { title } of book.classes) yield [title, 'catalogued-drug']
  const pack = facts.pack('eligibility-words')
  const own = readTable(pack.text('words.tsv'), ['topic', 'name'], `${pack.folder}/words.tsv`)
  for (const { topic, name } of own) yield [name, topic as NameTopic]
}
