/** What options are compared by, from the weightiest: the first that tells two of them apart decides. */
const CRITERIA = {
  refused: 'whether the germline, a change of the tumour or a condition of the person refuses it',
  disease: 'approved in this disease, held open, or approved in another',
  directed: 'directed at something found',
  people: 'the people that the label is for',
  line: 'stage and line of treatment',
  given: 'what was given already',
  conditions: 'what labels say of other conditions of the person',
  effect: 'changes of the tumour that lessen its effect',
  basis: 'regular or accelerated approval',
  breadth: 'approved for this disease or for any solid tumour',
  namesLine: 'a label that names this line',
  test: 'the approved test documented',
  cautions: 'cautions of the germline and of the results',
  boxed: 'boxed warnings',
} as const

type Criterion = keyof typeof CRITERIA
const ORDER = Object.keys(CRITERIA) as readonly Criterion[]

/** The criteria in words, in their order. */
export const COMPARED_BY: readonly string[] = Object.values(CRITERIA)

/** How an option stands by each criterion: the smaller weight goes first. */
export type Standings = Readonly<Record<Criterion, { readonly weight: number; readonly says: string }>>

/** Negative: `one` goes before `other`; zero: nothing tells them apart. */
export function compareStandings(one: Standings, other: Standings): number {
  const by = deciding(one, other)
  return by === undefined ? 0 : one[by].weight - other[by].weight
}

/** Why `later` stands behind `earlier`; undefined: nothing tells them apart. */
export function whyBehind(
  earlier: Standings,
  later: Standings,
): { readonly by: string; readonly here: string; readonly there: string } | undefined {
  const by = deciding(earlier, later)
  return by === undefined ? undefined : { by: CRITERIA[by], here: later[by].says, there: earlier[by].says }
}

function deciding(one: Standings, other: Standings): Criterion | undefined {
  return ORDER.find((by) => one[by].weight !== other[by].weight)
}
