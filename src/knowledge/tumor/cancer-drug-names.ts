import { spellingKey } from '../drug.ts'
import type { Facts } from '../facts.ts'
import { APPROVALS_PACK, approvals } from './approvals.ts'
import { labelConditions } from './label-conditions.ts'

/** Longest name in words: "pembrolizumab and berahyaluronidase alfa-pmph" has five. */
interface Names {
  readonly drugs: ReadonlyMap<string, string>
  readonly mostWords: number
}

function names(facts: Facts): Names {
  return facts.derived(`${APPROVALS_PACK} names in text`, () => {
    const book = approvals(facts)
    const drugs = new Map<string, string>()
    for (const { drug, brands, otherNames } of book.all)
      for (const name of [drug, ...brands, ...otherNames]) {
        // A brand of two forms (in a vein, under the skin) is the drug itself: its indications hold those of the other form.
        const [plainest] = [...book.drugsNamed(name)].sort((a, b) => a.length - b.length)
        if (plainest !== undefined) drugs.set(keyOf(name), plainest)
      }
    // Chemotherapy that no biomarker is asked for, and that labels warn of all the same.
    for (const name of labelConditions(facts).drugs) if (!drugs.has(keyOf(name))) drugs.set(keyOf(name), name)
    return { drugs, mostWords: Math.max(...[...drugs.keys()].map((name) => name.split(' ').length)) }
  })
}

/**
 * The cancer drugs of approvals and of cautions that the texts of one order name: generic, salt or brand, with strength and form around it
 * ("osimertinib 80 MG Oral Tablet [Tagrisso]"). The longest name counts: trastuzumab deruxtecan is not trastuzumab. Never a
 * guess of a misspelt name.
 */
export function cancerDrugsIn(texts: readonly string[], facts: Facts): readonly string[] {
  const { drugs, mostWords } = names(facts)
  for (const text of texts) {
    const words = keyOf(text.slice(0, LONGEST_TEXT)).split(' ')
    const found = new Set<string>()
    for (let at = 0; at < words.length; ) {
      let length = Math.min(mostWords, words.length - at)
      let drug: string | undefined
      while (length > 0) {
        drug = drugs.get(words.slice(at, at + length).join(' '))
        if (drug !== undefined) break
        length--
      }
      if (drug !== undefined) found.add(drug)
      at += Math.max(1, length)
    }
    if (found.size > 0) return [...found]
  }
  return []
}

/** A drug is named at the beginning of an order. */
const LONGEST_TEXT = 500

/** Signs and hyphens between words count as spaces: "trastuzumab-dkst" is written both ways. */
function keyOf(text: string): string {
  return spellingKey(text)
    .replace(/[^a-z0-9*]+/g, ' ')
    .trim()
}
