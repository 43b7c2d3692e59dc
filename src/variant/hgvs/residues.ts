/** Amino acids by their three-letter name; "Ter" is the stop codon. Source: IUPAC-IUB, HGVS "Standards". */
const ONE_LETTER: Readonly<Record<string, string>> = {
  Ala: 'A',
  Arg: 'R',
  Asn: 'N',
  Asp: 'D',
  Asx: 'B',
  Cys: 'C',
  Gln: 'Q',
  Glu: 'E',
  Glx: 'Z',
  Gly: 'G',
  His: 'H',
  Ile: 'I',
  Leu: 'L',
  Lys: 'K',
  Met: 'M',
  Phe: 'F',
  Pro: 'P',
  Sec: 'U',
  Ser: 'S',
  Ter: '*',
  Thr: 'T',
  Trp: 'W',
  Tyr: 'Y',
  Val: 'V',
  Xaa: 'X',
}
const THREE_LETTERS = new Map(Object.entries(ONE_LETTER).map(([three, one]) => [one, three]))

/** One-letter code of "Ala"; undefined when there is no such amino acid. */
export function residueOf(name: string): string | undefined {
  return Object.hasOwn(ONE_LETTER, name) ? ONE_LETTER[name] : undefined
}

/** "AlaGlyTer" of "AG*". */
export function threeLetters(residues: string): string {
  let text = ''
  for (const one of residues) text += THREE_LETTERS.get(one) ?? one
  return text
}

/** Whether a letter stands for an amino acid, the stop left out; X is any amino acid. */
export function isResidue(letter: string): boolean {
  return letter !== '*' && THREE_LETTERS.has(letter)
}
