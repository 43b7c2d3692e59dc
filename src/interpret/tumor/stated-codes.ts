import type { OncogenicityRules } from '../../knowledge/tumor/oncogenicity-sop.ts'
import { Fault } from '../../terms/fault.ts'
import { ONCOGENICITY_CODES, type OncogenicityCode, type OncogenicityCriterion } from '../finding/tumor.ts'

/**
 * Reads a list of codes that somebody assessed: "OVS1, OM2" or "OVS1;OM2".
 * Throws ONCOGENICITY_CODE_UNKNOWN, ONCOGENICITY_CODE_TWICE; a class from half a list would be a wrong class.
 */
export function readOncogenicityCodes(text: string, where: string): OncogenicityCode[] {
  const found: OncogenicityCode[] = []
  for (const word of text.split(/[\s,;|]+/)) {
    if (word === '') continue
    const code = ONCOGENICITY_CODES.find((one) => one === word.toUpperCase())
    if (code === undefined)
      throw new Fault(
        'ONCOGENICITY_CODE_UNKNOWN',
        where,
        `"${word}" is not a code of the oncogenicity standard of 2022`,
        `Use ${ONCOGENICITY_CODES.join(', ')}. The standard gives each code one strength.`,
      )
    if (found.includes(code))
      throw new Fault(
        'ONCOGENICITY_CODE_TWICE',
        where,
        `${code} is given twice`,
        'A code counts once: give it once.',
      )
    found.push(code)
  }
  return found
}

/** A code that somebody else assessed: it counts, and says no more than that. */
export function statedCode(
  code: OncogenicityCode,
  source: string,
  rules: OncogenicityRules,
): OncogenicityCriterion {
  return {
    code,
    state: 'met',
    points: rules.points(code),
    because: `Stated as met: ${rules.text(code)}.`,
    facts: [{ what: `${code} stated`, source }],
    missing: [],
  }
}
