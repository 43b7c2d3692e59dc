/** Three letters of each amino acid, with the one that stands for them. */
const NAMES =
  'AlaA ArgR AsnN AspD CysC GlnQ GluE GlyG HisH IleI LeuL LysK MetM PheF ProP SecU SerS ThrT TrpW TyrY ValV Ter* XaaX'
const LETTERS = new Map(NAMES.split(' ').map((one) => [one.slice(0, 3), one.slice(3)]))

/** "p.V600E" of "NP_004324.2:p.(Val600Glu)"; undefined for what names no protein change. */
export function shortProteinName(hgvs: string): string | undefined {
  const [, change] = /(?:^|:)p\.\(?([^()\s]+)\)?$/.exec(hgvs.trim()) ?? []
  if (change === undefined || /^[?0]/.test(change)) return undefined
  return `p.${change.replace(/[A-Z][a-z]{2}/g, (three) => LETTERS.get(three) ?? three)}`
}

/** MAF's word for a change of a protein, where its name leaves no choice. */
export function classificationOf(proteinChange: string): string | undefined {
  if (proteinChange.endsWith('=')) return 'Silent'
  const [, from, place, to] = /^p\.([A-Z])(\d+)([A-Z*])$/.exec(proteinChange) ?? []
  if (from === undefined || place === '1') return undefined
  return to === '*' ? 'Nonsense_Mutation' : from === to ? 'Silent' : 'Missense_Mutation'
}
