import assert from 'node:assert/strict'
import { test } from 'node:test'
import { translateProfile } from './profile-name.ts'
import { type NamedVariant, translateVariant } from './variant-name.ts'

const never = () => undefined
const read = (gene: string, name: string, more: Partial<NamedVariant> = {}) => {
  const found = translateVariant({ gene, name, types: [], hgvs: [], ...more }, never)
  return 'category' in found ? found.category : `! ${found.reason}`
}

for (const [gene, name, expected] of [
  ['BRAF', 'V600E', 'BRAF V600E'],
  ['VHL', 'R167Q (c.500G>A)', 'VHL R167Q'],
  ['VHL', '*214C (c.642A>T)', 'VHL *214C'],
  ['NPM1', 'W288FS', 'NPM1 W288fs'],
  ['FLT3', 'D835H/Y', 'FLT3 D835H OR FLT3 D835Y'],
  ['KRAS', 'G12/G13', 'KRAS G12 OR KRAS G13'],
  ['EGFR', 'E746_T751>I', 'EGFR E746_T751delinsI'],
  ['EGFR', 'V769_770insASV', 'EGFR 769_770insASV'],
  ['KIT', 'K558NP', 'KIT K558delinsNP'],
  ['KIT', 'P551_E554delPMYE', 'KIT P551_E554del'],
  ['BRAF', 'DEL 485-490', 'BRAF 485_490del'],
  ['ABL1', 'BCR-ABL E255K V299L', 'BCR::ABL1 AND ABL1 E255K AND ABL1 V299L'],
  ['MTOR', 'E2014K and E2419K', 'MTOR E2014K AND MTOR E2419K'],
  ['BRAF', 'V600E/K and AMPLIFICATION', '(BRAF V600E OR BRAF V600K) AND BRAF amplification'],
  ['ALK', 'EML4-ALK E6;A20', 'EML4::ALK E6;A20'],
  ['ALK', 'ALK FUSION G1202R', 'ALK fusion AND ALK G1202R'],
  ['NTRK1', 'NTRK1 FUSIONS', 'NTRK1 fusion'],
  ['KMT2A', 'MLL-MLLT3', 'KMT2A::MLLT3'],
  ['EGFR', 'WILDTYPE', 'EGFR wild type'],
  ['BRAF', 'Non-V600', 'BRAF mutation AND NOT BRAF V600'],
  ['EGFR', 'Ex19 del L858R', 'EGFR exon 19 deletion AND EGFR L858R'],
  ['VHL', 'EXON 1 DELETION', 'VHL exon 1 loss'],
  ['MET', 'EXON 14 SKIPPING MUTATION', 'MET exon 14 skipping'],
  ['CEBPA', 'N-TERMINAL FRAME SHIFT', 'CEBPA N-terminal frameshift'],
  ['VHL', 'Splicing alteration (c.340+1G>A)', 'VHL c.340+1G>A'],
  ['MGMT', 'PROMOTER METHYLATION', '! methylation is not part of a profile'],
  ['PIK3CA', 'RARE MUTATION', '! which changes are meant is not said'],
  ['VHL', '106insR (c.316insGCC)', '! an insertion whose place is not told by both its neighbours'],
  ['ABL1', 'Something Else', '! the name is not understood'],
] as const)
  test(`${gene} ${name}`, () => assert.equal(read(gene, name), expected))

test('what the release says of a variant decides what its name means', () => {
  assert.equal(read('EGFR', 'EXON 19 DELETION', { types: ['inframe_deletion'] }), 'EGFR exon 19 deletion')
  const place = { chromosome: '5', from: 1295228, to: 1295228, ref: 'G', alt: 'A' }
  assert.equal(
    read('TERT', 'C228T', { types: ['regulatory_region_variant'], place }),
    'TERT at GRCh37 5:1295228 G>A',
  )
  assert.equal(read('TERT', 'C228T'), 'TERT C228T')
  assert.equal(
    read('SH2B3', 'RS3184504', { place: { ...place, ref: 'T', alt: 'C' } }),
    'SH2B3 at GRCh37 5:1295228 T>C',
  )
  assert.equal(
    read('CHEK2', '1100DELC', { hgvs: ['NM_007194.3:c.1100delC', 'NP_009125.1:p.Thr367Metfs'] }),
    'CHEK2 T367fs',
  )
})

test('a molecular profile keeps its logic, and one name that cannot be read leaves it untranslated', () => {
  const one = (gene: string, name: string) => translateVariant({ gene, name, types: [], hgvs: [] }, never)
  assert.deepEqual(translateProfile('EGFR L858R AND EGFR T790M', one), {
    category: 'EGFR L858R AND EGFR T790M',
  })
  assert.deepEqual(translateProfile('( KRAS G12/G13 OR NRAS Q61 ) AND NOT BRAF V600E', one), {
    category: '((KRAS G12 OR KRAS G13) OR NRAS Q61) AND NOT BRAF V600E',
  })
  assert.deepEqual(translateProfile('VHL R167Q (c.500G>A) AND VHL LOSS', one), {
    category: 'VHL R167Q AND VHL biallelic loss',
  })
  assert.deepEqual(translateProfile('BRAF V600E AND MGMT PROMOTER METHYLATION', one), {
    reason: 'methylation is not part of a profile',
  })
})
