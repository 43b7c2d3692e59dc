/** Choices to learn from: `rows` are candidates times `width` features, case after case. */
export interface Choices {
  readonly width: number
  readonly rows: Float32Array
  /** Candidates of each case. */
  readonly counts: readonly number[]
  /** Which candidate is right, by case. */
  readonly right: readonly number[]
  /** How much each case counts. */
  readonly weights: readonly number[]
}

/**
 * Maximum likelihood of a conditional logit (McFadden 1974) with a ridge penalty `ridge`/2 * |b|^2, by Newton's method. The
 * likelihood is concave, so the answer is the only one.
 */
export function conditionalLogit(
  { width, rows, counts, right, weights }: Choices,
  ridge: number,
): Float64Array {
  let b = new Float64Array(width)
  let last = { b, step: new Float64Array(width), cost: Number.POSITIVE_INFINITY }
  for (let round = 0; round < 60; round++) {
    let cost = b.reduce((sum, one) => sum + (ridge * one * one) / 2, 0)
    const gradient = b.map((one) => ridge * one)
    const hessian = Array.from({ length: width }, (_, i) => {
      const row = new Float64Array(width)
      row[i] = ridge
      return row
    })
    let start = 0
    for (const [number, count] of counts.entries()) {
      const weight = weights[number]!
      const share = new Float64Array(count)
      let most = Number.NEGATIVE_INFINITY
      for (let c = 0; c < count; c++) {
        let score = 0
        const at = (start + c) * width
        for (let k = 0; k < width; k++) score += rows[at + k]! * b[k]!
        share[c] = score
        if (score > most) most = score
      }
      let sum = 0
      for (let c = 0; c < count; c++) sum += share[c] = Math.exp(share[c]! - most)
      const chosen = rows.subarray((start + right[number]!) * width, (start + right[number]! + 1) * width)
      cost += weight * (Math.log(sum) + most - chosen.reduce((total, one, k) => total + one * b[k]!, 0))
      const mean = new Float64Array(width)
      for (let c = 0; c < count; c++) {
        const p = share[c]! / sum
        if (p < 1e-9) continue
        const at = (start + c) * width
        for (let i = 0; i < width; i++) {
          const x = rows[at + i]! * p
          mean[i]! += x
          const own = hessian[i]!
          for (let j = 0; j <= i; j++) own[j]! += weight * x * rows[at + j]!
        }
      }
      for (let i = 0; i < width; i++) {
        gradient[i]! += weight * (mean[i]! - chosen[i]!)
        for (let j = 0; j <= i; j++) hessian[i]![j]! -= weight * mean[i]! * mean[j]!
      }
      start += count
    }
    if (cost > last.cost) {
      // Newton's step went too far: half of it.
      last = { ...last, step: last.step.map((one) => one / 2) }
    } else {
      last = { b, step: solve(hessian, gradient), cost }
    }
    b = last.b.map((one, k) => one - last.step[k]!)
    if (Math.max(...last.step.map(Math.abs)) < 1e-6) break
  }
  return b
}

/** Logistic regression of 0/1 outcomes: two candidates of which the second has no features. */
export function logistic(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  ridge: number,
): Float64Array {
  const width = rows[0]!.length
  return conditionalLogit(
    {
      width,
      rows: Float32Array.from(rows.flatMap((row) => [...row, ...row.map(() => 0)])),
      counts: rows.map(() => 2),
      right: outcomes.map((one) => (one ? 0 : 1)),
      weights: rows.map(() => 1),
    },
    ridge,
  )
}

/** Of a symmetric positive matrix, given by its lower half (Cholesky). */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array<ArrayBuffer> {
  const size = right.length
  const root = lower.map((row) => Float64Array.from(row))
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = root[i]![j]!
      for (let k = 0; k < j; k++) sum -= root[i]![k]! * root[j]![k]!
      root[i]![j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / root[j]![j]!
    }
  }
  const x = Float64Array.from(right)
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= root[i]![k]! * x[k]!
    x[i]! /= root[i]![i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= root[k]![i]! * x[k]!
    x[i]! /= root[i]![i]!
  }
  return x
}
