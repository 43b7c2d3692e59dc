// Learns facts/eligibility-tagger from annotated eligibility lines ("start:end:kind,… TAB text"). The same lines give the same
// weights with the same C compiler (cc). Run with Node 24: node scripts/learning/train-eligibility-tagger.ts LINES.tsv VERSION
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Lexicon } from '../../src/decide/enrol/entities/lexicon.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { writePack } from '../../src/knowledge/import/write-pack.ts'
import { eligibilityNames } from '../../src/knowledge/trials/eligibility-names.ts'
import { TAGGER_PACK } from '../../src/knowledge/trials/eligibility-tagger.ts'
import { wordVectors } from '../../src/knowledge/trials/word-vectors.ts'
import { annotatedLines, learnTagger } from './eligibility-learning.ts'
import { networkFiles } from './entity-network.ts'

const [path, version] = process.argv.slice(2)
if (path === undefined || version === undefined) throw new Error('name the lines and the version of the pack')
const into = join(import.meta.dirname, '..', '..', 'facts')
const lines = annotatedLines(readFileSync(path, 'utf8'))
const facts = Facts.find([into])
const model = await learnTagger(lines, new Lexicon(eligibilityNames(facts)), wordVectors(facts))
const { kinds, weights, transitions, threshold } = model
const labels = 1 + 2 * kinds.length
const features = [...weights]
  .flatMap(([kind, values]) => [...values].map(([value, list]) => [`${kind}=${value}`, list] as const))
  .sort(([a], [b]) => (a < b ? -1 : 1))
const files = new Map([
  ...networkFiles(model),
  ['kinds.tsv', ['kind', ...kinds, ''].join('\n')],
  ['settings.tsv', `threshold\n${threshold}\n`],
  [
    'transitions.tsv',
    [
      'before\tafter\tweight',
      ...[...transitions].flatMap((weight, i) =>
        weight === 0 ? [] : `${Math.floor(i / labels)}\t${i % labels}\t${Math.round(100 * weight)}`,
      ),
      '',
    ].join('\n'),
  ],
  [
    'weights.tsv',
    [
      'feature\tweights',
      ...features.map(([feature, list]) => {
        const pairs: string[] = []
        for (let k = 0; k < list.length; k += 2) pairs.push(`${list[k]}:${list[k + 1]}`)
        return `${feature}\t${pairs.join(' ')}`
      }),
      '',
    ].join('\n'),
  ],
])
rmSync(join(into, TAGGER_PACK, version), { recursive: true, force: true })
const head = {
  id: TAGGER_PACK,
  title: 'Weights that find cancers, diseases, treatments, variables and bounds in eligibility text',
  source: 'https://github.com/facebookresearch/Clinical-Trial-Parser',
  version,
  retrieved: '2026-11-22',
  licence: 'Apache-2.0 (numbers learned by Garrod from annotated lines under Apache-2.0)',
  attribution:
    'Learned from annotated eligibility criteria of Clinical-Trial-Parser (Facebook, Inc. and its affiliates, Apache-2.0), commit 03ea0d3f.',
  limits: [
    `Learned from ${lines.length} lines in lower case with numbers masked; the annotators differ among themselves about where names begin.`,
    'A help for whoever drafts criteria: nothing it finds decides about a person before somebody has signed it.',
    'Its features look names up in the packs oncotree, hpo, hpo-annotations, drugs and eligibility-words, and words in word-vectors: learn it again when they change much.',
  ],
}
process.stdout.write(`${writePack(into, head, files)}\n`)
