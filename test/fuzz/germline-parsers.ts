import { join } from 'node:path'
import { readEvidence } from '../../src/app/germline/evidence-schema.ts'
import { readPed } from '../../src/intake/ped/ped.ts'
import { familyVariants } from '../../src/intake/vcf/family/family-variants.ts'
import {
  assess,
  CALL_RULES,
  FamilyFindings,
  RelatednessCounter,
  readCriteria,
} from '../../src/interpret/germline/germline.ts'
import { acmgCriteria } from '../../src/knowledge/acmg/criteria.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import type { FuzzedParser } from './fuzzed-parser.ts'
import { vcfSeeds } from './seeds.ts'

const facts = Facts.find([join(import.meta.dirname, '..', '..', 'facts')])

const ANNOTATED = [
  '##fileformat=VCFv4.2',
  '##contig=<ID=chr6,length=170805979>',
  '##INFO=<ID=CSQ,Number=.,Type=String,Description="VEP. Format: Allele|Consequence|SYMBOL|Feature|HGVSc|EXON|Protein_position|MANE_SELECT|gnomADe_AF|REVEL">',
  '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\tdad\tmom',
  'chr6\t26092913\t.\tG\tA\t.\tPASS\tCSQ=A|missense_variant|HFE|NM_1|c.845G>A|4/6|282/348|NM_1|0.05|0.8;CLNSIG=Pathogenic\tGT:AD:DP:GQ:PS\t1|1:0,40:40:99:1\t0/1:20,20:40:99:.\t0|1:20,20:40:99:1',
  'chr10\t87957915\t.\tCA\tC,CT\t.\tPASS\tCSQ=-|frameshift_variant|PTEN|NM_2|c.697del|7/9|233/403|NM_2||,T|stop_gained|PTEN|NM_2|c.9A>T|7/9|233/403|NM_2||;SpliceAI=C|PTEN|0.1|0.9|0|0|1|2|3|4\tGT:AD:DP:GQ\t1/2:0,20,20:40:99\t0/1:20,20,0:40:99\t0/2:20,0,20:40:99',
  'chrX\t50000000\t.\tC\tT\t.\t.\tANN=T\tGT:PGT:PID\t1:.:.\t0:.:.\t0/1:0|1:5_C_T',
  'chrM\t3243\t.\tA\tG\t.\tPASS\t.\tGT:AD\t0/1:60,40\t0:1,0\t0/1:90,10',
].join('\n')
const PED = 'F\tkid\tdad\tmom\t1\t2\nF\tdad\t0\t0\t1\t1\nF\tmom\t0\t0\t2\t-9\n'

/** Readers of the germline commands. */
export const GERMLINE_PARSERS: readonly FuzzedParser[] = [
  { name: 'PED', seeds: () => [Buffer.from(PED)], read: (bytes) => readPed(bytes.toString(), 'f') },
  { name: 'variants of a family', seeds: () => [Buffer.from(ANNOTATED), ...vcfSeeds()], read: family },
  {
    name: 'ACMG/AMP criteria',
    seeds: () =>
      ['PVS1, PM2_Supporting;PP3_Mod|bp4', 'BA1_Stand Alone PM3 (Very Strong)'].map((text) =>
        Buffer.from(text),
      ),
    read: (bytes) => readCriteria(bytes.toString(), 'f'),
  },
  {
    name: 'evidence of a variant',
    seeds: () => [
      Buffer.from(
        '{"variant":{"chromosome":"chr1","position":5,"ref":"A","alt":"G","consequences":["missense_variant"]},"population":{"frequency":0.001,"source":"x"},"scores":[{"tool":"REVEL","value":0.5,"source":"y"}],"segregation":{"meioses":3,"families":1,"affectedWithout":0,"source":"z"}}',
      ),
    ],
    read: (bytes) => assess(readEvidence(bytes.toString(), 'f'), acmgCriteria(facts)),
  },
]

/** Reads a family as the command does, to the findings of everybody in it. */
async function family(bytes: Buffer): Promise<void> {
  let samples: readonly string[] = []
  let counter: RelatednessCounter | undefined
  let findings: FamilyFindings | undefined
  const members = () =>
    samples.map((id, i) => ({
      family: 'F',
      id,
      father: i === 0 ? samples[1] : undefined,
      mother: i === 0 ? samples[2] : undefined,
      sex: 'unknown' as const,
      affected: i === 0,
    }))
  for await (const variant of familyVariants({
    name: 'f',
    content: { bytes },
    assembly: undefined,
    open(file) {
      samples = file.samples
      counter = new RelatednessCounter(samples, { members: members() })
      findings = new FamilyFindings(
        { members: members(), place: (id) => samples.indexOf(id), rules: CALL_RULES },
        {
          secondary: true,
          carrier: true,
          carrierRefused: false,
          genes: new Set(),
          absentFrom: 'x',
          parentsProven: () => true,
        },
        facts,
      )
    },
    site: (site) => counter?.see('GRCh38', site),
    wanted: (calls) => calls.some(({ copies }) => copies > 0),
  }))
    findings?.take(variant)
  counter?.kinships()
  counter?.sexes()
  for (const member of members().slice(0, 3)) JSON.stringify(findings?.of(member))
}
