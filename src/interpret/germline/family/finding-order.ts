import { ACMG_CLASSES, type GermlineFinding } from '../../finding/germline.ts'

/** Most severe class first, then more points, then surer inheritance, then place. */
export function byWeight(a: GermlineFinding, b: GermlineFinding): number {
  const rank = (one: GermlineFinding) => {
    const own = ACMG_CLASSES.indexOf(one.classification.class)
    const known = one.known?.class === undefined ? own : ACMG_CLASSES.indexOf(one.known.class)
    return Math.min(own, known)
  }
  const fit = (one: GermlineFinding) =>
    Math.max(
      0,
      ...one.inheritance.map(({ mode, certainty }) =>
        mode === 'carrier-state' ? 0.5 : (certainty === 'sure' ? 2 : 1) + (mode === 'dominant' ? 0 : 0.5),
      ),
    )
  return (
    rank(a) - rank(b) ||
    b.classification.points - a.classification.points ||
    fit(b) - fit(a) ||
    (a.variant.chromosome < b.variant.chromosome
      ? -1
      : a.variant.chromosome > b.variant.chromosome
        ? 1
        : 0) ||
    a.variant.position - b.variant.position
  )
}
