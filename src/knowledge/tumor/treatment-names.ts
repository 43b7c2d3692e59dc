import { drugBook } from '../drug.ts'
import type { Facts } from '../facts.ts'
import { approvals } from './approvals.ts'
import { cancerDrugsIn } from './cancer-drug-names.ts'
import { partsOf } from './combination.ts'
import { labelConditions } from './label-conditions.ts'

/** What the name of a treatment stands for. */
export interface TreatmentMeant {
  /** Generic names in lower case: one drug with its parts; of a group each of its members. */
  readonly drugs: ReadonlySet<string>
  /** drug: this one. group: one or more of them. class: a kind of drugs whose members are not known here. unknown: no name of a drug here. */
  readonly as: 'drug' | 'group' | 'class' | 'unknown'
}

export type TreatmentNames = (name: string) => TreatmentMeant

/** Words of a kind of drugs, where no list of its members is known. */
const KIND =
  /\b(?:inhibitors?|antagonists?|agonists?|antibod(?:y|ies)|therap(?:y|ies)|chemotherap(?:y|ies)|immunotherap(?:y|ies)|agents?|blockers?|conjugates?|degraders?|vaccines?|treatments?|TKIs?|platinum|taxanes?|alkaloids?|antimetabolites?)\b/i
/** Names kept; more are worked out anew. */
const MOST = 20_000

/** Brands, salts, strengths and groups of drugs as the generic names they stand for. Never a guess of a misspelt name. Throws FACTS_*. */
export function treatmentNames(facts: Facts): TreatmentNames {
  return facts.derived('names of treatments', () => {
    const known = new Map<string, TreatmentMeant>()
    return (name: string) => {
      const found = known.get(name) ?? meantBy(name, facts)
      if (known.size < MOST) known.set(name, found)
      return found
    }
  })
}

function meantBy(name: string, facts: Facts): TreatmentMeant {
  const group = labelConditions(facts).groupNamed(name)
  if (group !== undefined) return { drugs: new Set(group.drugs), as: 'group' }
  const exact = approvals(facts).drugsNamed(name)
  const spelled = drugBook(facts)
    .spelled(name)
    .map((drug) => drug.name)
  const own = [...exact, ...spelled]
  if (own.length === 0 && KIND.test(name)) return { drugs: new Set(), as: 'class' }
  const found = own.length > 0 ? own : cancerDrugsIn([name], facts)
  const plain = name.trim().toLowerCase()
  const all = found.length > 0 ? found : [plain]
  return {
    drugs: new Set(all.flatMap((one) => [one, ...partsOf(one)])),
    as: found.length > 0 ? 'drug' : 'unknown',
  }
}
