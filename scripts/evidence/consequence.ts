// Writes docs/evidence/consequence.md: consequences written down by hand, of bcftools csq, and of "garrod vcf consequence".
// Run with the evaluation data beside the checkout and bcftools installed: node_modules/.bin/node scripts/evidence/consequence.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compareThree, type ThreeWay } from '../../test/peers/consequence/peer.ts'
import { bcftoolsVersion } from '../../test/peers/norm/random-runs.ts'

const version = bcftoolsVersion()
if (version === undefined) throw new Error('bcftools is not installed')
const joined = await compareThree(false)
const alone = await compareThree(true)

const count = (rows: readonly ThreeWay[], key: 'same' | 'peerSame'): number =>
  rows.filter((one) => one[key]).length
const short = (list: readonly string[]): string => {
  const text = list.join(', ').replaceAll('|', '\\|')
  return text.length > 160 ? `${text.slice(0, 160)}…` : text || 'none'
}
const records = (rows: readonly ThreeWay[]): string[] =>
  rows
    .filter(({ same, peerSame }) => !same || !peerSame)
    .map(
      ({ slice, record, expected, called, peer }) =>
        `| ${slice} | ${record.length > 40 ? `${record.slice(0, 40)}…` : record} | ${short(expected)} | ${peer === undefined ? 'stopped' : short(peer)} | ${short(called)} |`,
    )

const lines = [
  '# Evidence: consequences',
  '',
  'Made by `node_modules/.bin/node scripts/evidence/consequence.ts`, with the evaluation data in `../shared/data` and bcftools installed;',
  '`test/peers/consequence` holds the first table.',
  '',
  'Gene slices of Ensembl with variants whose consequences were written down by hand beside them (INFO/EXP, and INFO/EXPL for records',
  'taken alone). A record agrees when all consequences are the same text: terms, gene, transcript, biotype, residues and changes.',
  'One setting for all files: `-p a`, and with `-l` for records taken alone.',
  '',
  `| | records | ${version} | Garrod |`,
  '|---|---:|---:|---:|',
  `| alleles of a haplotype together | ${joined.length} | ${count(joined, 'peerSame')} | ${count(joined, 'same')} |`,
  `| each record alone | ${alone.length} | ${count(alone, 'peerSame')} | ${count(alone, 'same')} |`,
  '',
  'Most of what does not agree alone is text for haplotypes (EXP where no EXPL is given): a change of two records cannot be told by one.',
  '',
  '## Every record of the first row that one of the two does not have',
  '',
  '| slice | record | written down | bcftools | Garrod |',
  '|---|---|---|---|---|',
  ...records(joined),
  '',
  'The first two were written down when a start codon that a deletion leaves in place was called "synonymous&start_lost"; both programs',
  'now say start_retained. In the third both also say that a stop is gained, which the text leaves out.',
  '',
  '## Where Garrod differs on purpose',
  '',
  '| what | bcftools 1.16 | Garrod |',
  '|---|---|---|',
  '| heterozygous, phase not known | refused, or a phase is made up as told | told alone, counted, exit 1; `--phase` has the peer’s ways |',
  '| a file without samples | all first ALTs one haplotype | the same; changes told together are counted, exit 1; `--local-csq` |',
  '| alleles that overlap another of their haplotype | left out | told alone, counted, exit 1 |',
  '| three copies of an allele | the record is left out, or the program stops | told alone |',
  '| an exon’s bases outside the CDS, in an Ensembl file without UTR lines | intron | 5′ or 3′ UTR where nothing else is reached |',
  '| substitution of several residues | terms of the first that differs | terms of all |',
  '| deletion out of the UTR into the start codon (+ strand) or the stop codon (− strand) | coding_sequence | start_lost, stop_lost, as on the other strand |',
  '| substitution over the end of an exon | bases of the intron are translated | only the exon’s are |',
  '| deletion inside the last bases before an exon’s end, `TOR1AIP1` 31297 | a stop that is not there | the residues that are |',
  '| deletion 3 to 8 bases behind an exon, `C1orf64` 153 | intron | splice region |',
  '| mitochondria | standard code; a stop of which only T is written: intron | vertebrate mitochondrial code; stop_lost; ATA to ATG retains the start |',
  '| bases of a codon that is not whole, at an unknown end | intron | coding_sequence |',
  '',
  'The JSON output (`--json`) adds what the text has no room for: Sequence Ontology names and impact, the transcript a report speaks of',
  'and why (MANE Select first), and whether a new stop is expected to lead to decay of the messenger (50 bases before the last junction).',
  '',
  '## Symbolic alleles and breakends',
  '',
  'bcftools 1.16 tells `<INS>` alone. Garrod tells the others by their place against the exons, from END, SVLEN, CN and the mate that ALT',
  'names; the expected answers are written by hand in `src/variant/consequence/structural/structural.test.ts`.',
  '',
  '| ALT | told | unknown, and why |',
  '|---|---|---|',
  '| `<DEL>` | transcript_ablation; exon_loss_variant, feature_truncation, start_lost, stop_lost, splice sites, with the exons and what whole exons do to the frame | neither END nor SVLEN; the two contradict |',
  '| `<DUP>`, `<DUP:TANDEM>` | transcript_amplification; feature_elongation inside a transcript; transcript_variant over its end, where a whole copy stays | the same; where a copy that is not in tandem lies is not guessed |',
  '| `<CNV>`, `<CNn>` | as a loss or a gain by FORMAT CN of autosomes, by n of one chromosome, by INFO CN where 0 or above 2 | no CN; X, Y and the mitochondrion other than 0; samples that go both ways |',
  '| `<INV>` | feature_truncation where it breaks a transcript; transcript_variant where it turns it whole | as `<DEL>` |',
  '| breakends | feature_truncation; gene_fusion with the 5′ and 3′ partner, their exons, strands, and the frame where both breaks lie in coding introns; a join that is a deletion or tandem duplication as that | frame: break in an exon, outside the coding sequence, or known less exactly than the intron is wide; `<BND>`, `<TRA>` without a mate |',
  '',
  'What CIPOS, CIEND or IMPRECISE leave open is marked "uncertain" where another allowed place says another thing. A fusion is a candidate',
  'by the genome: whether it is transcribed is not known. A gene covered whole is told once, on the transcript a report speaks of.',
  '',
  'Not told: variants up- and downstream of genes; RefSeq transcripts that NCBI marks as aligned with gaps (they are counted and named).',
  '',
]
writeFileSync(fileURLToPath(new URL('../../docs/evidence/consequence.md', import.meta.url)), lines.join('\n'))
