/** "drug-valproic-acid": a fragment identifier from any name. */
export function anchorOf(kind: string, name: string): string {
  return `${kind}-${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`
}
