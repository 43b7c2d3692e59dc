import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Candidate } from '../../record/candidate.ts'
import type { SomaticVariant, TumorProfile } from '../../record/tumor-profile.ts'
import { tumorCandidate } from './tumor-candidate.ts'

const nobody: Candidate = { id: 'p', alterations: [], assays: [], markers: {}, treatmentsComplete: false }
const empty: TumorProfile = {
  sample: 's',
  variants: [],
  copyNumbers: [],
  fusions: [],
  covered: { variants: undefined, copyNumbers: undefined, fusions: undefined },
}
const variant = (change: Partial<SomaticVariant>): SomaticVariant => ({
  gene: 'KRAS',
  assembly: 'GRCh38',
  place: { chromosome: '12', position: 25245350, ref: 'C', alt: 'A' },
  hgvsP: 'p.G12C',
  consequences: ['missense_variant'],
  exon: { number: 2, of: 6 },
  ...change,
})
const of = (change: Partial<TumorProfile>) => tumorCandidate(nobody, { ...empty, ...change }, 'LUAD')

test('a change is told in the words of trials; a quiet one is none', () => {
  const silent = variant({ hgvsP: 'p.G12=', consequences: ['synonymous_variant'] })
  assert.deepEqual(of({ variants: [variant({}), silent] }).alterations, [
    { kind: 'mutation', gene: 'KRAS', proteinChange: 'p.G12C', classification: 'Missense_Mutation', exon: 2 },
  ])
})

test('a frameshift is an insertion or a deletion by its alleles', () => {
  const shift = (ref: string, alt: string) =>
    of({
      variants: [
        variant({
          consequences: ['frameshift_variant'],
          place: { chromosome: '1', position: 1, ref, alt },
        }),
      ],
    }).alterations[0]!.classification
  assert.deepEqual(
    [shift('TA', 'T'), shift('T', 'TA'), shift('T', '-'), shift('-', 'A')],
    ['Frame_Shift_Del', 'Frame_Shift_Ins', 'Frame_Shift_Del', 'Frame_Shift_Ins'],
  )
})

test('a change that the person was born with settles nothing about the tumour', () => {
  assert.equal(of({ variants: [variant({ origin: 'germline' })] }).alterations[0]!.origin, 'inherited')
})

test('a fusion of low confidence or out of frame, and what a caller tags as inherited, settle nothing', () => {
  const fusion = { five: 'EML4', three: 'ALK' }
  const { alterations } = of({
    fusions: [fusion, { ...fusion, confidence: 'low' }, { ...fusion, frame: 'out-of-frame' }],
    variants: [variant({ tagged: 'inherited' })],
  })
  assert.deepEqual(
    alterations.map(({ kind, origin }) => [kind, origin]),
    [
      ['mutation', 'unstated'],
      ['fusion', undefined],
      ['fusion', 'doubtful'],
      ['fusion', 'doubtful'],
    ],
  )
})

test('only what was covered was tested; a gene with some exons alone was not', () => {
  assert.deepEqual(of({}).assays, [], 'nobody said what the assay reads')
  const { assays } = of({
    covered: { variants: new Set(['KRAS', 'MET']), copyNumbers: undefined, fusions: new Set(['ALK']) },
    assay: { name: 'panel', design: undefined, exons: { MET: [14] } },
  })
  assert.deepEqual(
    assays.map(({ genes, finds }) => [[...(genes as Set<string>)], [...finds]]),
    [
      [['KRAS'], ['mutation']],
      [['ALK'], ['fusion']],
    ],
  )
})

test('scores of PD-L1 are results on their scale; a receptor that is low is positive', () => {
  const stain = (protein: string, rest: object) => ({ kind: 'protein', protein, ...rest }) as never
  const { labs, markers } = of({
    markers: [
      stain('PD-L1', { status: undefined, score: { scale: 'TPS', value: 60 }, date: '2026-10-01' }),
      stain('PD-L1', { status: undefined, score: { scale: 'CPS', value: 12 } }),
      stain('ER', { status: 'low', score: undefined }),
    ],
  })
  assert.deepEqual(labs, [
    { test: 'PD-L1 TPS', value: 60, unit: '%', date: '2026-10-01' },
    { test: 'PD-L1 CPS', value: 12, unit: '' },
  ])
  assert.deepEqual(markers, { er: 'positive' })
})

test('markers that differ are all given, and HER2 low is not positive', () => {
  const her2 = (status: 'positive' | 'low') =>
    ({ kind: 'protein', protein: 'HER2', status, score: undefined }) as const
  assert.deepEqual(of({ markers: [her2('low')] }).markers, { her2: 'low' })
  assert.deepEqual(of({ markers: [her2('low'), her2('positive')] }).markers, {
    her2: ['low', 'positive'],
  })
})

test('what plasma shows is there; what it does not show leaves the tumour open', () => {
  const { assays } = of({
    covered: { variants: new Set(['KRAS', 'NRAS']), copyNumbers: undefined, fusions: undefined },
    assay: { name: 'plasma panel', design: undefined, specimen: 'plasma' },
  })
  assert.deepEqual(
    assays.map(({ plasma }) => plasma),
    [true],
  )
})

test('HER2 2+ without hybridisation is equivocal; a rejected call is kept beside what was found', () => {
  const two = {
    kind: 'protein',
    protein: 'HER2',
    status: undefined,
    score: { scale: 'IHC', value: 2 },
  } as const
  assert.deepEqual(of({ markers: [two] }).markers, { her2: 'equivocal' })
  assert.deepEqual(of({ markers: [two, { ...two, status: 'low' }] }).markers, { her2: 'low' })
  const plain = { ...two, status: 'negative', score: undefined } as const
  assert.deepEqual(of({ markers: [plain, { ...two, status: 'low' }] }).markers, { her2: 'low' })
  assert.deepEqual(of({ markers: [two, plain] }).markers, { her2: 'negative' })
  assert.deepEqual(of({ rejected: [{ variant: variant({}), filter: 'weak_evidence' }] }).rejected, [
    { gene: 'KRAS', change: 'p.G12C', filter: 'weak_evidence' },
  ])
})
