import { Fault } from '../../terms/fault.ts'
import { CRITERION_CODES, type CriterionCode, type Strength } from '../finding/germline.ts'

/** A criterion that is met, with the weight it has here. */
export interface AppliedCriterion {
  readonly code: CriterionCode
  readonly strength: Strength
}

/** True for PVS1 … PP5, false for BA1 … BP7. */
export function isPathogenic(code: CriterionCode): boolean {
  return code.startsWith('P')
}

/** The weight that the paper of 2015 gives a criterion: PM3 is moderate, BA1 stands alone. */
export function strengthByName(code: CriterionCode): Strength {
  if (code === 'BA1') return 'stand-alone'
  if (code === 'PVS1') return 'very-strong'
  if (code[1] === 'S') return 'strong'
  return code[1] === 'M' ? 'moderate' : 'supporting'
}

const CODES: ReadonlySet<string> = new Set(CRITERION_CODES)
const WORDS: ReadonlyMap<string, Strength> = new Map([
  ['standalone', 'stand-alone'],
  ['a', 'stand-alone'],
  ['verystrong', 'very-strong'],
  ['vs', 'very-strong'],
  ['vstrong', 'very-strong'],
  ['strong', 'strong'],
  ['s', 'strong'],
  ['moderate', 'moderate'],
  ['mod', 'moderate'],
  ['m', 'moderate'],
  ['supporting', 'supporting'],
  ['supp', 'supporting'],
  ['sup', 'supporting'],
  ['p', 'supporting'],
])

/**
 * Reads a list of criteria: "PVS1, PM2_Supporting, PP3_Mod", as laboratories and the ClinGen Evidence Repository write them.
 * Throws ACMG_CRITERION_UNKNOWN, ACMG_STRENGTH_UNKNOWN, ACMG_CRITERION_TWICE; a class from half a list would be a wrong class.
 */
export function readCriteria(text: string, where: string): AppliedCriterion[] {
  const found: AppliedCriterion[] = []
  for (const word of text.split(/[,;|]+|\s+(?=[PB][VSMPA])/i).map((one) => one.trim())) {
    if (word === '') continue
    const one = readCriterion(word, where)
    if (found.some(({ code }) => code === one.code))
      throw new Fault(
        'ACMG_CRITERION_TWICE',
        where,
        `${one.code} is given twice`,
        'A criterion counts once: give it once, with the strength it has here.',
      )
    found.push(one)
  }
  return found
}

function readCriterion(word: string, where: string): AppliedCriterion {
  const [, name = '', rest = ''] = /^([A-Za-z]{2,3}\d)[\s_.:(-]*(.*?)\)?$/.exec(word) ?? []
  const code = name.toUpperCase()
  if (!isCode(code))
    throw new Fault(
      'ACMG_CRITERION_UNKNOWN',
      where,
      `"${word}" is not a criterion of ACMG/AMP 2015`,
      'Write the code, with another strength behind "_": PVS1, PM2_Supporting, BS3_Moderate.',
    )
  if (rest === '') return { code, strength: strengthByName(code) }
  const strength = WORDS.get(rest.toLowerCase().replace(/[^a-z]/g, ''))
  if (strength === undefined || (strength === 'stand-alone' && isPathogenic(code)))
    throw new Fault(
      'ACMG_STRENGTH_UNKNOWN',
      where,
      `"${rest}" is not a strength that ${code} can have`,
      `Use ${isPathogenic(code) ? '' : 'Stand Alone, '}Very Strong, Strong, Moderate or Supporting.`,
    )
  return { code, strength }
}

function isCode(text: string): text is CriterionCode {
  return CODES.has(text)
}

/** "PM2_Supporting"; the strength only where it is not the usual one. */
export function criterionText({ code, strength }: AppliedCriterion): string {
  if (strength === strengthByName(code)) return code
  const word = strength
    .split('-')
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join(' ')
  return `${code}_${word}`
}
