import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { Facts } from '../../knowledge/facts.ts'
import { ontology } from '../../knowledge/hpo/ontology.ts'
import { rankingModel } from '../../knowledge/hpo/ranking-model.ts'
import { diagnose, type PhenotypeInput } from './diagnose.ts'
import { evidenceOf } from './evidence.ts'
import { openLibrary } from './library.ts'
import { questions } from './questions.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const ask = (given: Partial<PhenotypeInput>) =>
  diagnose(facts, { observed: [], excluded: [], sex: 'unknown', ...given })
/**
 * Ectopia lentis, aortic root aneurysm, disproportionate tall stature, arachnodactyly, pectus excavatum, mitral valve
 * prolapse, reduced upper to lower segment ratio. By the first five alone its neighbours are as likely.
 */
const MARFAN = [
  'HP:0001083',
  'HP:0002616',
  'HP:0001519',
  'HP:0001166',
  'HP:0000767',
  'HP:0001634',
  'HP:0012773',
]

test('typical features lead to their disease, each with its frequency and reference', () => {
  const { diseases, facts: refs } = ask({ observed: MARFAN })
  assert.equal(diseases[0]!.id, 'OMIM:154700')
  const lens = diseases[0]!.terms!.find((one) => one.id === 'HP:0001083')!
  assert.equal(lens.says, 'for')
  assert.ok(lens.frequency! > 0.3 && lens.references.length > 0)
  assert.deepEqual(
    refs.map((one) => one.id),
    ['hpo', 'hpo-annotations', 'phenotype-ranking'],
  )
})

test('what the annotations state of a frequency is told beside what the calculation took', () => {
  // Ectopia lentis, arachnodactyly, scoliosis, aortic root aneurysm, tall stature.
  const five = ['HP:0001083', 'HP:0001166', 'HP:0002650', 'HP:0002616', 'HP:0000098']
  const { diseases, undecided, questions } = ask({ observed: five, most: 4, explained: 4 })
  const saying = (disease: string, term: string) =>
    diseases.find((one) => one.id === disease)!.terms!.find((one) => one.id === term)!
  const unstated = saying('OMIM:617168', 'HP:0002616')
  assert.deepEqual([unstated.stated, unstated.frequency], [{ kind: 'unstated' }, 0.5])
  // One of one: never three quarters.
  const one = saying('OMIM:616914', 'HP:0002616')
  assert.deepEqual([one.stated, one.frequency], [{ kind: 'counted', having: 1, counted: 1 }, 0.75])
  const lens = undecided!.between.find((told) => told.id === 'HP:0001083')!
  assert.deepEqual(
    lens.having.map((told) => told.stated.kind),
    ['said', 'counted', 'counted'],
  )
  for (const told of [...diseases[0]!.notAsked!, ...questions.flatMap((asked) => asked.annotated)])
    assert.ok(['counted', 'said', 'unstated'].includes(told.stated.kind))
  for (const asked of [...questions, ...undecided!.settling]) assert.ok(asked.annotated.length > 0)
})

test('the absence of a feature speaks against no disease whose frequency nobody stated', () => {
  const { diseases } = ask({
    observed: MARFAN.slice(0, 1),
    excluded: ['HP:0002616'],
    most: 50,
    explained: 50,
  })
  const excluded = diseases.flatMap((one) => one.terms!.filter((told) => told.state === 'excluded'))
  const of = (kind: string) => excluded.filter((told) => told.stated?.kind === kind)
  assert.ok(of('unstated').length > 0 && of('counted').length > 0)
  assert.ok(of('unstated').every((told) => told.says === 'nothing' && told.weight === 0))
  assert.ok(of('counted').some((told) => told.says === 'against'))
})

test('a wider term is told with the narrower feature whose frequency it has', () => {
  const { diseases } = ask({ observed: ['HP:0000517', ...MARFAN.slice(1)], most: 1 })
  const lens = diseases[0]!.terms!.find((one) => one.id === 'HP:0000517')!
  assert.deepEqual([lens.statedFor?.id, lens.stated?.kind], [lens.nearest?.id, 'counted'])
  assert.notEqual(lens.statedFor, undefined)
})

test('the odds of candidate variants are named among the facts where candidates were given', () => {
  const { facts: refs } = ask({ observed: MARFAN, candidates: [{ symbol: 'FBN1', variants: [] }] })
  assert.equal(refs.at(-1)!.id, 'candidate-odds')
})

test('diseases that five features do not tell apart are named together, with what they do not share', () => {
  // Ectopia lentis, arachnodactyly, scoliosis, aortic root aneurysm, tall stature.
  const five = ['HP:0001083', 'HP:0001166', 'HP:0002650', 'HP:0002616', 'HP:0000098']
  const { diseases, undecided } = ask({ observed: five })
  const ids = undecided!.diseases.map((one) => one.id)
  assert.deepEqual(
    ids,
    diseases.slice(0, ids.length).map((one) => one.id),
  )
  assert.ok(ids.includes('OMIM:154700') && ids.includes('OMIM:617168'))
  // The thoracic aneurysm among them has no ectopia lentis in its few annotated features.
  const lens = undecided!.between.find((one) => one.id === 'HP:0001083')!
  assert.deepEqual(lens.having.map((one) => one.id).toSorted(), ['OMIM:121050', 'OMIM:154700', 'OMIM:616914'])
  assert.equal(undecided!.byGene, 'some')
  for (const { ifPresent, ifAbsent } of undecided!.settling)
    assert.ok(ids.includes(ifPresent.id) && ids.includes(ifAbsent.id))
  // What the annotations at their word put first is among them, though the ranking puts it far behind.
  const lipodystrophy = undecided!.diseases.find((one) => one.id === 'OMIM:616914')!
  assert.equal(lipodystrophy.leads, 'by-annotations')
  assert.ok(diseases.find((one) => one.id === 'OMIM:616914')!.probability < diseases[0]!.probability / 2)
})

test('Marfan syndrome comes first by six features of it; a feature that none of three people had is none of the disease', () => {
  // Ectopia lentis, arachnodactyly, pectus carinatum, aortic root aneurysm, tall stature, scoliosis.
  const six = ['HP:0001083', 'HP:0001166', 'HP:0000768', 'HP:0002616', 'HP:0000098', 'HP:0002650']
  const { diseases } = ask({ observed: six, explained: 10 })
  assert.equal(diseases[0]!.id, 'OMIM:154700')
  const mass = diseases.find((one) => one.id === 'OMIM:604308')!
  const lens = mass.terms!.find((one) => one.id === 'HP:0001083')!
  assert.deepEqual([lens.frequency, lens.stated], [undefined, undefined])
  assert.notEqual(lens.lentBy, undefined)
})

test('a question is asked only where its answers lead apart', () => {
  // Dilated cardiomyopathy, third degree atrioventricular block: the rest of what is annotated moves the first disease by nothing.
  const { questions: asked, undecided } = ask({ observed: ['HP:0001644', 'HP:0001709'] })
  assert.ok(asked.length > 0)
  for (const { ifPresent, ifAbsent } of [...asked, ...(undecided?.settling ?? [])])
    assert.ok(ifPresent.id !== ifAbsent.id || Math.abs(ifPresent.probability - ifAbsent.probability) >= 0.01)
})

test('a feature of the other sex is told, and never asked for', () => {
  // Cryptorchidism, hypospadias, intellectual disability: WAGR and others have streak ovaries and anomalies of the vagina.
  const observed = ['HP:0000028', 'HP:0000047', 'HP:0001249']
  const of = (sex: 'female' | 'male') => ask({ observed, sex, explained: 10 })
  assert.deepEqual(
    of('female').remarks.map((one) => [one.term, one.code]),
    [
      ['HP:0000028', 'TERM_OF_OTHER_SEX'],
      ['HP:0000047', 'TERM_OF_OTHER_SEX'],
    ],
  )
  const { remarks, diseases, questions: asked } = of('male')
  assert.deepEqual(remarks, [])
  const terms = ontology(facts)
  const female = terms.numberOf('HP:0010460')!
  for (const { id } of [...asked, ...diseases.flatMap((one) => one.notAsked ?? [])])
    assert.ok(!terms.isUnder(terms.numberOf(id)!, female), id)
})

test('a gene of mitochondrial DNA is known by the name that laboratories write', () => {
  // Stroke-like episode, lactic acidosis, sensorineural hearing impairment; MELAS.
  const { genes, diseases } = ask({
    observed: ['HP:0002401', 'HP:0003128', 'HP:0000407'],
    candidates: [{ symbol: 'MT-TL1', variants: [] }],
  })
  assert.equal(genes[0]!.disease?.id, 'OMIM:540000')
  const melas = diseases.find((one) => one.id === 'OMIM:540000')!
  assert.ok(
    melas.genes.includes('MT-TL1') && melas.genes.includes('MT-CO1') && melas.genes.includes('MT-CYB'),
  )
  assert.ok(melas.genes.every((one) => one.startsWith('MT-')))
})

test('a likely disease is not said to be one of several', () => {
  // Kayser-Fleischer ring, cirrhosis, tremor, decreased ceruloplasmin, dystonia.
  const { verdict, undecided } = ask({
    observed: ['HP:0200032', 'HP:0001394', 'HP:0001337', 'HP:0010837', 'HP:0001332'],
  })
  assert.deepEqual([verdict, undecided], ['likely', undefined])
})

test('what a disease with few annotated features does not mention neither raises nor lowers it', () => {
  const library = openLibrary(facts)
  const { profiles } = library.catalogue
  const at = (id: string) => profiles.findIndex(({ disease }) => disease.id === id)
  const [marfan, aneurysm] = [at('OMIM:154700'), at('OMIM:617168')]
  assert.ok(profiles[aneurysm]!.features.at.length < 30 && profiles[marfan]!.features.at.length > 30)
  const asked = questions(
    library,
    { observed: [], excluded: [], sex: 'unknown' },
    [
      { disease: marfan, probability: 0.5 },
      { disease: aneurysm, probability: 0.5 },
    ],
    500,
  )
  // Ectopia lentis is annotated for Marfan syndrome alone, and the other has fifteen features.
  assert.ok(!asked.some((one) => one.id === 'HP:0001083'))
  assert.ok(asked.length > 0)
})

test('what only a relative of the disease has is told as lent, and by whom', () => {
  const { diseases } = ask({
    observed: ['HP:0007722', 'HP:0000505', 'HP:0030329'],
    most: 100,
    explained: 100,
  })
  const sayings = diseases.flatMap((one) => one.terms!)
  const lent = sayings.filter((one) => one.lentBy !== undefined)
  assert.ok(lent.length > 0 && lent.length < sayings.length)
  for (const { lentBy, state } of lent)
    assert.ok(state === 'observed' && /^(OMIM|ORPHA|DECIPHER):/.test(lentBy!.id))
  for (const { terms, id } of diseases) assert.ok(terms!.every((one) => one.lentBy?.id !== id))
})

test('probabilities are of all diseases and none of them', () => {
  const { diseases, inCatalogue } = ask({ observed: MARFAN, most: 100_000 })
  const sum = diseases.reduce((total, one) => total + one.probability, 0)
  assert.ok(Math.abs(sum - inCatalogue) < 1e-9)
  assert.ok(inCatalogue > 0 && inCatalogue < 1)
  assert.ok(diseases.every((one) => one.id.startsWith('OMIM:')))
})

test('no disease gains when a person was found not to have something', () => {
  const library = openLibrary(facts)
  const term = (id: string) => library.ontology.numberOf(id)!
  const seen = { observed: MARFAN.map(term), sex: 'unknown' } as const
  const evidence = evidenceOf(library, { ...seen, excluded: [term('HP:0001250'), term('HP:0000365')] })
  assert.ok(evidence.excluded.every((one) => one <= 0))
  assert.ok(evidence.excluded.some((one) => one < 0))
  const weight = rankingModel(facts).weights.find((one) => one.feature === 'excluded')!
  assert.ok(weight.weight > 0 && weight.mean === 0)
})

test('what cannot be used is said, and nothing is ranked on it', () => {
  const finding = ask({ observed: ['HP:9999999', 'HP:0000007', 'HP:0000006'], excluded: ['HP:0001250'] })
  assert.equal(finding.verdict, 'nothing-to-rank')
  assert.deepEqual(
    finding.remarks.map((one) => one.code),
    ['TERM_UNKNOWN', 'TERM_NOT_A_FINDING', 'TERM_NOT_A_FINDING'],
  )
  assert.deepEqual(finding.diseases, [])
})

test('an exclusion that an observed term contradicts is not used', () => {
  const finding = ask({ observed: ['HP:0007359'], excluded: ['HP:0001250'] })
  assert.deepEqual(finding.excluded, [])
  assert.deepEqual(
    finding.remarks.map((one) => one.code),
    ['TERM_CONTRADICTED'],
  )
})

test('a candidate gene is ranked by its disease and its variants; one without a disease says so', () => {
  const candidates = ['BRCA2', 'FBN1', 'NOGENE'].map((symbol) => ({ symbol, variants: [] }))
  const { genes } = ask({ observed: MARFAN, candidates })
  assert.deepEqual(
    genes.map((one) => one.symbol),
    ['FBN1', 'BRCA2', 'NOGENE'],
  )
  assert.equal(genes[2]!.disease, undefined)
  assert.match(genes[2]!.why[0]!, /no disease of this gene/)
})

test('features of two diseases bring the second to mind', () => {
  // Elevated sweat chloride, meconium ileus, exocrine pancreatic insufficiency, bronchiectasis.
  const fibrosis = ['HP:0012236', 'HP:0004401', 'HP:0001738', 'HP:0002110']
  const candidates = ['FBN1', 'CFTR', 'BRCA2'].map((symbol) => ({ symbol, variants: [] }))
  const { dual } = ask({ observed: [...MARFAN, ...fibrosis], candidates })
  assert.ok(dual.length > 0)
  assert.deepEqual(ask({ observed: [...MARFAN, ...fibrosis] }).dual, [])
  assert.deepEqual(ask({ observed: MARFAN, candidates }).dual, [])
  for (const one of dual) assert.ok(one.explainedBySecondOnly.length >= 3)
})

test('questions are about what is not known, and each answer changes the odds', () => {
  const { questions, observed } = ask({ observed: MARFAN.slice(0, 2) })
  assert.ok(questions.length > 0)
  for (const one of questions) {
    assert.ok(!observed.some((known) => known.id === one.id))
    assert.ok(one.gain > 0)
  }
})

test('the same person gives the same bytes, in any order of the terms', () => {
  assert.equal(
    JSON.stringify(ask({ observed: MARFAN })),
    JSON.stringify(ask({ observed: [...MARFAN].reverse() })),
  )
})

test('any terms of the ontology are answered with finite numbers', () => {
  const { ids } = ontology(facts)
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...ids), { maxLength: 12 }),
      fc.array(fc.constantFrom(...ids), { maxLength: 12 }),
      (observed, excluded) => {
        const { diseases, inCatalogue, questions } = ask({ observed, excluded })
        for (const number of [
          inCatalogue,
          ...diseases.map((one) => one.probability),
          ...questions.map((one) => one.gain),
        ])
          assert.ok(Number.isFinite(number))
      },
    ),
    { numRuns: 15 },
  )
})
