type Made = string | ((found: RegExpExecArray, types: readonly string[]) => string | undefined)

const SMALL_DELETION = /inframe_deletion/

/** Names of classes and what stands behind the gene for them. */
const CLASSES: readonly (readonly [RegExp, Made])[] = [
  [/^(?:any )?mutations?$/i, 'mutation'],
  [/^truncating mutations?$/i, 'truncating'],
  [/^frameshift (?:truncation|mutation)s?$/i, 'frameshift'],
  [/^n-terminal frame ?shift$/i, 'N-terminal frameshift'],
  [/^(?:loss-of-function|inactivating mutation|deleterious mutation)s?$/i, 'loss of function'],
  [/^(?:gain-of-function|activating mutation)s?$/i, 'activating'],
  [/^amplification$/i, 'amplification'],
  [/^deletion$/i, 'deep deletion'],
  [/^null \(complete deletion\)$/i, 'loss'],
  // Where the name does not say so, one lost copy is no loss of the gene.
  [/^(?:loss|bi-?allelic inactivation)$/i, 'biallelic loss'],
  [/^wild[ -]?type$/i, 'wild type'],
  [/^(over|under)?expression$/i, (found) => found[0].toLowerCase()],
  [/^(?:itd|internal (?:tandem )?duplication)$/i, 'internal duplication'],
  [/^(?:kinase domain|tkd) mutations?$/i, 'kinase domain'],
  [/^dna binding domain mutations?$/i, 'DNA-binding domain'],
  [/^(sh2|b2) domain mutations?$/i, (found) => `${found[1]!.toUpperCase()} domain`],
  [/^p-loop mutations?$/i, 'P-loop'],
  [/^exon (\d+) skipping(?: mutation)?s?$/i, (found) => `exon ${found[1]} skipping`],
  [
    /^exon (\d+)(?:-(\d+))? (mutation|insertion|frameshift)s?$/i,
    (found) => exonText(found[1]!, found[2], found[3]!),
  ],
  [
    /^exon (\d+)(?:-(\d+))? deletions?$/i,
    ([, from, to], types) =>
      exonText(
        from!,
        to,
        to === undefined && types.some((one) => SMALL_DELETION.test(one)) ? 'deletion' : 'loss',
      ),
  ],
  [/^exon (\d+) in-frame deletions?$/i, (found) => exonText(found[1]!, undefined, 'deletion')],
  [/^null \(partial deletion of exons (\d+) & (\d+)\)$/i, (found) => exonText(found[1]!, found[2], 'loss')],
  // EGFRvIII: exons 2 to 7 are missing.
  [/^viii$/i, 'exon 2-7 loss'],
]

/** Names that are neither a change nor a class that a profile could answer. `even`: a place given with it does not help. */
const REASONS: readonly (readonly [RegExp, string, boolean?])[] = [
  [/methylation/i, 'methylation is not part of a profile', true],
  [/phosphorylation/i, 'phosphorylation is not part of a profile', true],
  [/serum levels/i, 'serum levels are not part of a profile', true],
  [/localization|translocation$/i, 'the place of a protein in the cell is not part of a profile', true],
  [
    /(nuclear|cytoplasmic|isoform|p16|v7) expression|exon \d+ overexpression|alternative transcript/i,
    'expression of an isoform or in a part of the cell is not part of a profile',
    true,
  ],
  [/^loh$|loss of heterozygosity/i, 'loss of heterozygosity of one gene is not part of a profile', true],
  [
    /\*\d+( homozygosity)?$|homozygosity/i,
    'a star allele or an inherited genotype: a question of pharmacogenetics',
    true,
  ],
  [/^copy number variation$/i, 'gain or loss is not said'],
  [
    /rearrangement|truncating fusion|double ph|type 1$|^del\d+-\d+$/i,
    'which breakpoints are meant is not part of a profile',
  ],
  [/^rare |^conserved domain/i, 'which changes are meant is not said', true],
  [/deletion and mutation/i, 'whether both or either is meant is not said', true],
  [/polymorphism|tandem repeat|^rs\d+|^snp\d+|^t17 /i, 'an inherited polymorphism without its bases'],
  [/=$/, 'a silent change without its name on the coding sequence'],
  [/ins/i, 'an insertion whose place is not told by both its neighbours'],
  [
    /^c\.|^ivs|splic|utr|11mb|^alu|exon deletion|^intron/i,
    'a change outside the protein without its exact bases',
  ],
]

/** The category of a class; undefined: the name is none. */
export function classOfName(gene: string, name: string, types: readonly string[]): string | undefined {
  const text = name.trim()
  const without = /^non-(.+?)(?: mutation)?$/i.exec(text)
  if (without !== null) return `${gene} mutation AND NOT ${gene} ${without[1]}`
  if (/^alteration$/i.test(text)) return `${gene} mutation OR ${gene} deep deletion`
  for (const [expression, made] of CLASSES) {
    const found = expression.exec(text)
    const words = found && (typeof made === 'string' ? made : made(found, types))
    if (typeof words === 'string') return `${gene} ${words}`
  }
  return undefined
}

/** Why a name is no category; undefined: nothing is known of it. */
export function reasonOfName(name: string): { readonly reason: string; readonly even: boolean } | undefined {
  const found = REASONS.find(([expression]) => expression.test(name))
  return found && { reason: found[1], even: found[2] === true }
}

function exonText(from: string, to: string | undefined, what: string): string {
  return `exon ${from}${to === undefined ? '' : `-${to}`} ${what.toLowerCase()}`
}
