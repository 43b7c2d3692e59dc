import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../../test/trials/matchminer-run.ts'
import { criterionWords } from '../criterion-words.ts'
import type { Side } from '../registry/side-heading.ts'
import { itemReader } from './read-item.ts'

const read = itemReader(builtInFacts())
const words = (text: string, side: Side) => {
  const { reads } = read({ text, side, start: 0, end: text.length, depth: 0, under: undefined }, [])
  return reads === null ? 'nothing' : criterionWords(reads)
}

// What a text denies is read as denied, whatever kind of thing it is.
for (const [text, expected] of [
  ['Patients must not have MSI-H disease', 'not mismatch-repair deficient'],
  ['Tumors must not be HER2 positive', 'not her2 positive'],
  ['No small cell lung cancer component', 'not Small Cell Lung Cancer'],
  ['Prior treatment with pembrolizumab is not permitted', 'not treated with pembrolizumab'],
  ['Osimertinib naïve', 'not treated with osimertinib'],
  ['No creatinine > 1.5 x ULN', 'not creatinine > 1.5 ULN'],
  ['Hepatitis B negative', 'not hepatitis-b positive'],
  ['Negative in HIV diagnostic test', 'not hiv positive'],
  ['BRCA1/2 mutation negative', 'not BRCA1, mutations and not BRCA2, mutations'],
  ['EGFR T790M negative', 'not EGFR, mutations, p.T790M'],
  ['FLT3-ITD negative', 'not FLT3, mutations, In_Frame_Ins'],
  ['BCR::ABL1 negative', 'not ABL1 with BCR, fusions'],
  [
    'Documented absence of tumor activating EGFR mutations and absence of ALK gene rearrangement',
    'not EGFR, mutations and not ALK, fusions',
  ],
  ['No prior osimertinib and ECOG 0-1', 'not treated with osimertinib'],
  ['No brain metastases; HER2 positive', 'not brain-metastases active or stable and her2 positive'],
  [
    'Patients who are not eligible for transplant who progressed on lenalidomide',
    'treated with lenalidomide',
  ],
] as const)
  test(`inclusion, denied: ${text}`, () => assert.equal(words(text, 'inclusion'), expected))

// What a text allows, plans, tests for, or asks of some people is asked of nobody.
for (const text of [
  'Prior treatment with trastuzumab is allowed',
  'Prior osimertinib is permitted but not required',
  'HIV-positive patients are eligible if CD4 > 200',
  'Treated brain metastases allowed',
  'Patients may have KRAS mutation',
  'Excluded: HER2 positive',
  'Agrees to discontinue warfarin',
  'Disease progression including on osimertinib',
  'Patients with or without BRCA1 mutation',
  'Known KRAS mutation status',
  'Tumor tissue available for BRAF mutation testing',
  'Patients with a BRAF mutation other than V600E',
  'Non-V600 BRAF mutation',
  'Candidates for treatment with carboplatin',
  'Planned treatment with gemcitabine',
  'Adequate contraception until 6 months after the last dose of palbociclib treatment',
  'Measurable disease is not required',
  'Measurable or non-measurable disease',
  'Age 18 years or older at diagnosis',
  'Patients with ALK fusions must have received crizotinib',
  'Adult participants (age >= 18 years): adequate liver function',
  'Part B: more than 6 cycles of prior therapy with carboplatin',
  'Not amenable to surgery and previously treated with cisplatin',
  'QTc ≤ 450 ms for men and ≤ 470 ms for women',
  'Response Evaluation Criteria in Solid Tumors 1.1',
  'Age >= 18 years for T1; age >= 12 years for T4',
  'NSCLC, TNBC, HR+ breast cancer, and other solid tumors',
])
  test(`inclusion, not asked: ${text}`, () => assert.equal(words(text, 'inclusion'), 'nothing'))

for (const [text, expected] of [
  ['Known EGFR mutation unless progressed on osimertinib', 'not EGFR, mutations'],
  ['Tumors that are not MSI-H', 'not not mismatch-repair deficient'],
  [
    'Known HIV, hepatitis B and hepatitis C infection',
    'not (hiv positive or hepatitis-b positive or hepatitis-c positive)',
  ],
  ['EGFR mutation and ALK rearrangement', 'not (EGFR, mutations or ALK, fusions)'],
  [
    'EGFR mutation and prior treatment with osimertinib',
    'not (EGFR, mutations and treated with osimertinib)',
  ],
  ['Prior treatment with bortezomib and lenalidomide', 'nothing'],
  ['Brain metastases are excluded, except asymptomatic ones', 'nothing'],
  ['QTc > 450 ms (males) or > 470 ms (females)', 'nothing'],
] as const)
  test(`exclusion: ${text}`, () => assert.equal(words(text, 'exclusion'), expected))

test('who is "ineligible for" something else is not excluded', () => {
  assert.equal(words('Advanced solid tumors ineligible for standard therapy', 'inclusion'), 'a solid tumour')
  assert.equal(
    words('Acute myeloid leukemia not eligible for intensive chemotherapy', 'inclusion'),
    'nothing',
  )
})
