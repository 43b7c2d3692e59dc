import type { LabelRow } from '../../knowledge/access/access-policy.ts'
import type { Caller } from '../caller.ts'

/** Labels whose data the caller is not shown: every listed one that no line shows to one of the caller's roles for the purpose. */
export function hiddenLabels(rows: readonly LabelRow[], { roles, purpose }: Caller): readonly string[] {
  const kept = KEPT.get(rows) ?? new Map<string, readonly string[]>()
  KEPT.set(rows, kept)
  const name = JSON.stringify([purpose, ...roles])
  const labels = kept.get(name) ?? hidden(rows, roles, purpose)
  kept.set(name, labels)
  return labels
}

/** Of each table of labels, for the few combinations of roles and purposes there are. */
const KEPT = new WeakMap<readonly LabelRow[], Map<string, readonly string[]>>()

function hidden(
  rows: readonly LabelRow[],
  roles: Caller['roles'],
  purpose: Caller['purpose'],
): readonly string[] {
  const shown = rows.filter(
    (row) => row.purposes.includes(purpose) && roles.some((role) => row.roles.includes(role)),
  )
  const visible = new Set(shown.map(({ label }) => label))
  return [...new Set(rows.map(({ label }) => label))].filter((label) => !visible.has(label)).sort()
}
