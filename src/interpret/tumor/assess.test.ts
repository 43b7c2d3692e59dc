import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { acmgCriteria } from '../../knowledge/acmg/criteria.ts'
import { Facts } from '../../knowledge/facts.ts'
import { oncogenicityFacts } from '../../knowledge/tumor/oncogenicity-evidence.ts'
import { oncogenicityRules } from '../../knowledge/tumor/oncogenicity-sop.ts'
import type { SomaticVariant } from '../../record/tumor-profile.ts'
import { ONCOGENICITY_CODES } from '../finding/tumor.ts'
import { assessOncogenicity } from './assess.ts'
import type { SomaticEvidence } from './evidence.ts'
import { oncogenicityOf } from './oncogenicity.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const rules = oncogenicityRules(facts)
const assess = (evidence: SomaticEvidence) =>
  assessOncogenicity(evidence, oncogenicityFacts(facts), rules, acmgCriteria(facts))
const variant = (gene: string, hgvsP?: string, consequence?: string): SomaticVariant => ({
  gene,
  assembly: 'GRCh38',
  place: undefined,
  hgvsP,
  consequences: consequence === undefined ? [] : [consequence],
  exon: undefined,
})
const states = (evidence: SomaticEvidence) =>
  Object.fromEntries(assess(evidence).map(({ code, state }) => [code, state]))
/** Counts as a user's table would tell them. */
const hotspots = (residue: number, change: number, truncating = 0) => ({
  source: 'test',
  count: () => ({ residue, truncating, change }),
})
const absent = { frequency: 0, absent: true, populations: false, source: 'test' }

test('without evidence nothing is guessed: what needs it is not assessed, and names what is missing', () => {
  const all = assess({ variant: variant('KRAS', 'p.Arg97Ile', 'missense_variant') })
  assert.deepEqual(
    all.map(({ code }) => code),
    [...ONCOGENICITY_CODES],
  )
  for (const code of ['OS1', 'OS2', 'OS3', 'OM3', 'OM4', 'OP3', 'OP4', 'SBVS1', 'SBS1', 'SBS2'])
    assert.equal(all.find((one) => one.code === code)?.state, 'not-assessed', code)
  for (const one of all) {
    assert.equal(one.missing.length > 0, one.state === 'not-assessed', one.code)
    assert.equal(one.points !== 0, one.state === 'met', one.code)
  }
})

for (const [residue, change, expected] of [
  [50, 10, 'OS3'],
  [49, 10, 'OM3'],
  [50, 9, 'OP3'],
  [49, 9, 'OP3'],
  [50, 0, 'OP3'],
] as const)
  test(`${residue} samples at the residue and ${change} with the change are ${expected}`, () => {
    const found = states({ variant: variant('KRAS', 'p.G12V'), hotspots: hotspots(residue, change) })
    for (const code of ['OS3', 'OM3', 'OP3'])
      assert.equal(found[code], code === expected ? 'met' : 'not-met', code)
  })

test('samples with truncations do not make a hotspot of missense changes, and make one of nonsense', () => {
  const hotspotCode = (hgvsP: string, residue: number, change: number, truncating: number) => {
    const found = states({ variant: variant('TP53', hgvsP), hotspots: hotspots(residue, change, truncating) })
    return ['OS3', 'OM3', 'OP3'].filter((code) => found[code] === 'met').join()
  }
  assert.equal(hotspotCode('p.R213Q', 100, 25, 50), 'OS3')
  assert.equal(hotspotCode('p.R213Q', 100, 25, 51), 'OM3')
  assert.equal(hotspotCode('p.R213Q', 100, 9, 49), 'OP3')
  assert.equal(hotspotCode('p.R213Q', 100, 9, 50), '')
  assert.equal(hotspotCode('p.R213*', 100, 50, 50), 'OS3')
  assert.equal(hotspotCode('p.R213*', 49, 49, 49), 'OM3')
  assert.equal(hotspotCode('p.R213fs', 100, 50, 50), '')
})

test('a series of a blood cancer stands beside the table: the larger count of each decides', () => {
  const code = (gene: string, hgvsP: string, table?: ReturnType<typeof hotspots>) => {
    const found = states({
      variant: variant(gene, hgvsP),
      ...(table === undefined ? {} : { hotspots: table }),
    })
    return ['OS3', 'OM3', 'OP3'].filter((one) => found[one] === 'met').join() || found['OS3']
  }
  assert.equal(code('EZH2', 'p.Y646F', hotspots(38, 13)), 'OS3')
  assert.equal(code('EZH2', 'p.Y646H', hotspots(38, 6)), 'OP3')
  assert.equal(code('EZH2', 'p.Y646F'), 'not-assessed')
  assert.equal(code('KIT', 'p.D816V'), 'OS3')
  assert.equal(code('KIT', 'p.D816H'), 'not-assessed')
})

test('a null variant counts in a tumour suppressor, not in an oncogene, and is left open where the gene acts both ways or is unknown', () => {
  for (const [gene, state] of [
    ['NF1', 'met'],
    ['KRAS', 'not-met'],
    ['NOTCH1', 'not-assessed'],
    ['FLG', 'not-assessed'],
  ] as const)
    for (const consequence of ['stop_gained', 'frameshift_variant', 'splice_donor_variant', 'start_lost'])
      assert.equal(states({ variant: variant(gene, undefined, consequence) })['OVS1'], state, gene)
})

test('a truncation of the last exon is left to a person', () => {
  const last = { ...variant('NF1', undefined, 'stop_gained'), exon: { number: 58, of: 58 } }
  assert.equal(states({ variant: last })['OVS1'], 'not-assessed')
  assert.equal(states({ variant: { ...last, exon: { number: 57, of: 58 } } })['OVS1'], 'met')
})

test('a truncation counts in the last exon where the panel of the gene counts it, and not where it does not', () => {
  const of = (gene: string, hgvsP: string, exon?: SomaticVariant['exon']) =>
    states({ variant: { ...variant(gene, hgvsP), exon } })['OVS1']
  assert.equal(of('APC', 'p.R1450*', { number: 16, of: 16 }), 'met')
  assert.equal(of('APC', 'p.S2646*', { number: 16, of: 16 }), 'not-assessed')
  assert.equal(of('APC', 'p.Q12fs', { number: 2, of: 16 }), 'not-assessed')
  assert.equal(of('CDH1', 'p.W775*'), 'met')
  assert.equal(of('CDH1', 'p.E836fs'), 'not-assessed')
  assert.equal(of('CDH1', 'p.R796fs', { number: 15, of: 16 }), 'met')
})

test('a change of the TERT promoter is known by its name alone', () => {
  const named = {
    ...variant('TERT', undefined, 'upstream_gene_variant'),
    hgvsC: 'NM_198253.3:c.-124C>T',
  }
  const found = states({ variant: { ...named, place: undefined, hgvsP: undefined } })
  assert.deepEqual(
    ['OS2', 'OS3', 'OP1'].map((code) => found[code]),
    ['met', 'met', 'met'],
  )
})

test('an in-frame change meets OM1 by any of its residues, and a duplication has the result of its kind', () => {
  const of = (gene: string, hgvsP: string) => {
    const found = states({ variant: variant(gene, hgvsP, 'inframe_insertion'), population: absent })
    return ['OS2', 'OM1', 'OM2', 'OP4'].filter((code) => found[code] === 'met').join(' ')
  }
  assert.equal(of('FLT3', 'p.E598_Y599insDYVDFREYE'), 'OS2 OM1 OM2 OP4')
  assert.equal(of('FLT3', 'p.Y597_E608dup'), 'OS2 OM1 OM2 OP4')
  assert.equal(of('EGFR', 'p.L747_P753delinsS'), 'OS2 OM2 OP4')
  assert.equal(of('EGFR', 'p.D770delinsGY'), 'OS2 OM2 OP4')
  assert.equal(of('EGFR', 'p.K745_E746insIPVAIK'), 'OM2 OP4')
  assert.equal(of('ERBB2', 'p.G776delinsVC'), 'OS2 OM2 OP4')
  assert.equal(of('KIT', 'p.V560del'), 'OS2 OM1 OM2 OP4')
  assert.equal(of('NPM1', 'p.W288Cfs*12'), 'OS2 OP4')
  assert.equal(of('NPM1', 'p.R45fs'), 'OP4')
  assert.equal(of('MET', 'p.D1246N'), of('MET', 'p.D1228N'))
  assert.equal(of('FLT3', 'p.Y697_E708dup'), 'OM2 OP4')
  assert.equal(of('KIT', 'p.N540_K550del'), 'OM1 OM2 OP4')
})

test('overall frequencies prove that a variant is common, never that it is rare in every population', () => {
  const of = (frequency: number, populations: boolean) => {
    const found = states({
      variant: variant('TP53', 'p.P47S'),
      population: { frequency, absent: false, populations, source: 'test' },
    })
    return [found['SBVS1'], found['SBS1'], found['OP4']].join(' ')
  }
  assert.equal(of(0.06, false), 'met not-used not-met')
  assert.equal(of(0.02, true), 'not-met met not-met')
  assert.equal(of(0.005, false), 'not-assessed not-assessed not-met')
  assert.equal(of(0.0005, false), 'not-assessed not-assessed not-assessed')
  assert.equal(of(0.0005, true), 'not-met not-met met')
  assert.equal(of(0.0001, false), 'not-met not-met met')
})

test('the TERT promoter is known base by base, in the build of the input', () => {
  const at = (assembly: 'GRCh38' | 'GRCh37', position: number, alt = 'A') =>
    oncogenicityOf(
      assess({
        variant: {
          ...variant('TERT', undefined, 'upstream_gene_variant'),
          assembly,
          place: { chromosome: '5', position, ref: 'G', alt },
        },
        population: absent,
      }),
      rules,
    ).class
  assert.equal(at('GRCh38', 1295113), 'oncogenic')
  assert.equal(at('GRCh37', 1295228), 'oncogenic')
  assert.equal(at('GRCh38', 1295228), 'uncertain')
  assert.equal(at('GRCh38', 1295113, 'T'), 'uncertain')
})

test('an established change of the residue counts when it is not more drastic', () => {
  const of = (own: string, ...known: string[]) =>
    states({ variant: variant('GENE', own), established: { source: 'test', of: () => known } })
  // Grantham: R to K 26, R to C 180, R to H 29.
  assert.equal(of('p.R10C', 'R10K')['OM4'], 'met')
  assert.equal(of('p.R10K', 'R10C')['OM4'], 'not-met')
  assert.equal(of('p.R10K', 'R10H')['OM4'], 'met')
  assert.equal(of('p.R10K', 'R10K')['OM4'], 'not-met')
  assert.equal(of('p.R10K', 'R10K')['OS1'], 'met')
})

test('studies that contradict each other count for neither side', () => {
  const found = states({
    variant: variant('IDH1', 'p.R132H'),
    functional: [{ oncogenic: false, what: 'no effect', source: 'test' }],
  })
  assert.deepEqual([found['OS2'], found['SBS2']], ['not-met', 'not-met'])
})

test('one line of computation that disagrees is enough against OP1 and SBP1', () => {
  const of = (value: number) =>
    states({ variant: variant('IDH1', 'p.R132H'), scores: [{ tool: 'REVEL', value, source: 'test' }] })
  assert.deepEqual([of(0.9)['OP1'], of(0.9)['SBP1']], ['met', 'not-met'])
  assert.deepEqual([of(0.1)['OP1'], of(0.1)['SBP1']], ['not-met', 'not-met'])
})
