import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../../knowledge/facts.ts'
import { diseaseTypes } from '../../../knowledge/tumor/disease-types.ts'
import { oncoTree } from '../../../knowledge/tumor/oncotree.ts'
import { tumorEvidence } from '../../../knowledge/tumor/tumor-evidence.ts'
import type { SomaticVariant, TumorProfile } from '../../../record/tumor-profile.ts'
import type { GuidelineFlag } from '../../finding/amp-tier.ts'
import { readCategory } from '../read-category.ts'
import { ampTiers, type Supplied } from './amp-tiers.ts'
import { diseaseFit } from './disease-fit.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../../facts', import.meta.url))])
const small = (gene: string, hgvsP: string, more: Partial<SomaticVariant> = {}): SomaticVariant => ({
  ...{ gene, assembly: 'GRCh38', place: undefined, hgvsP, consequences: [], exon: undefined },
  ...more,
})
const tiers = (given: Partial<TumorProfile>, code: string, supplied: Partial<Supplied> = {}) =>
  ampTiers(
    {
      ...{ sample: undefined, variants: [], copyNumbers: [], fusions: [] },
      covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' },
      ...given,
    },
    { text: code, types: [code], disease: undefined },
    facts,
    { guidelines: [], annotations: [], ...supplied },
  )
const statement = (found: ReturnType<typeof tiers>, name: string, effect: string, ...therapies: string[]) =>
  found.alterations
    .find((one) => one.name === name)
    ?.statements.find((one) => one.effect === effect && one.therapies.join() === therapies.join())

const variantOf = (found: ReturnType<typeof tiers>) =>
  found.alterations.find(({ kind }) => kind === 'small-variant')!

test('the same variant is another tier in another tumour type', () => {
  const found = (code: string) =>
    statement(
      tiers({ variants: [small('BRAF', 'p.V600E')] }, code),
      'BRAF V600E',
      'sensitivity',
      'vemurafenib',
    )
  assert.equal(found('SKCM')?.level, 'A')
  assert.equal(found('SKCM')?.basis, 'approval')
  assert.equal(found('THPA')?.level, 'C')
})

test('a label for a part of the tumour type that was told says which diagnosis would count', () => {
  const lung = statement(
    tiers({ variants: [small('BRAF', 'p.V600E')] }, 'LUNG'),
    ...(['BRAF V600E', 'sensitivity', 'binimetinib', 'encorafenib'] as const),
  )
  assert.equal(lung?.level, 'C')
  assert.ok(
    lung?.wouldChange.includes(
      'a diagnosis of non-small cell lung cancer: then level A by the FDA label (fda.binimetinib.2)',
    ),
  )
})

test('contradictory evidence is shown and decides nothing above its own kind', () => {
  const found = statement(
    tiers({ variants: [small('BRAF', 'p.V600E')] }, 'MEL'),
    ...(['BRAF V600E', 'sensitivity', 'vemurafenib'] as const),
  )
  assert.ok(found!.disputes.length > 0)
  assert.ok(found!.contradictions.some((one) => one.includes('EID1405')))
  assert.ok(found!.contradictions.some((one) => one.startsWith('resistance: tier II')))
})

test('a label that asks for wild type makes the variant one of resistance', () => {
  const found = tiers({ variants: [small('KRAS', 'p.G12D')] }, 'COADREAD')
  const panitumumab = statement(found, 'KRAS G12D', 'resistance', 'panitumumab')
  assert.equal(panitumumab?.level, 'A')
  assert.ok(panitumumab!.approvals.every(({ excludes }) => excludes))
  assert.equal(statement(found, 'KRAS G12D', 'sensitivity', 'panitumumab')?.approvals.length ?? 0, 0)
})

test('evidence on this very change overrules evidence on its class, for the same treatment', () => {
  const found = tiers({ variants: [small('EGFR', 'p.T790M')] }, 'LUAD')
  const gefitinib = statement(found, 'EGFR T790M', 'sensitivity', 'gefitinib')!
  assert.equal(gefitinib.supports.length, 0)
  assert.ok(gefitinib.overruled.length > 0)
  assert.equal(gefitinib.tier, 'III')
  assert.ok(statement(found, 'EGFR T790M', 'resistance', 'gefitinib')?.level !== undefined)
  const allowed = tiers({ variants: [small('KRAS', 'p.G12V')] }, 'COADREAD')
  assert.equal(statement(allowed, 'KRAS G12V', 'resistance', 'regorafenib')?.approvals.length ?? 0, 0)
})

test('wild type counts where the gene was tested, and only in tumour types that it matters for', () => {
  const names = (given: Partial<TumorProfile>, code: string) =>
    tiers(given, code).alterations.map(({ name }) => name)
  assert.ok(names({}, 'COADREAD').includes('KRAS wild type AND NRAS wild type'))
  assert.ok(!names({}, 'MEL').includes('KRAS wild type AND NRAS wild type'))
  const blind = { covered: { variants: undefined, copyNumbers: undefined, fusions: undefined } }
  assert.deepEqual(names(blind, 'COADREAD'), [])
})

test('two changes together are one finding of the profile', () => {
  const found = tiers({ variants: [small('EGFR', 'p.L858R'), small('EGFR', 'p.T790M')] }, 'NSCLC')
  assert.equal(statement(found, 'EGFR T790M', 'sensitivity', 'osimertinib')?.level, 'A')
  const fused = tiers(
    { fusions: [{ five: 'EML4', three: 'ALK' }], variants: [small('ALK', 'p.L1196M')] },
    'NSCLC',
  )
  assert.ok(
    fused.alterations.some(({ name, kind }) => name === 'EML4::ALK AND ALK L1196M' && kind === 'profile'),
  )
})

test('a guideline counts when the user says so, and the answer says that', () => {
  const flag: GuidelineFlag = {
    ...{ category: 'BRAF V600E', diagnosis: 'COADREAD', role: 'prognostic', effect: 'poor-outcome' },
    ...{ therapies: [], guideline: 'NCCN', version: '2.2017' },
  }
  const given = { variants: [small('BRAF', 'p.V600E')] }
  assert.equal(statement(tiers(given, 'COADREAD'), 'BRAF V600E', 'poor-outcome')?.level, 'B')
  const flagged = statement(tiers(given, 'COADREAD', { guidelines: [flag] }), 'BRAF V600E', 'poor-outcome')
  assert.equal(flagged?.level, 'A')
  assert.deepEqual(flagged?.why, ['NCCN 2.2017, COADREAD, as the user says'])
})

test('annotations of other sources are shown as they came and change no tier', () => {
  const annotation = {
    ...{ source: 'OncoKB', category: 'TP53 mutation', diagnosis: '', therapies: [], level: '1' },
    citation: 'file of the user',
  }
  const given = { variants: [small('TP53', 'p.R175H')] }
  const plain = variantOf(tiers(given, 'LUAD'))
  const annotated = variantOf(tiers(given, 'LUAD', { annotations: [annotation] }))
  assert.deepEqual(annotated.annotations, [annotation])
  assert.equal(annotated.tier, plain.tier)
})

test('a common variant that nothing speaks of is tier IV, a rare one tier III', () => {
  const with_ = (frequency: number) =>
    variantOf(
      tiers(
        {
          variants: [
            small('XYZ1', 'p.A2V', {
              annotation: { population: { frequency, absent: false, populations: true, source: 'gnomAD' } },
            }),
          ],
        },
        'LUAD',
      ),
    ).tier
  assert.deepEqual([with_(0.0099), with_(0.01)], ['III', 'IV'])
})

test('what has to be known of a change is told; what was not tested is told apart', () => {
  const found = tiers(
    {
      variants: [small('RB1', 'p.R661W')],
      covered: { variants: 'all', copyNumbers: undefined, fusions: undefined },
    },
    'LUSC',
  )
  assert.ok(found.open.some(({ missing }) => missing.includes('function is lost')))
  assert.ok(found.open.every(({ missing }) => !missing.includes('was tested')))
})

test('every disease of the evidence is a tumour type or says why it is none', () => {
  const [table, tree] = [diseaseTypes(facts), oncoTree(facts)]
  for (const { disease, diseaseName } of tumorEvidence(facts).items) {
    if (disease === '') continue
    const found = table.find(disease)
    assert.ok(found, `${disease} ${diseaseName}`)
    assert.ok(found.types.length > 0 || found.note !== '', disease)
    for (const type of found.types) assert.ok(type === '_SOLID_' || tree.types.has(type), type)
    if (found.needs !== '') readCategory(found.needs, disease)
  }
})

test('a broader disease applies, a sibling does not, a part of the diagnosis does not', () => {
  const tree = oncoTree(facts)
  const fit = (code: string, ...types: string[]) =>
    diseaseFit({ text: code, types: [code], disease: undefined }, types, tree)
  assert.equal(fit('LUAD', 'LUAD'), 'same')
  assert.equal(fit('LUAD', 'NSCLC'), 'broader')
  assert.equal(fit('LUAD', 'LUSC'), 'other')
  assert.equal(fit('NSCLC', 'LUAD'), 'narrower')
  assert.equal(fit('LUAD', '_SOLID_'), 'broader')
  assert.equal(fit('AML', '_SOLID_'), 'other')
  assert.equal(fit('AML', 'TISSUE'), 'broader')
  assert.equal(diseaseFit({ text: '', types: [], disease: undefined }, ['TISSUE'], tree), 'other')
})

test('evidence on cancer as such is none of this tumour type: BRCA2 in the lung is no tier I', () => {
  const lost = small('BRCA2', 'p.S1982Rfs*22', { consequences: ['frameshift_variant'] })
  const olaparib = (code: string) =>
    statement(tiers({ variants: [lost] }, code), 'BRCA2 S1982fs', 'sensitivity', 'olaparib')
  assert.deepEqual([olaparib('LUAD')?.tier, olaparib('LUAD')?.level], ['II', 'C'])
  assert.equal(olaparib('PRAD')?.tier, 'I')
})

test('a stain that shows nothing wrong is no finding where only labels of another tumour ask for it', () => {
  const pmmr = { markers: [{ kind: 'mismatch-repair', status: 'proficient' }] } as const
  const isTold = (code: string) =>
    tiers(pmmr, code).alterations.some(({ name }) => name === 'pMMR OR NOT MSI-H')
  assert.deepEqual([isTold('LUAD'), isTold('UEC')], [false, true])
})
