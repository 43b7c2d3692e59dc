import { joinParts } from '../../src/intake/tumor/profile/join-profile.ts'
import { readTumorParts } from '../../src/intake/tumor/receive-tumor.ts'
import { TUMOR_FORMATS } from '../../src/intake/tumor/tumor-formats.ts'
import { effectOf } from '../../src/interpret/tumor/tumor.ts'
import { findDiagnosis } from '../../src/knowledge/tumor/diagnosis.ts'
import { diagnosisCodes } from '../../src/knowledge/tumor/diagnosis-codes.ts'
import { oncoTree } from '../../src/knowledge/tumor/oncotree.ts'
import { CUTS } from '../support/tumor-parts.ts'
import { builtInFacts } from '../trials/matchminer-run.ts'
import type { FuzzedParser } from './fuzzed-parser.ts'

const VCF = [
  '##fileformat=VCFv4.2',
  '##reference=GRCh38',
  '##source=Mutect2',
  '##normal_sample=N',
  '##tumor_sample=T',
  '##INFO=<ID=CSQ,Number=.,Type=String,Description="x. Format: Allele|Consequence|SYMBOL|HGVSp|gnomADe_AF|REVEL">',
  '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN\tT',
  'chr7\t140753336\t.\tA\tT,C\t.\tPASS\tCSQ=T|missense_variant|BRAF|p.Val600Glu|0|0.9\tGT:AD:AF:DP\t0/0:90,0,0:.:90\t0/1:60,30,1:0.33,0.01:91',
  '7\t100\t.\tC\tG\t.\tweak_evidence\tSOMATIC;SS=2\tDP:AU:CU:GU:TU\t9:0,0:9,9:0,0:0,0\t30:0,0:20,20:10,10:0,0',
  '2\t29223528\ta\tG\tG]2:42295554]\t.\tPASS\tSVTYPE=BND;MATEID=b;GENE=ALK\tPR:SR\t9,0:9,0\t10,4:20,6',
  '2\t42295554\tb\tT\tT]2:29223528]\t.\tPASS\tSVTYPE=BND;MATEID=a;GENE=EML4\tPR:SR\t9,0:9,0\t10,4:20,6',
]
const MAF = [
  '#version 2.4',
  'Hugo_Symbol\tNCBI_Build\tChromosome\tStart_Position\tVariant_Classification\tReference_Allele\tTumor_Seq_Allele2\tTumor_Sample_Barcode\tHGVSp_Short\tt_depth\tt_alt_count\ti_TumorVAF_WU\tFILTER\tcopy_number\tfusion\tgnomAD_AF',
  'KRAS\tGRCh37\t12\t25398284\tMissense_Mutation\tC\tT\ta\tp.G12D\t100\t20\t20.5\tPASS\t\t\t0',
  'ERBB2\t\t\t\t\t\t\tb\t\t\t\t\t\tamplification\t\t',
  '\t\t\t\t\t\t\tb\t\t\t\t\t\t\tEML4::ALK\t',
]
const TABLES = [
  ['Sample\tChromosome\tStart\tEnd\tNum_Probes\tSegment_Mean', 's\t1\t61735\t86341\t15\t-0.683'],
  ['Chromosome\tStart\tEnd\tnMajor\tnMinor', '17\t1\t80000000\t3\t0'],
  ['Hugo_Symbol\tEntrez_Gene_Id\ts1\ts2', 'ERBB2\t2064\t2\t-2', 'KRAS\t3845\tNA\t0'],
  [
    '#FusionName\tJunctionReadCount\tLeftBreakpoint\tRightBreakpoint\tPROT_FUSION_TYPE',
    'EML4--ALK\t12\tchr2:42295554:+\tchr2:29223528:-\tINFRAME',
  ],
  [
    '#gene1\tgene2\tbreakpoint1\tbreakpoint2\tconfidence\treading_frame',
    'EML4\tALK(5),LINC(9)\t2:42295554\t2:29223528\thigh\tin-frame',
  ],
  ['TargetID\tTPM', 'TSPAN6\t39.1'],
  [
    'marker\tvalue\tscale\tassay',
    'PD-L1\t60%\tTPS\t22C3',
    'HER2\t2+\tIHC\t',
    'HER2\tamplified\tFISH\t',
    'MSI\tMSI-H\t\t',
    'purity\t0.6\t\t',
  ],
]
const LABORATORY = {
  sample: 's',
  purity: 0.5,
  assay: { name: 'P', genes: { variants: ['KRAS', { gene: 'EGFR', exons: [19] }], fusions: 'all' } },
  markers: [{ marker: 'TMB', value: 12 }],
  copyNumbers: [{ gene: 'MET', call: 'amplification' }],
  fusions: ['EML4::ALK'],
}
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const FHIR = {
  resourceType: 'Bundle',
  entry: [
    {
      resource: {
        resourceType: 'Observation',
        id: 'v',
        status: 'final',
        code: loinc('69548-6'),
        valueCodeableConcept: loinc('LA9633-4'),
        component: [
          {
            code: loinc('48018-6'),
            valueCodeableConcept: {
              coding: [{ system: 'http://www.genenames.org', code: 'HGNC:3236', display: 'EGFR' }],
            },
          },
          {
            code: loinc('81290-9'),
            valueCodeableConcept: { coding: [{ code: 'NC_000007.13:g.55259515T>G' }] },
          },
          { code: loinc('81258-6'), valueQuantity: { value: 44, unit: '%' } },
        ],
      },
    },
    {
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: loinc('94076-7'),
        valueQuantity: { value: 25 },
      },
    },
    {
      resource: {
        resourceType: 'Condition',
        code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C34.1' }] },
      },
    },
  ],
}

const bytes = (lines: readonly string[]) => Buffer.from(`${lines.join('\n')}\n`)
const facts = builtInFacts()
const tree = oncoTree(facts)
const codes = diagnosisCodes(facts)
const covered = { variants: undefined, copyNumbers: undefined, fusions: undefined }

/** What is read is also joined, and its effects and diagnosis are asked for. */
async function readAll(content: Buffer): Promise<void> {
  const parts = await readTumorParts('f', { bytes: content }, { cuts: CUTS, tools: ['REVEL'] })
  const stated = { sample: undefined, assembly: undefined, covered, purity: undefined }
  for (const { profile } of joinParts(parts, stated)) {
    for (const variant of profile.variants) effectOf(variant)
    findDiagnosis(profile.diagnosis ?? '', tree, codes)
  }
}

/** Each reader as the door finds it, and each forced on bytes that the door would not give it. */
export const TUMOR_PARSERS: readonly FuzzedParser[] = [
  {
    name: 'tumour files',
    seeds: () => [bytes(VCF), bytes(MAF), ...TABLES.map(bytes)],
    read: readAll,
  },
  {
    name: 'tumour JSON',
    seeds: () => [Buffer.from(JSON.stringify(LABORATORY)), Buffer.from(JSON.stringify(FHIR))],
    read: readAll,
  },
  ...TUMOR_FORMATS.map(
    (format): FuzzedParser => ({
      name: `tumour ${format.name}, whatever comes`,
      seeds: () => [bytes(VCF), bytes(MAF), ...TABLES.map(bytes)],
      read: (content) =>
        format.read({
          name: 'f',
          text: (async function* () {
            yield content
          })(),
          options: { cuts: CUTS },
        }),
    }),
  ),
  {
    name: 'diagnosis codes',
    seeds: () =>
      ['C50.9 8500/3', 'NCIT:C3512', 'http://snomed.info/sct|254637007', 'LUAD'].map((text) =>
        Buffer.from(text),
      ),
    read: (content) => findDiagnosis(content.toString(), tree, codes),
  },
]
