/** Words of a line, [first, last], that may be an entity of a kind. */
export interface Span {
  readonly first: number
  readonly last: number
  readonly kind: number
  readonly probability: number
}

/** Spans less likely than this are not looked at. */
const FLOOR = 0.02

/** Label 0 is none, 1 + 2k begins kind k, 2 + 2k goes on with it: only behind its own kind. */
export function mayFollow(before: number, after: number): boolean {
  return after === 0 || after % 2 === 1 || before === after || before === after - 1
}

/** Factors of neighbouring labels, [before * labels + after], from their logits; 0 where one may not follow. */
export function stepsOf(transitions: Float64Array, labels: number): Float64Array {
  return transitions.map((logit, i) => (mayFollow(Math.floor(i / labels), i % labels) ? Math.exp(logit) : 0))
}

/**
 * How likely each span is to be exactly one entity, by the forward-backward algorithm. `scores` are the logits of each word
 * and label, [word * labels + label]; `step` is that of `stepsOf`.
 */
export function spanProbabilities(scores: Float64Array, step: Float64Array, labels: number): Span[] {
  const words = scores.length / labels
  if (words === 0) return []
  const own = new Float64Array(scores.length)
  for (let i = 0; i < words; i++) {
    const at = i * labels
    let most = Number.NEGATIVE_INFINITY
    for (let y = 0; y < labels; y++) most = Math.max(most, scores[at + y]!)
    for (let y = 0; y < labels; y++) own[at + y] = Math.exp(scores[at + y]! - most)
  }
  // Forward values are scaled to sum to 1 at each word; backward values by the same factors.
  const forward = new Float64Array(scores.length)
  const backward = new Float64Array(scores.length)
  const total = new Float64Array(words)
  const reach = new Float64Array(labels)
  for (let i = 0; i < words; i++) {
    const at = i * labels
    if (i === 0) for (let y = 0; y < labels; y++) forward[y] = step[y]! * own[y]!
    else {
      for (let z = 0; z < labels; z++) {
        const a = forward[at - labels + z]!
        if (a === 0) continue
        // Any kind may begin, or none go on, behind any label; else a kind goes on behind itself alone.
        forward[at] = forward[at]! + a * step[z * labels]!
        for (let y = 1; y < labels; y += 2) forward[at + y] = forward[at + y]! + a * step[z * labels + y]!
        const within = z + (z & 1)
        if (z > 0) forward[at + within] = forward[at + within]! + a * step[z * labels + within]!
      }
      for (let y = 0; y < labels; y++) forward[at + y] = forward[at + y]! * own[at + y]!
    }
    let sum = 0
    for (let y = 0; y < labels; y++) sum += forward[at + y]!
    total[i] = sum
    for (let y = 0; y < labels; y++) forward[at + y] = forward[at + y]! / sum
  }
  backward.fill(1, (words - 1) * labels)
  for (let i = words - 2; i >= 0; i--) {
    const next = (i + 1) * labels
    for (let y = 0; y < labels; y++) reach[y] = (own[next + y]! * backward[next + y]!) / total[i + 1]!
    for (let z = 0; z < labels; z++) {
      let sum = step[z * labels]! * reach[0]!
      for (let y = 1; y < labels; y += 2) sum += step[z * labels + y]! * reach[y]!
      const within = z + (z & 1)
      if (z > 0) sum += step[z * labels + within]! * reach[within]!
      backward[i * labels + z] = sum
    }
  }

  const spans: Span[] = []
  for (let begin = 1; begin < labels; begin += 2) {
    const within = begin + 1
    for (let first = 0; first < words; first++) {
      let mass = forward[first * labels + begin]!
      for (let last = first; last < words; last++) {
        const label = last === first ? begin : within
        if (last > first) {
          const before = last === first + 1 ? begin : within
          mass *= (step[before * labels + within]! * own[last * labels + within]!) / total[last]!
        }
        const reached = mass * backward[last * labels + label]!
        if (reached < FLOOR) break
        const next = (last + 1) * labels + within
        const goesOn =
          last === words - 1
            ? 0
            : (mass * step[label * labels + within]! * own[next]! * backward[next]!) / total[last + 1]!
        const probability = reached - goesOn
        if (probability >= FLOOR) spans.push({ first, last, kind: (begin - 1) / 2, probability })
      }
    }
  }
  return spans
}

/** The mean of what several models say of each span; what one leaves out it holds impossible. */
export function meanSpans(
  opinions: readonly (readonly [weight: number, spans: readonly Span[]])[],
  words: number,
): Span[] {
  const places = new Map<number, number>()
  const means: Span[] = []
  for (const [weight, spans] of opinions)
    for (const { first, last, kind, probability } of spans) {
      const key = (kind * words + first) * words + last
      const place = places.get(key) ?? means.length
      places.set(key, place)
      means[place] = {
        first,
        last,
        kind,
        probability: (means[place]?.probability ?? 0) + weight * probability,
      }
    }
  return means
}

/** Spans that do not overlap with the greatest sum of (probability - threshold): what best serves precision and recall together. */
export function bestSpans(spans: readonly Span[], words: number, threshold: number): readonly Span[] {
  const ending = new Map<number, Span[]>()
  for (const span of spans) {
    const list = ending.get(span.last)
    if (list === undefined) ending.set(span.last, [span])
    else list.push(span)
  }
  const best = new Float64Array(words + 1)
  const chosen: (Span | undefined)[] = [undefined]
  for (let i = 1; i <= words; i++) {
    best[i] = best[i - 1]!
    chosen[i] = undefined
    for (const span of ending.get(i - 1) ?? []) {
      const value = best[span.first]! + span.probability - threshold
      if (value > best[i]! + 1e-12) {
        best[i] = value
        chosen[i] = span
      }
    }
  }
  const found: Span[] = []
  for (let i = words; i > 0; ) {
    const span = chosen[i]
    if (span === undefined) i--
    else {
      found.push(span)
      i = span.first
    }
  }
  return found.reverse()
}
