import type { LabelMention } from '../../knowledge/guideline/label-mention.ts'
import { listed } from './list.ts'

const TESTING: Readonly<Record<LabelMention['testing'], string>> = {
  '': '',
  required: ' and requires testing',
  recommended: ' and recommends testing',
  actionable: ' as actionable',
  informative: '',
}

const CODED: Readonly<Record<LabelMention['content'], string>> = {
  complete: 'its text is coded here',
  part: 'only a part of its text is coded here',
  none: 'its text is not coded here',
}

/**
 * That the FDA mentions genes for a drug, one sentence per entry: "The FDA label of pimozide mentions CYP2D6 and requires
 * testing; its text is not coded here." Entries of one source with the same id are one sentence.
 */
export function mentionSentences(
  mentions: readonly LabelMention[],
): { readonly text: string; readonly url: string }[] {
  const entries = Map.groupBy(mentions, (one) =>
    [one.source, one.id || one.gene, one.testing, one.content].join('\t'),
  )
  return [...entries.values()].map((entry) => {
    const [first] = entry
    const genes = listed([...new Set(entry.map(({ gene }) => gene))].sort(), 'and')
    const named =
      first!.source === 'FDA label'
        ? `The FDA label of ${first!.drug} mentions ${genes}${TESTING[first!.testing]}`
        : `The FDA table of pharmacogenetic associations lists ${first!.drug} with ${genes}`
    return { text: `${named}; ${CODED[first!.content]}.`, url: first!.url }
  })
}
