/** One line for the card's face: shorter than 140 characters, as CDS Hooks asks, cut at a word. */
export function summaryOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if ([...line].length < 140) return line
  const cut = [...line].slice(0, 138).join('')
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > 80 ? space : undefined).replace(/[\s,;:.]+$/, '')}…`
}
