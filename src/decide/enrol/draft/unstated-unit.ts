/**
 * Units of numbers that criteria write without one, "ANC ≥ 1500", by what the number can be; values as adults have them, so
 * wide that nothing else is meant, and without overlap. Tests that are not listed have one unit in use.
 */
const LIKELY: Readonly<Record<string, readonly (readonly [unit: string, low: number, high: number])[]>> = {
  ...each(
    ['neutrophils', 'leukocytes', 'lymphocytes', 'eosinophils'],
    [
      ['10*9/L', 0, 60],
      ['/uL', 100, 100_000],
    ],
  ),
  platelets: [
    ['10*9/L', 10, 1_000],
    ['/uL', 5_000, 1_000_000],
  ],
  CD4: [['/uL', 20, 2_000]],
  hemoglobin: [
    ['g/dL', 6.5, 20],
    ['g/L', 60, 200],
  ],
  albumin: [
    ['g/dL', 1, 6],
    ['g/L', 10, 60],
  ],
  creatinine: [
    ['mg/dL', 0.4, 10],
    ['umol/L', 40, 900],
  ],
  ...each(
    ['bilirubin', 'direct bilirubin'],
    [
      ['mg/dL', 0.2, 5],
      ['umol/L', 15, 100],
    ],
  ),
  glucose: [
    ['mmol/L', 2, 30],
    ['mg/dL', 40, 600],
  ],
  calcium: [
    ['mmol/L', 1.5, 4],
    ['mg/dL', 6, 15],
  ],
  ...each(['ALT', 'AST', 'alkaline phosphatase', 'LDH', 'lipase', 'amylase'], [['U/L', 20, 5_000]]),
  QTc: [['ms', 300, 700]],
  'prothrombin time': [['s', 8, 60]],
  aPTT: [['s', 15, 150]],
  'body temperature': [['Cel', 34, 42]],
}

function each<T>(tests: readonly string[], ranges: T): Readonly<Record<string, T>> {
  return Object.fromEntries(tests.map((test) => [test, ranges]))
}

/** The unit of a number without one; undefined where it could be of two, or of none. `usual` is that of tests with one unit. */
export function unstatedUnit(test: string, value: number, usual: string): string | undefined {
  const likely = LIKELY[test]
  if (likely === undefined) return usual
  const fits = likely.filter(([, low, high]) => value >= low && value <= high)
  return fits.length === 1 ? fits[0]![0] : undefined
}
