/**
 * The x >= 0 that makes |Ax - b| smallest, from the products of A with itself and with b (Lawson and Hanson 1974, chapter 23, on the normal
 * equations). A column that is a sum of others, to about one in a million, gets 0. Deterministic.
 */
export function nonNegativeLeastSquares(
  gram: readonly (readonly number[])[],
  projection: readonly number[],
): number[] {
  const size = projection.length
  const x = projection.map(() => 0)
  const scale = Math.max(...projection.map(Math.abs), Number.MIN_VALUE)
  const free: number[] = []
  const refused = new Set<number>()
  // Each round takes one column in; three times the columns is what published implementations allow.
  for (let round = 0; round < 3 * size; round++) {
    const next = steepest(gram, projection, x, free, refused, scale * 1e-12)
    if (next === undefined) break
    free.push(next)
    let solution = solve(gram, projection, free)
    if (solution === undefined || solution.at(-1)! <= 0) {
      free.pop()
      refused.add(next)
      continue
    }
    while (solution?.some((value) => value <= 0)) {
      shrink(x, free, solution)
      solution = solve(gram, projection, free)
    }
    if (solution === undefined) break
    for (const [at, column] of free.entries()) x[column] = solution[at]!
    refused.clear()
  }
  return x
}

/** The column outside the free ones along which the error falls most. */
function steepest(
  gram: readonly (readonly number[])[],
  projection: readonly number[],
  x: readonly number[],
  free: readonly number[],
  refused: ReadonlySet<number>,
  least: number,
): number | undefined {
  let best = least
  let found: number | undefined
  for (let j = 0; j < x.length; j++) {
    const row = gram[j]!
    let slope = projection[j]!
    for (let at = 0; at < free.length; at++) slope -= row[free[at]!]! * x[free[at]!]!
    if (slope > best && !free.includes(j) && !refused.has(j)) {
      best = slope
      found = j
    }
  }
  return found
}

/** Goes from x towards the solution until the first value reaches 0: that column is no longer free. */
function shrink(x: number[], free: number[], solution: readonly number[]): void {
  const steps = free.map((column, at) =>
    solution[at]! <= 0 ? x[column]! / (x[column]! - solution[at]!) : Number.POSITIVE_INFINITY,
  )
  const step = Math.min(...steps)
  for (const [at, column] of free.entries()) x[column] = x[column]! + step * (solution[at]! - x[column]!)
  for (let at = free.length - 1; at >= 0; at--) {
    if (steps[at]! > step) continue
    x[free[at]!] = 0
    free.splice(at, 1)
  }
}

/** Solves for the free columns (Cholesky); undefined: one of them is a sum of the others. */
function solve(
  gram: readonly (readonly number[])[],
  projection: readonly number[],
  free: readonly number[],
): number[] | undefined {
  const size = free.length
  const lower: number[][] = []
  for (let i = 0; i < size; i++) {
    const row: number[] = []
    for (let j = 0; j <= i; j++) {
      let sum = gram[free[i]!]![free[j]!]!
      for (let k = 0; k < j; k++) sum -= row[k]! * (j === i ? row[k]! : lower[j]![k]!)
      if (j < i) row.push(sum / lower[j]![j]!)
      else if (sum <= gram[free[i]!]![free[i]!]! * 1e-12) return undefined
      else row.push(Math.sqrt(sum))
    }
    lower.push(row)
  }
  const y: number[] = []
  for (let i = 0; i < size; i++) {
    let sum = projection[free[i]!]!
    for (let k = 0; k < i; k++) sum -= lower[i]![k]! * y[k]!
    y.push(sum / lower[i]![i]!)
  }
  const solution = new Array<number>(size).fill(0)
  for (let i = size - 1; i >= 0; i--) {
    let sum = y[i]!
    for (let k = i + 1; k < size; k++) sum -= lower[k]![i]! * solution[k]!
    solution[i] = sum / lower[i]![i]!
  }
  return solution
}
