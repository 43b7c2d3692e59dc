import type { EligibilityVariable } from '../../../knowledge/trials/eligibility-variables.ts'
import type { Criterion } from '../criterion.ts'
import type { Side } from '../registry/side-heading.ts'
import type { TextBound } from './bound.ts'
import type { Relation } from './relation.ts'
import { unstatedUnit } from './unstated-unit.ts'

/**
 * A relation in the eligibility language: of several variables all must hold, or in an exclusion any is enough. Undefined
 * where a bound cannot be one. Units stay as the text has them: nothing is converted.
 */
export function relationCriterion(
  { variables, bounds }: Relation,
  side: Side | undefined,
): Criterion | undefined {
  const each = variables.flatMap((variable) => boundCriterion(variable, bounds) ?? [])
  if (each.length < variables.length) return undefined
  return each.length === 1 ? each[0]! : { kind: side === 'exclusion' ? 'any' : 'all', of: each }
}

function boundCriterion(variable: EligibilityVariable, bounds: readonly TextBound[]): Criterion | undefined {
  const of = bounds.flatMap((bound): Criterion[] => {
    const { comparison, value } = bound
    switch (variable.kind) {
      case 'age':
        return [ageOf(bound)]
      case 'ecog':
        return value === 0 && comparison === '>='
          ? []
          : Number.isInteger(value) && value <= 5
            ? [{ kind: 'performance', comparison, ecog: value }]
            : []
      case 'lines':
        return Number.isInteger(value) ? [{ kind: 'lines', comparison, count: value }] : []
      case 'burden':
        return [{ kind: 'burden', comparison, perMegabase: value }]
      default: {
        const unit = unitOf(bound, variable)
        return unit === undefined ? [] : [{ kind: 'lab', test: variable.test, comparison, value, unit }]
      }
    }
  })
  if (variable.kind === 'lab' && of.length < bounds.length) return undefined
  return of.length > 1 ? { kind: 'all', of } : of[0]
}

/** "75 years" as an upper end takes whoever has not turned 76. */
function ageOf({ comparison, value, unit }: TextBound): Criterion {
  const name = /^(month|week|day|hour)/i.exec(unit ?? '')?.[1]?.toLowerCase() ?? 'year'
  const whole = comparison === '<=' && Number.isInteger(value)
  const [sign, count] = whole ? (['<', value + 1] as const) : ([comparison, value] as const)
  if (name === 'year' || name === 'month')
    return { kind: 'age', comparison: sign, years: name === 'year' ? count : count / 12 }
  return {
    kind: 'age',
    comparison: sign,
    days: Math.round(count * (name === 'week' ? 7 : name === 'day' ? 1 : 0)),
  }
}

/** Units as UCUM writes them, where that is only a way of writing. */
const UCUM: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:x|×|\*|times|-?fold)?\s*(?:the\s+)?(?:(?:institutional|local|laboratory)\s+)?(?:I?ULN|UNL|upper)/i,
    'ULN',
  ],
  [/^(?:x|×|\*|times)?\s*(?:the\s+)?(?:(?:institutional|local|laboratory)\s+)?(?:LLN|lower limit)/i, 'LLN'],
  [/^(?:x|×|\*)\s*10\s*(?:\^|\*{1,2}|e)?\s*9\s*(?:cells?)?\s*\/\s*L$/i, '10*9/L'],
  [/^(?:x|×|\*)\s*10\s*(?:\^|\*{1,2}|e)?\s*3\s*(?:cells?)?\s*\/\s*(?:µL|uL|mm3|mm\^3)$/i, '10*3/uL'],
  [/^(?:%|％|percent)$/i, '%'],
  [/^(?:cells)?\s*\/\s*(?:cu\.?\s*mm|mm\^?[3³]|mcL|microliter|[µu]L)$/i, '/uL'],
  [/^mm ?hg$/i, 'mm[Hg]'],
  [/^(?:ms|msec|milliseconds?)$/i, 'ms'],
  [/^°\s*C$/i, 'Cel'],
  [/^kg\/m/i, 'kg/m2'],
  [/^(?:gm?\/dl|grams?\s*\/\s*decilit(?:er|re))$/i, 'g/dL'],
  [/^mg\/dl$/i, 'mg/dL'],
  [/^gm?\/l$/i, 'g/L'],
  [/^mm?ol\/l$/i, 'mmol/L'],
  [/^m[Ll]\/min/, 'mL/min'],
  [/^(?:µ|μ|u)mol\/l$/i, 'umol/L'],
  [/^months?$/i, 'mo'],
  [/^weeks?$/i, 'wk'],
  [/^(?:years?|yrs?)$/i, 'a'],
  [/^days?$/i, 'd'],
  [/^g\/24/i, 'g/(24.h)'],
]

/** Undefined where the unit cannot be one of this test: "Pt > 18 years" is no prothrombin time. */
function unitOf({ unit, value }: TextBound, { test, unit: usual }: EligibilityVariable): string | undefined {
  if (unit === undefined || unit === '') return unstatedUnit(test, value, usual)
  const read = UCUM.find(([pattern]) => pattern.test(unit))?.[1] ?? unit
  const time = /^(?:mo|wk|a|d|h|hours?)$/.test(read)
  if (time && test !== 'life expectancy') return undefined
  return read === 'ms' && usual !== 'ms' ? undefined : read
}
