import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import { conditionTypes } from './condition-types.ts'

const typesOf = conditionTypes(builtInFacts())
for (const [name, expected] of [
  ['Non Small Cell Lung Cancer', 'NSCLC'],
  ['Non-small Cell Lung Cancer Metastatic', 'NSCLC'],
  ['Carcinoma, Non-Small-Cell Lung', 'NSCLC'],
  ['Stage IV Non-small Cell Lung Cancer', 'NSCLC'],
  ['Small Cell Lung Carcinoma', 'SCLC'],
  ['Breast Cancer', 'BRCA IBC MBC'],
  ['Metastatic Breast Cancer', 'BRCA IBC MBC'],
  ['Breast Neoplasms', 'BRCA IBC MBC'],
  ['Lung Cancer', 'LUNG'],
  ['Colorectal Cancer', 'COADREAD CMC'],
  ['Acute Myeloid Leukaemia', 'AML'],
  ['Hepatocellular Carcinoma', 'HCC'],
  ['Cancer', undefined],
  ['Neoplasms', undefined],
  ['Metastatic', undefined],
  ['Diabetes', undefined],
  ['Lung', 'LUNG'],
  ['HER2-positive Breast Cancer', undefined],
] as const)
  test(`the condition "${name}"`, () => {
    assert.equal(typesOf(name)?.join(' '), expected)
  })
