import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../../test/trials/matchminer-run.ts'
import { criterionWords } from '../criterion-words.ts'
import type { TextItem } from '../registry/eligibility-text.ts'
import type { Side } from '../registry/side-heading.ts'
import { itemReader } from './read-item.ts'

const read = itemReader(builtInFacts())
const item = (text: string, side: Side): TextItem => ({
  text,
  side,
  start: 0,
  end: text.length,
  depth: 0,
  under: undefined,
})
const words = (text: string, side: Side = 'inclusion', below: readonly string[] = []) => {
  const { reads } = read(
    item(text, side),
    below.map((one) => item(one, side)),
  )
  return reads === null ? 'nothing' : criterionWords(reads)
}

for (const [text, expected] of [
  ['Age ≥ 18 years', 'age >= 18 years'],
  ['Male or female, 18 to 75 years old', 'age >= 18 years and age < 76 years'],
  ['Age greater or equal to 18', 'age >= 18 years'],
  ['Eastern Cooperative Oncology Group (ECOG) performance status of 0, 1 or 2', 'ECOG <= 2'],
  ['ALT and AST ≤ 2.5 x ULN', 'ALT <= 2.5 ULN and AST <= 2.5 ULN'],
  ['AST (SGOT)/ALT (SGPT) ≤2.5 × institutional ULN', 'AST <= 2.5 ULN and ALT <= 2.5 ULN'],
  ['Platelets >=100,000 / mcl', 'platelets >= 100000 /uL'],
  ['ANC ≥ 1.5 x 10^9/L', 'neutrophils >= 1.5 10*9/L'],
  ['Life expectancy of at least 12 weeks', 'life expectancy >= 12 wk'],
  ['eGFR ≥ 30 mL/min', 'GFR >= 30 mL/min'],
  ['No more than 2 prior lines of therapy', 'earlier lines of treatment <= 2'],
  ['TMB ≥ 10 mut/Mb', 'tumour mutational burden >= 10 per Mb'],
  [
    'NSCLC with EGFR L858R or exon 19 deletion',
    'Non-Small Cell Lung Cancer and (EGFR, mutations, p.L858R or EGFR, mutations, In_Frame_Del, exon 19)',
  ],
  ['KRASG12C mutation', 'KRAS, mutations, p.G12C'],
  ['BRAF V600 mutation', 'BRAF, mutations, p.V600 to any amino acid'],
  [
    'RAS wild-type metastatic colorectal adenocarcinoma',
    '(HRAS wild type and KRAS wild type and NRAS wild type) and Colorectal Adenocarcinoma',
  ],
  ['No known EGFR mutation or ALK fusion', 'not (EGFR, mutations or ALK, fusions)'],
  ['HER2 amplification', 'ERBB2, copy number changes, high amplification'],
  ['MSI-H tumors', 'mismatch-repair deficient'],
  ['PD-L1 TPS ≥ 50%', 'PD-L1 TPS >= 50 %'],
  [
    'ALK mutations, amplifications or rearrangements, KRASG12, or NF1 LOF mutations',
    '(ALK, mutations or ALK, copy number changes, high amplification or ALK, fusions) or KRAS, mutations, p.G12 to any amino acid or NF1, mutations or copy number changes',
  ],
  ['KRAS G12C mutation, ECOG 0-1', 'KRAS, mutations, p.G12C and ECOG <= 1'],
  ['KRAS G12C mutation, no prior KRAS G12C inhibitor', 'KRAS, mutations, p.G12C'],
  ['HER2-low (IHC 1+ or IHC 2+/ISH-)', 'her2 low'],
  ['HER2-low (IHC 1+ or IHC 2+/ISH-) breast cancer', 'her2 low and Breast'],
  ['IDH1/2 mutation', 'IDH1, mutations or IDH2, mutations'],
  ['ANC of at least 1,500', 'neutrophils >= 1500 /uL'],
  ['Platelets ≥ 75', 'platelets >= 75 10*9/L'],
  ['Hemoglobin ≥ 90', 'hemoglobin >= 90 g/L'],
  ['Serum creatinine =< 1.5 X institutional ULN', 'creatinine <= 1.5 ULN'],
  ['Hgb > 9.0 gm/dl', 'hemoglobin > 9 g/dL'],
  [
    'Prior osimertinib or another EGFR inhibitor',
    'treated with osimertinib or cannot be read: “another EGFR inhibitor”',
  ],
  ['Squamous cell carcinoma of the head and neck', 'Head and Neck Squamous Cell Carcinoma'],
  ['At least 18 years of age, ECOG 0–1', 'age >= 18 years and ECOG <= 1'],
  ['Eastern Cooperative Oncology Group (ECOG) performance status (PS) of ≤ 1', 'ECOG <= 1'],
  ['Hemoglobin ≥ 8.0 g/dL (transfusion allowed)', 'hemoglobin >= 8 g/dL'],
  ['BRAF V600E/K mutation', 'BRAF, mutations, p.V600E or BRAF, mutations, p.V600K'],
  ['EGFR-sensitizing mutation', 'EGFR, mutations'],
  ['PTEN loss by IHC or PTEN mutation', 'PTEN, mutations or copy number changes or PTEN, mutations'],
  ['PDGFRA D842V mutation; other PDGFRA mutations excluded', 'PDGFRA, mutations, p.D842V'],
  ['dMMR/MSI-H or POLE-mutated', 'mismatch-repair deficient or POLE, mutations'],
  ['EML4-ALK positive', 'ALK with EML4, fusions'],
  ['ECOG ≤ 2 (Karnofsky ≥ 60)', 'ECOG <= 2 or Karnofsky >= 60 '],
  [
    'MYC amplification, CCNE1 amplification, Rb loss, FBXW7 mutation, or another abnormality',
    'MYC, copy number changes, high amplification or CCNE1, copy number changes, high amplification or FBXW7, mutations or cannot be read: “another abnormality”',
  ],
  [
    'Amplification of CDK4 or loss of CDKN2A',
    'CDK4, copy number changes, high amplification or CDKN2A, mutations or copy number changes',
  ],
] as const)
  test(`inclusion: ${text}`, () => assert.equal(words(text), expected))

for (const [text, expected] of [
  ['QTc > 470 msec', 'not QTc > 470 ms'],
  ['Prior sotorasib or adagrasib', 'not (treated with sotorasib or treated with adagrasib)'],
  ['Prior Enhertu', 'not treated with trastuzumab deruxtecan'],
  ['Concurrent use of warfarin', 'not treated with warfarin within 1 days'],
  ['AST or ALT > 3 x ULN', 'not (AST > 3 ULN or ALT > 3 ULN)'],
  ['Known EGFR mutations or ALK rearrangements', 'not (EGFR, mutations or ALK, fusions)'],
  ['Prior osimertinib within 14 days', 'not treated with osimertinib within 14 days'],
  ['Untreated or symptomatic brain metastases', 'not brain-metastases active'],
  ['Pregnant or breastfeeding women', 'not pregnancy-or-breastfeeding yes'],
] as const)
  test(`exclusion: ${text}`, () => assert.equal(words(text, 'exclusion'), expected))

for (const text of [
  'ALL patients must have met all criteria',
  'No prior treatment with a PARP inhibitor or an anti-PD-1 antibody',
  'MET inhibitor in the past; CAT scan of the chest is positive',
  'Use of strong CYP3A4 inhibitors or inducers, mutations unknown',
  'Malignancy-free for more than 5 years prior to enrolment',
  'Adequate organ function',
  'Platelets ≥ 100 x something/L',
  'Testosterone < 1.7 nanomoles/L',
  'AST and ALT ≤ 2.5',
  'Hemoglobin ≥ 5.6',
  'Pt > 18 years',
  'Age at diagnosis 18-65 years',
  'Progressed within 6 months of adjuvant paclitaxel',
  'Urine protein ≤ 1+',
  'Squamous cell carcinoma of the elbow',
  'Tumor invading the stomach',
  'Adenocarcinoma for whom treatment with pembrolizumab is indicated',
])
  test(`nothing is read of: ${text}`, () => assert.equal(words(text), 'nothing'))

test('alternatives hold only when each of them was understood', () => {
  assert.equal(
    words('One of the following:', 'inclusion', ['KRAS G12C', 'BRAF V600E']),
    'KRAS, mutations, p.G12C or BRAF, mutations, p.V600E',
  )
  assert.equal(words('One of the following:', 'inclusion', ['KRAS G12C', 'a good mood']), 'nothing')
  assert.equal(
    words('Any of:', 'exclusion', ['LVEF < 50%', 'QTc > 470 ms']),
    'not (LVEF < 50 % or QTc > 470 ms)',
  )
})

test('what is left out of a reading is listed', () => {
  const { rest } = read(item('ALT ≤ 2.5 x ULN (≤ 5 x ULN with liver metastases)', 'inclusion'), [])
  assert.deepEqual(rest, ['≤ 5 x ULN with liver metastases'])
})

test('any text is read in bounded time', () => {
  const parts = [
    'mutation in ',
    'no ',
    'BRCA1/2, ',
    '≥ 5 x ULN ',
    'or ',
    '(',
    'prior ',
    '- ',
    'ALT/',
    'metastatic ',
    '.',
  ]
  let state = 11
  for (let round = 0; round < 60; round++) {
    let text = ''
    for (let i = 0; i < 400; i++) {
      state = (state * 1103515245 + 12345) % 2147483648
      text += parts[state % parts.length]
    }
    assert.ok(read(item(text, 'inclusion'), []).rest !== undefined)
  }
  for (const text of [
    '',
    '-'.repeat(50_000),
    `${'ALT and '.repeat(20_000)}≤ 3`,
    'mutation '.repeat(20_000),
    'patients with HIV and '.repeat(9_000),
    'with the exception of HIV '.repeat(9_000),
    '9'.repeat(100_000),
  ])
    assert.ok(read(item(text, 'exclusion'), []).rest !== undefined)
})
