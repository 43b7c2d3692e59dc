import { Fault } from '../../terms/fault.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** That the FDA says something about a gene for a drug, whether or not its text is coded as rules. */
export interface LabelMention {
  /** Lower-case generic name, as the FDA or ClinPGx lists it. */
  readonly drug: string
  readonly gene: string
  readonly source: 'FDA label' | 'FDA PGx table'
  /** ClinPGx id of the entry, the `guideline` of its rules; empty where only the pair is listed. */
  readonly id: string
  /** Section of the FDA table: how far its data go. */
  readonly section: '' | 'management' | 'safety-or-response' | 'pharmacokinetics'
  /** What the label says of testing, by CPIC's list of gene-drug pairs. */
  readonly testing: '' | 'required' | 'recommended' | 'actionable' | 'informative'
  /** How much of the text is coded: complete, for some results only, or none. */
  readonly content: 'complete' | 'part' | 'none'
  readonly url: string
}

/** All mentions of the installed FDA pack, by drug. */
export class LabelMentions {
  readonly #byDrug: ReadonlyMap<string, readonly LabelMention[]>

  constructor(mentions: readonly LabelMention[]) {
    this.#byDrug = Map.groupBy(mentions, (mention) => mention.drug)
  }

  /** In the order of gene and source; empty for a drug that the FDA does not list. */
  forDrug(drug: string): readonly LabelMention[] {
    return this.#byDrug.get(drug) ?? []
  }

  get drugs(): readonly string[] {
    return [...this.#byDrug.keys()].sort()
  }
}

const FDA_PACK = 'fda'

/** No mentions where the FDA pack is not installed. Throws FACTS_ROW_INVALID. */
export function labelMentions(facts: Facts): LabelMentions {
  return facts.derived('label-mentions', () => {
    if (facts.head(FDA_PACK) === undefined) return new LabelMentions([])
    return new LabelMentions(parseMentions(facts.pack(FDA_PACK).text('mentions.tsv'), 'mentions.tsv'))
  })
}

const SOURCES = ['FDA label', 'FDA PGx table'] as const
const SECTIONS = ['', 'management', 'safety-or-response', 'pharmacokinetics'] as const
const TESTING = ['', 'required', 'recommended', 'actionable', 'informative'] as const
const CONTENT = ['complete', 'part', 'none'] as const

export function parseMentions(text: string, where: string): LabelMention[] {
  const columns = ['drug', 'gene', 'source', 'id', 'section', 'testing', 'content', 'url'] as const
  return readTable(text, columns, where).map((row) => ({
    drug: row.drug,
    gene: row.gene,
    source: oneOf(SOURCES, row.source, where),
    id: row.id,
    section: oneOf(SECTIONS, row.section, where),
    testing: oneOf(TESTING, row.testing, where),
    content: oneOf(CONTENT, row.content, where),
    url: row.url,
  }))
}

function oneOf<T extends string>(allowed: readonly T[], text: string, where: string): T {
  const found = allowed.find((one) => one === text)
  if (found !== undefined) return found
  throw new Fault(
    'FACTS_ROW_INVALID',
    where,
    `"${text}" is not one of: ${allowed.map((one) => (one === '' ? '(empty)' : one)).join(', ')}`,
    'Install the pack again, or report it to who made it.',
  )
}
