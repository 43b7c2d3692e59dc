/** Columns of laboratory tables that mean a discrete fact, by the words laboratories head them with. */
const HEADS: readonly (readonly [column: string, head: RegExp])[] = [
  ['gene', /^genes?( (name|symbol|tested|analy[sz]ed))?$/i],
  ['diplotype', /^(diplotype|star allele(s)?|haplotypes?|allele(s)?( detected)?|pgx genotype)$/i],
  ['genotype', /^(genotype|result|patient('s)? (genotype|result)|call)$/i],
  [
    'phenotype',
    /^(((predicted|inferred|metaboli[sz]er|enzyme)\s+)?(phenotype|status|function|activity)|interpretation)$/i,
  ],
  ['activity', /^activity score$/i],
  [
    'cdna',
    /^((c?dna|nucleotide|coding( dna)?) (change|variant)|hgvs ?c\.?|c\.|variant( \(hgvs\))?|variant|mutation|alteration)$/i,
  ],
  ['protein', /^((protein|amino acid) (change|variant)|hgvs ?p\.?|p\.)$/i],
  ['transcript', /^(transcript|reference sequence|refseq)$/i],
  ['zygosity', /^(zygosity|allelic state|state)$/i],
  [
    'classification',
    /^((variant )?classification|clinical significance|significance|pathogenicity|acmg( class)?)$/i,
  ],
  ['rsid', /^(rs ?(id|number)|dbsnp|variant id)$/i],
]

/** The column that the head of one means; undefined for one that is not read. */
export function columnOf(head: string): string | undefined {
  const text = head
    .replace(/[:*†‡]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  return HEADS.find(([, one]) => one.test(text))?.[0]
}
