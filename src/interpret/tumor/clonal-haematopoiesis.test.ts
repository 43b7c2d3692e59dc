import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { scoreFacts } from '../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant, TumorAssay } from '../../record/tumor-profile.ts'
import { haematopoiesisFlags } from './clonal-haematopoiesis.ts'

const facts = scoreFacts(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))
const flags = (given: Partial<SomaticVariant>, assay: Partial<TumorAssay>) =>
  haematopoiesisFlags(
    {
      sample: undefined,
      variants: [
        {
          gene: 'DNMT3A',
          assembly: 'GRCh38',
          place: undefined,
          hgvsP: 'p.Arg882His',
          consequences: ['missense_variant'],
          exon: undefined,
          ...given,
        },
      ],
      copyNumbers: [],
      fusions: [],
      covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' },
      assay: { name: undefined, design: undefined, ...assay },
    },
    facts,
  ).map(({ state }) => state)
const reads = (fraction: number) => ({ fraction, depth: 400 })

for (const [name, variant, assay, expected] of [
  ['plasma alone', { tumor: reads(0.01) }, { specimen: 'plasma' }, ['suspected']],
  [
    'plasma, blood read beside it and clean',
    { tumor: reads(0.01), normal: reads(0) },
    { specimen: 'plasma' },
    ['not-suspected'],
  ],
  [
    'plasma, blood carries it too',
    { tumor: reads(0.04), normal: reads(0.05) },
    { specimen: 'plasma' },
    ['suspected'],
  ],
  ['tissue alone, low', { tumor: reads(0.08) }, { specimen: 'tissue', design: 'tumour-only' }, ['suspected']],
  [
    'tissue alone, high',
    { tumor: reads(0.45) },
    { specimen: 'tissue', design: 'tumour-only' },
    ['not-suspected'],
  ],
  ['tissue alone, reads not told', {}, { specimen: 'tissue', design: 'tumour-only' }, ['unknown']],
  ['tissue with a matched normal', { tumor: reads(0.08) }, { design: 'tumour-normal' }, ['not-suspected']],
  ['a leukaemia in marrow', { tumor: reads(0.4) }, { specimen: 'bone-marrow' }, []],
  ['another gene', { gene: 'EGFR', tumor: reads(0.01) }, { specimen: 'plasma' }, []],
  [
    'a silent change',
    { consequences: ['synonymous_variant'], tumor: reads(0.01) },
    { specimen: 'plasma' },
    [],
  ],
] as const)
  test(`clonal haematopoiesis: ${name}`, () => assert.deepEqual(flags(variant, assay), expected))
