// Learns facts/phenotype-ranking from published cases and the HPO annotations of January 2023, and prints what five-fold
// cross-validation by gene says of it. Run with Node 24: node scripts/learning/train-phenotype-ranking.ts CASES.jsonl.gz VERSION
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writePack } from '../../src/knowledge/import/write-pack.ts'
import { learnRanking, PENALTY, reportOf } from './phenotype-learning.ts'

const [path, version] = process.argv.slice(2)
if (path === undefined || version === undefined) throw new Error('name the cases and the version of the pack')
const into = join(import.meta.dirname, '..', '..', 'facts')
const { tries, first, weights, neighbours } = learnRanking(path, into)
for (const { penalty, answers } of tries)
  process.stdout.write(`excluded terms weigh ${penalty}\n${reportOf(answers)}\n`)
const { sharpness, known } = tries.find((one) => one.penalty === PENALTY)!
process.stdout.write(`${weights.map((one) => `${one.feature} ${one.weight.toFixed(2)}`).join(' ')}\n`)
const linesOf = (of: typeof weights) =>
  [
    'feature\tmean\tdeviation\tweight',
    ...of.map((one) => [one.feature, one.mean, one.deviation, one.weight].join('\t')),
    '',
  ].join('\n')
const calibrationLines = [['sharpness', sharpness] as const, ...known].map(
  ([key, value]) => `${key}\t${value}`,
)
const neighbourLines = [...neighbours].map(
  ([disease, near]) => `${disease}\t${near.map(({ id, share }) => `${id}=${share}`).join(' ')}`,
)
const files = new Map([
  ['first.tsv', linesOf(first)],
  ['weights.tsv', linesOf(weights)],
  ['neighbours.tsv', ['disease\tneighbours', ...neighbourLines, ''].join('\n')],
  ['calibration.tsv', ['name\tvalue', ...calibrationLines, ''].join('\n')],
])
rmSync(join(into, 'phenotype-ranking', version), { recursive: true, force: true })
const head = {
  id: 'phenotype-ranking',
  title: 'Weights that rank diseases by HPO terms, and their calibration',
  source: 'https://github.com/monarch-initiative/phenopacket-store',
  version,
  retrieved: '2026-11-23',
  licence:
    'Numbers learned by Garrod (Apache-2.0) from cases under BSD-3-Clause; neighbours computed from HPO annotations, under the HPO licence',
  attribution:
    'Phenopacket Store (Danis et al., HGG Advances 2025), commit b694d17ec6fd; HPO annotations of 2023-01-27 (Gargano et al. 2024).',
  limits: [
    'Learned from 811 published patients with 125 diseases whose paper is not cited by the annotations used; 300 patients with diseases that are not annotated set how often the answer is "not in the catalogue".',
    'All of these patients had a diagnosis by sequencing; people in a clinic are less typical and are described in fewer words.',
    'Neighbours of a disease (neighbours.tsv) are those of the most like annotations of 2023-01-27; a disease that came later has none.',
    'Probabilities assume that about a quarter of people have a disease that is not in the catalogue.',
  ],
}
process.stdout.write(`${writePack(into, head, files)}\n`)
