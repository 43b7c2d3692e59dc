/** One amino acid change, codon or in-frame edit of a name: "V600E", "D835H/Y", "G12/G13", "E746_T751>I"; undefined: it is none. */
export function changeOfName(gene: string, name: string): string | undefined {
  const text = name.trim()
  const either = (changes: readonly string[]) => changes.map((one) => `${gene} ${one}`).join(' OR ')
  if (/^[A-Z*]\d+[A-Z*]$/i.test(text) || /^[A-Z]\d+$/i.test(text)) return `${gene} ${text.toUpperCase()}`
  const choice = /^([A-Z]\d+)([A-Z*](?:\/[A-Z*])+)$/i.exec(text)
  if (choice !== null) return either(choice[2]!.split('/').map((to) => (choice[1]! + to).toUpperCase()))
  const codons = /^[A-Z]\d+(?:\/[A-Z]\d+)+$/.exec(text)
  if (codons !== null) return either(text.split('/'))
  const double =
    /^([A-Z]\d+[A-Z])-([A-Z]\d+[A-Z])$/.exec(text) ?? /^([A-Z]\d+[A-Z]) and ([A-Z]\d+[A-Z])$/.exec(text)
  if (double !== null) return `${gene} ${double[1]} AND ${gene} ${double[2]}`
  if (/^[A-Z]\d+[A-Z] [A-Z]\d+[A-Z]$/.test(text))
    return text
      .split(' ')
      .map((one) => `${gene} ${one}`)
      .join(' AND ')
  const frame = /^([A-Z]\d+)[A-Z]?fs/i.exec(text)
  if (frame !== null) return `${gene} ${frame[1]!.toUpperCase()}fs`
  const range = /^del (\d+)-(\d+)$/i.exec(text)
  if (range !== null) return `${gene} ${range[1]}_${range[2]}del`
  const edit = editOf(text)
  return edit === undefined ? undefined : `${gene} ${edit}`
}

/** As HGVS writes it, without the residues that it no longer repeats. */
function editOf(text: string): string | undefined {
  const doubled = /^([A-Z]\d+)([A-Z])([A-Z])$/.exec(text)
  if (doubled !== null) return `${doubled[1]}delins${doubled[2]}${doubled[3]}`
  const found = /^([A-Z]?\d+)(?:_([A-Z]?\d+))?(delins|del|dup|ins|>)([A-Z*]*)$/i.exec(text)
  if (found === null) return undefined
  const [, start = '', end, word = '', residues = ''] = found
  // "1100delC" is a name on the coding sequence, not on the protein.
  if (end === undefined && !/^[A-Z]/i.test(start)) return undefined
  const whole = /^[A-Z]/i.test(start) === /^[A-Z]/i.test(end ?? start)
  const [first, last] = whole ? [start, end] : [start, end].map((one) => one?.replace(/^[A-Z]/i, ''))
  const place = `${first}${last === undefined ? '' : `_${last}`}`.toUpperCase()
  switch (word.toLowerCase()) {
    case 'del':
    case 'dup':
      return `${place}${word.toLowerCase()}`
    case 'ins':
      // One flank does not tell where the insertion stands.
      return end === undefined || residues === '' ? undefined : `${place}ins${residues.toUpperCase()}`
    default:
      return residues === '' ? undefined : `${place}delins${residues.toUpperCase()}`
  }
}
