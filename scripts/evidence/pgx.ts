// Writes docs/evidence/pgx.md: the answers of PharmCAT 3.1.1, of the GeT-RM consensus and of Garrod side by side.
// Run with the evaluation data beside the checkout: node_modules/.bin/node scripts/evidence/pgx.ts
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compareBuilds, compareSparse } from '../../test/peers/pgx/builds.ts'
import { compareSet, type SetResult } from '../../test/peers/pgx/concordance.ts'
import { compareGetrm } from '../../test/peers/pgx/getrm.ts'
import { compareOutside } from '../../test/peers/pgx/outside.ts'
import { PEER_SETS } from '../../test/peers/pgx/peer-sets.ts'
import { readTsv } from '../../test/peers/pgx/tsv.ts'

const results: SetResult[] = []
for (const set of PEER_SETS) results.push(await compareSet(set))
results.push(compareOutside())
const truth = await compareGetrm()
const builds = await compareBuilds()
const sparse = await compareSparse()
const reasons = readTsv(fileURLToPath(new URL('../../test/peers/pgx/differences.tsv', import.meta.url)))

const lines = [
  '# Evidence: pharmacogene calls',
  '',
  'Made by `node_modules/.bin/node scripts/evidence/pgx.ts`, with the evaluation data in `../shared/data`; `npm test` holds it.',
  "The peer is PharmCAT 3.1.1 (data 2025-11-05); its answers are a peer's, not clinical truth.",
  '',
  '## Same file, same answer',
  '',
  'A row is one gene of one sample. It agrees when the reported diplotypes (or the unphased variants), the match score, the phenotypes,',
  'the activity scores and the recommendation lookup keys are all equal, in order.',
  '',
  '| set | rows | all equal | not equal |',
  '|---|---:|---:|---:|',
  ...results.map((one) => `| ${one.set} | ${one.rows} | ${one.same} | ${one.rows - one.same} |`),
  '',
  'Every row that is not equal:',
  '',
  '| set | case | gene | what | peer | Garrod | why |',
  '|---|---|---|---|---|---|---|',
  ...results.flatMap((one) =>
    one.differences.map((difference) => {
      const reason =
        reasons.find(
          (row) =>
            row['set'] === difference.set && row['id'] === difference.id && row['what'] === difference.what,
        )?.['why'] ?? 'NOT EXPLAINED'
      return `| ${one.set} | ${difference.id} | ${difference.gene} | ${difference.what} | ${difference.peer} | ${difference.garrod} | ${reason} |`
    }),
  ),
  '',
  "Read with `--any-order`: 12 of the peer's 184 matcher files and 3 of its resource files are not sorted, which Garrod refuses unless",
  'asked (docs/decisions/0005). Rows of the peer\'s research mode "combinations" are left out: partial alleles are not part of an answer.',
  '',
  '## GeT-RM consensus (53 of its samples with a public genome, phased)',
  '',
  '| gene | samples | only answer | among the answers | peer: only | peer: among |',
  '|---|---:|---:|---:|---:|---:|',
  ...truth.map(
    (row) =>
      `| ${row.gene} | ${row.samples} | ${row.exact} | ${row.among} | ${row.peerExact} | ${row.peerAmong} |`,
  ),
  '',
  'CYP2C19*38 is folded into *1 and CYP3A4*1B into *1, as the consensus is older than these names. No CYP2B6 *1/*6 became *1/*9 alone: the',
  'position that tells them apart is missing from this panel, so both are reported. Not found:',
  '',
  ...truth.flatMap((row) => row.misses.map((miss) => `- ${row.gene} ${miss}`)),
  '',
  'CYP2D6 misses are structural alleles (*5, *36, *68, duplications), which small variants cannot show; Garrod says so with every CYP2D6 call.',
  '',
  '## GRCh37 against GRCh38 (1,513 people, phase 3 and 30x call sets)',
  '',
  'On the positions that both call sets have. "Other bases": the call sets themselves give other bases (or another number of X chromosomes)',
  'at a position of the gene.',
  '',
  '| gene | people | same diplotype | other bases |',
  '|---|---:|---:|---:|',
  ...builds.map((row) => `| ${row.gene} | ${row.people} | ${row.same} | ${row.otherBases} |`),
  '',
]
lines.push(
  '## A file with gaps: what the probabilities are worth',
  '',
  "The same GRCh37 file as it is, which holds 180 positions, against the peer's single answers on the complete genotypes. Many alleles",
  'cannot be told apart by what is left; all that fit are reported, and the most probable one is named. (The frequencies are of the same',
  'panel, so this shows the mechanism, not an independent accuracy; call sets differ in up to 0.2 % of genotypes.)',
  '',
  '| gene | people | positions seen | only answer | among the answers | most probable | its phenotype |',
  '|---|---:|---:|---:|---:|---:|---:|',
  ...sparse.map(
    (row) =>
      `| ${row.gene} | ${row.people} | ${row.seen} | ${row.only} | ${row.among} | ${row.mostProbable} | ${row.phenotype} |`,
  ),
  '',
)
lines.push(
  '## Recommendations',
  '',
  'The 181 recommendations that the peer published for its example person (2025 data), and its 266 assertions on matched',
  'recommendations. As `npm test` prints them (`node scripts/test.mjs test/peers/recommendations.test.ts`):',
  '',
  '```',
  ...recommendationLines(),
  '```',
  '',
  'FDA rows exist here only for the texts that could be read (35 of the 226 entries that the peer lists); every other FDA entry is',
  'listed with its link and without content. DPWG rules are of January 2024.',
  '',
)
writeFileSync(fileURLToPath(new URL('../../docs/evidence/pgx.md', import.meta.url)), lines.join('\n'))
for (const one of results) process.stdout.write(`${one.set}: ${one.same} of ${one.rows}\n`)

/** What the test of recommendations reports, line by line. */
function recommendationLines(): string[] {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { stdout } = spawnSync(process.execPath, ['scripts/test.mjs', 'test/peers/recommendations.test.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.slice(2))
}
