import type { TargetSituation } from '../../decide/target/option.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'
import { cancerDrugsIn } from '../../knowledge/tumor/cancer-drug-names.ts'
import { labelConditions } from '../../knowledge/tumor/label-conditions.ts'

/**
 * What treatments by their names say was given: drugs by generic name, those of a regimen ("FOLFOX"), each part of "carboplatin +
 * pemetrexed"; groups as such, because nobody said which of their drugs it was. "none": nothing was given. `advanced`: those that
 * were given for advanced disease.
 */
export function givenTreatments(
  names: readonly string[],
  facts: Facts,
  advanced: readonly string[] = [],
): Pick<TargetSituation, 'given' | 'givenGroups' | 'givenAdvanced' | 'givenAll'> {
  if (advanced.length === 0) return treatmentsIn(names, facts)
  const { given = [], givenGroups = [] } = treatmentsIn(advanced, facts)
  const all = treatmentsIn([...names.filter((one) => !/^none$/i.test(one.trim())), ...advanced], facts)
  return { ...all, givenAdvanced: [...given, ...givenGroups.map(({ name }) => name)] }
}

function treatmentsIn(
  names: readonly string[],
  facts: Facts,
): Pick<TargetSituation, 'given' | 'givenGroups' | 'givenAll'> {
  const labels = labelConditions(facts)
  const drugs = new Set<string>()
  const groups = new Map<string, readonly string[]>()
  const add = (name: string, isPart: boolean): void => {
    const group = labels.groupNamed(name)
    const whole = approvals(facts).drugsNamed(name)
    const regimen = labels.regimenNamed(name)
    if (whole.length > 0) for (const one of whole) drugs.add(one)
    else if (group !== undefined) groups.set(name.trim(), group.drugs)
    else if (regimen !== undefined) for (const one of regimen) drugs.add(one)
    else {
      const parts = isPart ? [name] : name.split(BETWEEN).filter((part) => part.trim() !== '')
      if (parts.length > 1) for (const part of parts) add(part, true)
      else {
        const [known] = cancerDrugsIn([name], facts)
        drugs.add(known ?? name.trim().toLowerCase())
      }
    }
  }
  const nothing = names.length > 0 && names.every((name) => /^none$/i.test(name.trim()))
  if (nothing) return { given: [], givenAll: true }
  for (const name of names) add(name, false)
  return {
    ...(drugs.size === 0 ? {} : { given: [...drugs] }),
    ...(groups.size === 0 ? {} : { givenGroups: [...groups].map(([name, its]) => ({ name, drugs: its })) }),
  }
}

const BETWEEN = /\s*(?:\+|\/|,|;|\bplus\b|\bwith\b|\band\b)\s*/i
