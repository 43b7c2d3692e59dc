import type { StructuralFields } from './structural-change.ts'

/** Bases by which the ends may lie elsewhere: the widest reach of CIPOS and CIEND; undefined: not exact, and not told by how much. */
export function slackOf({ info }: StructuralFields): number | undefined {
  const reaches = ['CIPOS', 'CIEND']
    .flatMap((key) => info(key)?.split(',') ?? [])
    .map((one) => Math.abs(Number(one)))
  if (reaches.some((one) => !Number.isFinite(one))) return undefined
  return reaches.length === 0 && info('IMPRECISE') !== undefined ? undefined : Math.max(0, ...reaches)
}
