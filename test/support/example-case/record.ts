import type { GenotypeSet, LocusCall } from '../../../src/record/genotype.ts'
import type { PatientRecord } from '../../../src/record/patient-record.ts'
import type { PanelLocus } from '../../../src/terms/genome.ts'
import { atcCode, patientId, rxCui } from '../../../src/terms/ids.ts'

function locus(
  gene: string,
  chromosome: PanelLocus['chromosome'],
  position: number,
  ref: string,
  alts: readonly string[],
  rsid: string,
): PanelLocus {
  return {
    id: `${chromosome}:${position}`,
    chromosome,
    position,
    ref,
    alts,
    rsid,
    gene,
    grch37: undefined,
    context: undefined,
  }
}

export const panel: readonly PanelLocus[] = [
  locus('CYP2C19', 'chr10', 94761900, 'C', ['T'], 'rs12248560'),
  locus('CYP2C19', 'chr10', 94781859, 'G', ['A'], 'rs4244285'),
  locus('CYP2C9', 'chr10', 94942290, 'C', ['T'], 'rs1799853'),
  locus('CYP2C9', 'chr10', 94981296, 'A', ['C'], 'rs1057910'),
  locus('DPYD', 'chr1', 97450058, 'C', ['T'], 'rs3918290'),
  locus('NUDT15', 'chr13', 48045719, 'C', ['T'], 'rs116855232'),
  locus('SLCO1B1', 'chr12', 21178615, 'T', ['C'], 'rs4149056'),
  locus('TPMT', 'chr6', 18130687, 'T', ['C', 'G'], 'rs1142345'),
  locus('TPMT', 'chr6', 18138997, 'C', ['T'], 'rs1800460'),
  locus('UGT1A1', 'chr2', 233760233, 'CAT', ['C', 'CATAT', 'CATATAT'], 'rs3064744'),
  locus('VKORC1', 'chr16', 31096368, 'C', ['T'], 'rs9923231'),
]

function call(at: string, alleles: LocusCall['alleles'], phase?: '|'): LocusCall {
  return {
    locus: at,
    alleles,
    phased: phase === '|',
    phaseSet: phase === '|' ? '94761900' : undefined,
    evidence: 'variant-record',
    depth: 31,
    quality: 99,
  }
}

const genotypes: GenotypeSet = {
  sample: 'EXAMPLE-1',
  source: { name: 'example-1.vcf.gz', format: 'vcf', sha256: 'a3'.repeat(32) },
  assembly: 'GRCh38',
  calls: [
    call('chr1:97450058', ['C', 'T']),
    call('chr10:94761900', ['C', 'T'], '|'),
    call('chr10:94781859', ['A', 'G'], '|'),
    call('chr10:94981296', ['A', 'A']),
    call('chr12:21178615', ['C', 'C']),
    call('chr16:31096368', ['C', 'T']),
    call('chr2:233760233', ['CAT', 'CATAT']),
    call('chr6:18130687', ['T', 'C']),
    call('chr6:18138997', ['C', 'T']),
  ],
  gaps: [
    { kind: 'low-depth', locus: 'chr10:94942290', reads: 3, atLeast: 10 },
    { kind: 'not-in-file', locus: 'chr13:48045719' },
  ],
  notes: ['The file names its reference as GRCh38.'],
}

const outsideFile = { name: 'hospital-panel.tsv', format: 'outside-calls', sha256: 'b7'.repeat(32) } as const

export const record: PatientRecord = {
  id: patientId('example-1'),
  name: 'Example Person One',
  sex: 'female',
  birthDate: '1957-04-12',
  identifiers: [{ system: 'urn:oid:2.16.840.1.113883.19.5', value: 'MRN-0001' }],
  genotypes: [genotypes],
  outsideCalls: [
    {
      gene: 'CYP2D6',
      diplotype: '*1/*4',
      phenotype: undefined,
      activityScore: undefined,
      source: outsideFile,
      line: 2,
    },
    {
      gene: 'HLA-B',
      diplotype: '*57:01/*08:01',
      phenotype: undefined,
      activityScore: undefined,
      source: outsideFile,
      line: 3,
    },
  ],
  drugs: [
    { text: 'Plavix', rxcui: rxCui('32968'), atc: atcCode('B01AC04'), status: 'taking' },
    { text: 'paroxetine', rxcui: rxCui('32937'), atc: atcCode('N06AB05'), status: 'taking' },
    { text: 'codeine', rxcui: rxCui('2670'), atc: atcCode('R05DA04'), status: 'taking' },
    { text: 'metformin', rxcui: rxCui('6809'), atc: atcCode('A10BA02'), status: 'taking' },
    { text: 'fluorouracil', rxcui: rxCui('4492'), atc: atcCode('L01BC02'), status: 'considered' },
    { text: 'azathioprine', rxcui: rxCui('1256'), atc: atcCode('L04AX01'), status: 'considered' },
    { text: 'warfarin', rxcui: rxCui('11289'), atc: atcCode('B01AA03'), status: 'considered' },
  ],
  measurements: [
    { kind: 'weight', value: 72, unit: 'kg' },
    { kind: 'age', value: 68, unit: 'a' },
  ],
  context: { indications: ['acs-pci'] },
}
