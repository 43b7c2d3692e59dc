// A linear-chain conditional random field, learned by stochastic gradient descent with an L2 penalty: the same weights on
// every run, as the lines are taken in an order that a small generator with a fixed seed makes.

/** One line to learn from: feature numbers of each word, and the label of each. */
export interface Sequence {
  readonly features: readonly Int32Array[]
  readonly labels: Int32Array
}

export interface CrfOptions {
  readonly labels: number
  readonly features: number
  /** Strength of the L2 penalty on the whole likelihood. */
  readonly l2: number
  readonly epochs: number
  readonly rate: number
  readonly seed: number
  /** Which label may follow which; a line may begin with those that may follow label 0. */
  readonly allowed: (before: number, after: number) => boolean
}

/** Weights: emission[f * labels + y], transition[y * labels + z]. */
export interface Crf {
  readonly emission: Float32Array
  readonly transition: Float32Array
}

/** A generator with a fixed seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Weights after the last pass, averaged over the last third of the passes. */
export function learnCrf(lines: readonly Sequence[], options: CrfOptions): Crf {
  const { labels: L, features: F, l2, epochs, rate, seed, allowed } = options
  const open: number[] = []
  for (let y = 0; y < L; y++) for (let z = 0; z < L; z++) open[y * L + z] = allowed(y, z) ? 1 : 0
  // Weights are scale * value: the penalty shrinks all of them at once.
  const emission = new Float64Array(F * L)
  const transition = new Float64Array(L * L)
  const sumE = new Float64Array(F * L)
  const sumT = new Float64Array(L * L)
  let scale = 1
  let sums = 0
  const lambda = l2 / lines.length
  const next = random(seed)
  const order = lines.map((_, i) => i)
  let longest = 0
  for (const { labels } of lines) longest = Math.max(longest, labels.length)
  const score = new Float64Array(longest * L)
  const alpha = new Float64Array(longest * L)
  const beta = new Float64Array(longest * L)
  const total = new Float64Array(longest)
  const expT = new Float64Array(L * L)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1))
      const kept = order[i]!
      order[i] = order[j]!
      order[j] = kept
    }
    for (const at of order) {
      const eta = rate / (1 + step++ * lambda * rate)
      scale *= 1 - eta * lambda
      if (scale < 1e-6) {
        for (let k = 0; k < emission.length; k++) emission[k] = emission[k]! * scale
        for (let k = 0; k < transition.length; k++) transition[k] = transition[k]! * scale
        scale = 1
      }
      one(lines[at]!, eta / scale)
    }
    if (epoch >= Math.floor((epochs * 2) / 3)) {
      sums++
      for (let k = 0; k < emission.length; k++) sumE[k] = sumE[k]! + scale * emission[k]!
      for (let k = 0; k < transition.length; k++) sumT[k] = sumT[k]! + scale * transition[k]!
    }
  }
  return {
    emission: Float32Array.from(sumE, (one) => one / sums),
    transition: Float32Array.from(sumT, (one) => one / sums),
  }

  /** Forward and backward over one line, and the step along its gradient. */
  function one({ features, labels }: Sequence, eta: number): void {
    const n = labels.length
    for (let k = 0; k < L * L; k++) expT[k] = open[k] === 1 ? Math.exp(scale * transition[k]!) : 0
    for (let i = 0; i < n; i++) {
      const at = i * L
      const f = features[i]!
      for (let y = 0; y < L; y++) score[at + y] = 0
      for (let k = 0; k < f.length; k++) {
        const w = f[k]! * L
        for (let y = 0; y < L; y++) score[at + y] = score[at + y]! + emission[w + y]!
      }
      let most = Number.NEGATIVE_INFINITY
      for (let y = 0; y < L; y++) {
        score[at + y] = score[at + y]! * scale
        if (score[at + y]! > most) most = score[at + y]!
      }
      for (let y = 0; y < L; y++) score[at + y] = Math.exp(score[at + y]! - most)
      if (i === 0) for (let y = 0; y < L; y++) alpha[y] = expT[y]! * score[y]!
      else {
        for (let y = 0; y < L; y++) alpha[at + y] = 0
        for (let z = 0; z < L; z++) {
          const a = alpha[at - L + z]!
          if (a > 1e-15) for (let y = 0; y < L; y++) alpha[at + y] = alpha[at + y]! + a * expT[z * L + y]!
        }
        for (let y = 0; y < L; y++) alpha[at + y] = alpha[at + y]! * score[at + y]!
      }
      let sum = 0
      for (let y = 0; y < L; y++) sum += alpha[at + y]!
      total[i] = sum
      for (let y = 0; y < L; y++) alpha[at + y] = alpha[at + y]! / sum
    }
    for (let y = 0; y < L; y++) beta[(n - 1) * L + y] = 1
    for (let i = n - 2; i >= 0; i--) {
      const at = i * L
      for (let z = 0; z < L; z++) {
        let sum = 0
        for (let y = 0; y < L; y++) sum += expT[z * L + y]! * score[at + L + y]! * beta[at + L + y]!
        beta[at + z] = sum / total[i + 1]!
      }
    }
    for (let i = 0; i < n; i++) {
      const at = i * L
      const f = features[i]!
      for (let y = 0; y < L; y++) {
        const g = (alpha[at + y]! * beta[at + y]! - (labels[i] === y ? 1 : 0)) * eta
        if (g > 1e-9 || g < -1e-9)
          for (let k = 0; k < f.length; k++) emission[f[k]! * L + y] = emission[f[k]! * L + y]! - g
      }
      for (let z = 0; z < L; z++) {
        const a = i === 0 ? (z === 0 ? 1 : 0) : alpha[at - L + z]!
        if (a < 1e-9) continue
        for (let y = 0; y < L; y++) {
          const k = z * L + y
          const p = (a * expT[k]! * score[at + y]! * beta[at + y]!) / total[i]!
          if (p > 1e-9) transition[k] = transition[k]! - p * eta
        }
      }
      const k = (i === 0 ? 0 : labels[i - 1]!) * L + labels[i]!
      transition[k] = transition[k]! + eta
    }
  }
}
