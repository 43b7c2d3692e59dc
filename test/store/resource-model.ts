import type { Criterion, IndexEntry, ResourceQuery, Restriction } from '../../src/record/resource-query.ts'
import type { ResourceWrite } from '../../src/store/resources/resource-store.ts'

type Of<K extends Criterion['kind']> = Extract<Criterion, { kind: K }>

/** The ids that a search of one tenant must find: nothing hidden counts anywhere, as if it were not there. */
export function modelSearch(all: readonly ResourceWrite[], query: ResourceQuery): readonly string[] {
  const seen = all.filter((one) => isVisible(one, query.within))
  return seen
    .filter(({ type }) => type === query.type)
    .filter((one) => query.criteria.every((criterion) => meets(one, criterion, seen)))
    .map(({ id }) => id)
    .sort()
}

export function isVisible({ type, compartment, labels }: ResourceWrite, within: Restriction): boolean {
  return (
    (within.types?.includes(type) ?? true) &&
    (within.compartments?.includes(compartment) ?? true) &&
    !labels.some((label) => within.hiddenLabels.includes(label))
  )
}

function meets(one: ResourceWrite, criterion: Criterion, seen: readonly ResourceWrite[]): boolean {
  switch (criterion.kind) {
    case 'token':
      return hasToken(one, criterion) !== criterion.not
    case 'missing':
      return one.index.some(({ param }) => param === criterion.param) !== criterion.missing
    case 'reference':
      return referencesOf(one, criterion.param).some((to) =>
        criterion.values.some(({ type, id }) => id === to.id && (type === undefined || type === to.type)),
      )
    case 'date':
      return one.index.some(
        (entry) =>
          entry.kind === 'date' &&
          entry.param === criterion.param &&
          criterion.values.some(({ low, high }) => entry.low! >= low && entry.high! <= high),
      )
    case 'chain':
      return referencesOf(one, criterion.param).some(
        (to) =>
          to.type === criterion.type &&
          seen.some(
            (target) =>
              target.type === to.type &&
              target.id === to.id &&
              criterion.criteria.every((inner) => meets(target, inner, seen)),
          ),
      )
    case 'has':
      return seen.some(
        (source) =>
          source.type === criterion.type &&
          referencesOf(source, criterion.param).some(({ type, id }) => type === one.type && id === one.id) &&
          criterion.criteria.every((inner) => meets(source, inner, seen)),
      )
    case 'any':
      return criterion.of.some((branch) => branch.every((inner) => meets(one, inner, seen)))
    default:
      throw new Error(`the model does not know ${criterion.kind}`)
  }
}

function hasToken(one: ResourceWrite, { param, values }: Of<'token'>): boolean {
  return one.index.some(
    (entry) =>
      entry.kind === 'token' &&
      entry.param === param &&
      values.some(
        ({ system, code }) =>
          (system === undefined || system === (entry.system ?? '')) &&
          (code === undefined || code === entry.code),
      ),
  )
}

function referencesOf(
  one: ResourceWrite,
  param: string,
): readonly Extract<IndexEntry, { kind: 'reference' }>[] {
  return one.index.flatMap((entry) => (entry.kind === 'reference' && entry.param === param ? [entry] : []))
}
