/** A name as it is searched and sorted: without case, accents and doubled spaces. "Ćwik, Zoë" becomes "cwik, zoe". */
export function nameKey(name: string | undefined): string {
  return (name ?? '')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

/** Text as a LIKE pattern that matches only itself. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
