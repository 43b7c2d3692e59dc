import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citationWords, linksOf } from './source-link.ts'

const cited = (url: string | undefined, ...pmids: string[]) => ({
  source: 'CPIC',
  title: 'CPIC guideline for clopidogrel',
  version: '2022',
  url,
  pmids,
  pack: { id: 'cpic', version: '2024-01' },
})
const pubmed = (pmid: string) => ({ text: `PMID ${pmid}`, url: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` })

test('each page is linked once, though PMIDs repeat or the publisher’s page is PubMed’s', () => {
  assert.deepEqual(linksOf(cited('https://pubmed.ncbi.nlm.nih.gov/1/', '1', '1', '2')), [
    pubmed('1'),
    pubmed('2'),
  ])
})

test('what is no web page and no PMID is not a link', () => {
  assert.deepEqual(linksOf(cited('javascript:alert(1)', '1 x')), [])
  assert.deepEqual(linksOf(cited(undefined)), [])
  assert.deepEqual(linksOf(cited('https://cpicpgx.org/')), [{ text: 'CPIC', url: 'https://cpicpgx.org/' }])
})

test('a version that ends the title is not printed twice', () => {
  assert.equal(citationWords(cited(undefined)), 'CPIC guideline for clopidogrel, 2022')
  assert.equal(citationWords({ ...cited(undefined), title: 'Annotation 2022' }), 'Annotation 2022')
})
