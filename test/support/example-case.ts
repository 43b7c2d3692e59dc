import type { DrugAdvice, GeneBasis, NamedDrug, Plan, Recommendation } from '../../src/decide/plan.ts'
import type {
  DiplotypeCall,
  MissingPosition,
  PgxFinding,
  Phenoconversion,
} from '../../src/interpret/finding.ts'
import type { Action, Effect } from '../../src/knowledge/guideline/guideline-rule.ts'
import type { GenotypeSet, LocusCall } from '../../src/record/genotype.ts'
import type { PatientRecord } from '../../src/record/patient-record.ts'
import type { Citation, PackRef } from '../../src/terms/evidence.ts'
import type { PanelLocus } from '../../src/terms/genome.ts'
import { atcCode, patientId, rxCui } from '../../src/terms/ids.ts'

/**
 * One invented person with one of everything that a delivery must be able to say: an actionable gene, a drug that
 * changes an enzyme, an ambiguous diplotype, a list of alleles without phase, a marker, a normal gene, a gene with
 * missing positions, genes not tested; answered, partial, unknown and no-guideline drugs; publishers that differ;
 * a dose that is known and one that is refused. Written by hand: it tests delivery, not interpretation.
 */
interface ExampleCase {
  readonly record: PatientRecord
  readonly findings: readonly PgxFinding[]
  readonly plan: Plan
  /** Panel loci that the record's calls and gaps name. */
  readonly panel: readonly PanelLocus[]
}

const CPIC: PackRef = { id: 'cpic', version: '2025-11-05' }
const PHARMVAR: PackRef = { id: 'star-alleles', version: '2025-11-05' }
const INHIBITORS: PackRef = { id: 'phenoconversion', version: '2025-11' }

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

const panel: readonly PanelLocus[] = [
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

const record: PatientRecord = {
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

function diplotype(
  name: string,
  alleles: readonly (readonly [allele: string, fn: string | undefined, activity?: string])[],
  phenotype: string | undefined,
  activityScore?: string,
): DiplotypeCall {
  const made = alleles.map(([allele, fn, activity]) => ({
    allele,
    function: fn,
    activityValue: activity,
  }))
  return {
    name,
    alleles: made as unknown as DiplotypeCall['alleles'],
    phenotype,
    activityScore,
    lookupKey: activityScore ?? phenotype,
    matchScore: 10,
  }
}

/** A gene of which nothing is known; each example changes what it is about. */
function finding(gene: string, what: Partial<PgxFinding>): PgxFinding {
  return {
    kind: 'pgx',
    gene,
    sample: 'EXAMPLE-1',
    from: 'genotype',
    diplotypes: [],
    alleles: [],
    lookup: what.diplotypes ?? [],
    phenotypes: [],
    activityScores: [],
    markers: [],
    candidates: [],
    population: undefined,
    phenotypeCertain: true,
    phase: 'unphased',
    positions: { defined: 0, seen: 0 },
    missing: [],
    notExcluded: [],
    blindTo: undefined,
    undocumented: [],
    extraPositions: [],
    clinical: undefined,
    doubts: [],
    why: [],
    facts: [PHARMVAR, CPIC],
    ...what,
  }
}

const rs1799853Missing: MissingPosition = {
  locus: 'chr10:94942290',
  rsid: 'rs1799853',
  because: { kind: 'low-depth', locus: 'chr10:94942290', reads: 3, atLeast: 10 },
  alleles: ['*2', '*35'],
}
const rs116855232Missing: MissingPosition = {
  locus: 'chr13:48045719',
  rsid: 'rs116855232',
  because: { kind: 'not-in-file', locus: 'chr13:48045719' },
  alleles: ['*2', '*3'],
}

const paroxetine: Phenoconversion = {
  by: { drug: 'paroxetine', rxcui: '32937' },
  role: 'inhibitor',
  strength: 'strong',
  sources: [{ name: 'FDA drug interaction table', strength: 'strong', pack: INHIBITORS }],
  rule: 'activity score x 0',
}

const findings: readonly PgxFinding[] = [
  finding('CYP2C19', {
    diplotypes: [
      diplotype(
        '*2/*17',
        [
          ['*2', 'No function'],
          ['*17', 'Increased function'],
        ],
        'Intermediate Metabolizer',
      ),
    ],
    phenotypes: ['Intermediate Metabolizer'],
    candidates: [
      {
        name: '*2/*17',
        phenotype: 'Intermediate Metabolizer',
        activityScore: undefined,
        probability: 1,
        reported: true,
      },
    ],
    population: '1000 Genomes, all ancestries',
    phase: 'phase-sets',
    positions: { defined: 35, seen: 35 },
    blindTo: 'whole-gene and partial deletions (*36, *37)',
    why: ['All 35 defining positions were seen.'],
  }),
  finding('CYP2C9', {
    diplotypes: [
      diplotype(
        '*1/*1',
        [
          ['*1', 'Normal function', '1.0'],
          ['*1', 'Normal function', '1.0'],
        ],
        'Normal Metabolizer',
        '2.0',
      ),
    ],
    phenotypes: ['Normal Metabolizer'],
    activityScores: ['2.0'],
    candidates: [
      {
        name: '*1/*1',
        phenotype: 'Normal Metabolizer',
        activityScore: '2.0',
        probability: 0.84,
        reported: true,
      },
      {
        name: '*1/*2',
        phenotype: 'Intermediate Metabolizer',
        activityScore: '1.5',
        probability: 0.16,
        reported: false,
      },
    ],
    population: '1000 Genomes, all ancestries',
    phenotypeCertain: false,
    positions: { defined: 83, seen: 82 },
    missing: [rs1799853Missing],
    notExcluded: ['*2', '*35'],
    extraPositions: [{ locus: 'chr10:94645745', rsid: 'rs12777823', alleles: ['G', 'A'] }],
    why: ['rs1799853 was read too thinly (3 reads); *2 and *35 cannot be excluded.'],
  }),
  finding('CYP2D6', {
    from: 'outside-call',
    diplotypes: [
      diplotype(
        '*1/*4',
        [
          ['*1', 'Normal function', '1.0'],
          ['*4', 'No function', '0.0'],
        ],
        'Intermediate Metabolizer',
        '1.0',
      ),
    ],
    phenotypes: ['Intermediate Metabolizer'],
    activityScores: ['1.0'],
    phase: 'none',
    clinical: {
      phenotype: 'Poor Metabolizer',
      activityScore: '0.0',
      lookupKey: '0.0',
      because: [paroxetine],
      notFor: ['paroxetine'],
    },
    why: ['Called outside (hospital-panel.tsv, line 2).'],
  }),
  finding('DPYD', {
    alleles: [
      { allele: 'Reference', function: 'Normal function', activityValue: '1.0' },
      { allele: 'c.1905+1G>A (*2A)', function: 'No function', activityValue: '0.0' },
    ],
    lookup: [
      diplotype(
        'Reference/c.1905+1G>A (*2A)',
        [
          ['Reference', 'Normal function', '1.0'],
          ['c.1905+1G>A (*2A)', 'No function', '0.0'],
        ],
        'Intermediate Metabolizer',
        '1.0',
      ),
    ],
    phenotypes: ['Intermediate Metabolizer'],
    activityScores: ['1.0'],
    positions: { defined: 83, seen: 83 },
    why: ['Without phase, the two alleles of lowest function are looked up.'],
  }),
  finding('HLA-B', {
    from: 'outside-call',
    diplotypes: [
      diplotype(
        '*08:01/*57:01',
        [
          ['*08:01', undefined],
          ['*57:01', undefined],
        ],
        undefined,
      ),
    ],
    markers: ['*57:01 positive', '*15:02 negative', '*58:01 negative'],
    phase: 'none',
    why: ['Called outside (hospital-panel.tsv, line 3).'],
  }),
  finding('NUDT15', {
    from: 'none',
    phenotypeCertain: false,
    phase: 'none',
    positions: { defined: 18, seen: 0 },
    missing: [rs116855232Missing],
    notExcluded: ['*2', '*3'],
    why: ['No defining position of NUDT15 is in the file.'],
  }),
  finding('SLCO1B1', {
    diplotypes: [
      diplotype(
        '*5/*5',
        [
          ['*5', 'No function'],
          ['*5', 'No function'],
        ],
        'Poor Function',
      ),
    ],
    phenotypes: ['Poor Function'],
    phase: 'effectively-phased',
    positions: { defined: 35, seen: 35 },
    why: ['All 35 defining positions were seen.'],
  }),
  finding('TPMT', {
    diplotypes: [
      diplotype(
        '*1/*3A',
        [
          ['*1', 'Normal function'],
          ['*3A', 'No function'],
        ],
        'Intermediate Metabolizer',
      ),
      diplotype(
        '*3B/*3C',
        [
          ['*3B', 'No function'],
          ['*3C', 'No function'],
        ],
        'Poor Metabolizer',
      ),
    ],
    phenotypes: ['Intermediate Metabolizer', 'Poor Metabolizer'],
    candidates: [
      {
        name: '*1/*3A',
        phenotype: 'Intermediate Metabolizer',
        activityScore: undefined,
        probability: 0.9994,
        reported: true,
      },
      {
        name: '*3B/*3C',
        phenotype: 'Poor Metabolizer',
        activityScore: undefined,
        probability: 0.0006,
        reported: true,
      },
    ],
    population: '1000 Genomes, all ancestries',
    phenotypeCertain: false,
    positions: { defined: 43, seen: 43 },
    why: ['The file is unphased; both diplotypes fit.'],
  }),
  finding('UGT1A1', {
    diplotypes: [
      diplotype(
        '*1/*28',
        [
          ['*1', 'Normal function'],
          ['*28', 'Decreased function'],
        ],
        'Intermediate Metabolizer',
      ),
    ],
    phenotypes: ['Intermediate Metabolizer'],
    positions: { defined: 4, seen: 4 },
  }),
  finding('VKORC1', {
    diplotypes: [
      diplotype(
        'rs9923231 reference (C)/rs9923231 variant (T)',
        [
          ['rs9923231 reference (C)', undefined],
          ['rs9923231 variant (T)', undefined],
        ],
        undefined,
      ),
    ],
    positions: { defined: 1, seen: 1 },
  }),
]

const drug = (name: string, rxcui: string, ...atc: string[]): NamedDrug => ({ name, rxcui, atc })

function cited(source: string, title: string, version: string, url: string, pmid: string): Citation {
  return { source, title, version, url, pmids: [pmid], pack: CPIC }
}

function recommendation(
  what: Pick<Recommendation, 'rule' | 'basis' | 'doThis' | 'because' | 'citation' | 'severity'> & {
    readonly actions: readonly Action[]
    readonly effects: readonly Effect[]
  } & Partial<Recommendation>,
): Recommendation {
  return {
    source: 'CPIC',
    population: { code: 'general' },
    applies: 'yes',
    asks: [],
    strength: 'strong',
    ...what,
  }
}

function basis(gene: string, result: string, phenotype: string | undefined, score?: string): GeneBasis {
  return { gene, result, phenotype, activityScore: score, convertedBy: [] }
}

function advice(
  named: NamedDrug,
  what: Pick<DrugAdvice, 'status' | 'headline' | 'severity' | 'state'> & Partial<DrugAdvice>,
): DrugAdvice {
  return {
    drug: named,
    recommendations: [],
    agreement: 'single',
    difference: undefined,
    missing: [],
    wouldChange: [],
    dose: [],
    ...what,
  }
}

const cpicClopidogrel = cited(
  'CPIC',
  'CPIC guideline for clopidogrel and CYP2C19',
  '2022',
  'https://cpicpgx.org/guidelines/guideline-for-clopidogrel-and-cyp2c19/',
  '35034351',
)
const cpicWarfarin = cited(
  'CPIC',
  'CPIC guideline for warfarin and CYP2C9, VKORC1 and CYP4F2',
  '2017',
  'https://cpicpgx.org/guidelines/guideline-for-warfarin-and-cyp2c9-and-vkorc1/',
  '28198005',
)

const clopidogrel = advice(drug('clopidogrel', '32968', 'B01AC04'), {
  status: 'taking',
  headline: 'Avoid clopidogrel; use prasugrel or ticagrelor if not contraindicated.',
  severity: 'critical',
  state: 'answered',
  agreement: 'differ',
  difference: 'CPIC advises another drug; DPWG also accepts 150 mg a day.',
  recommendations: [
    recommendation({
      rule: 'cpic-clopidogrel-cyp2c19-im-acs-pci',
      population: { code: 'acs-pci', indication: ['acs-pci'] },
      basis: [basis('CYP2C19', '*2/*17', 'Intermediate Metabolizer')],
      actions: [
        { code: 'AVOID', wording: 'recommended' },
        { code: 'ALTERNATIVE', alternatives: ['prasugrel', 'ticagrelor'] },
      ],
      effects: [
        {
          gene: 'CYP2C19',
          exposure: 'down',
          risk: 'inefficacy',
          term: 'stent-thrombosis',
          degree: 'moderate',
        },
      ],
      severity: 'critical',
      doThis: 'Avoid clopidogrel. Use prasugrel or ticagrelor at standard dose if not contraindicated.',
      because:
        'CYP2C19 intermediate metabolizer: less active drug is formed; higher risk of cardiovascular events.',
      citation: cpicClopidogrel,
    }),
    recommendation({
      rule: 'dpwg-clopidogrel-cyp2c19-im-pci',
      source: 'DPWG',
      population: { code: 'acs-pci', indication: ['acs-pci'] },
      strength: 'unspecified',
      basis: [basis('CYP2C19', '*2/*17', 'Intermediate Metabolizer')],
      actions: [
        { code: 'ALTERNATIVE', alternatives: ['prasugrel', 'ticagrelor'] },
        {
          code: 'DOSE_SET',
          dose: { of: 'maintenance', amount: { from: 150, to: 150, unit: 'mg', per: 'day' } },
        },
      ],
      effects: [{ gene: 'CYP2C19', exposure: 'down', risk: 'inefficacy' }],
      severity: 'warning',
      doThis: 'Use prasugrel or ticagrelor, or give 150 mg a day.',
      because: 'CYP2C19 intermediate metabolizer: less active drug is formed.',
      citation: { ...cpicClopidogrel, source: 'DPWG', title: 'DPWG guideline for clopidogrel and CYP2C19' },
    }),
  ],
  wouldChange: ['An indication other than acute coronary syndrome or stenting.'],
})

const fluorouracil = advice(drug('fluorouracil', '4492', 'L01BC02'), {
  status: 'considered',
  headline: 'Start fluorouracil at half the standard dose, then adjust.',
  severity: 'critical',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-fluorouracil-dpyd-1.0',
      basis: [basis('DPYD', 'Reference/c.1905+1G>A (*2A)', 'Intermediate Metabolizer', '1.0')],
      actions: [
        { code: 'DOSE_DECREASE', dose: { of: 'start', percentOfStandard: { from: 50, to: 50 } } },
        { code: 'TITRATE', monitor: ['adverse-effects', 'plasma-concentration'] },
      ],
      effects: [{ gene: 'DPYD', exposure: 'up', risk: 'toxicity', term: 'severe-toxicity', degree: 'great' }],
      severity: 'critical',
      doThis: 'Start at 50 % of the standard dose; adjust by toxicity or drug level.',
      because: 'DPYD activity score 1.0: the drug is cleared slowly; risk of severe or fatal toxicity.',
      citation: cited(
        'CPIC',
        'CPIC guideline for fluoropyrimidines and DPYD',
        '2017',
        'https://cpicpgx.org/guidelines/guideline-for-fluoropyrimidines-and-dpyd/',
        '29152729',
      ),
    }),
  ],
})

const codeine = advice(drug('codeine', '2670', 'R05DA04'), {
  status: 'taking',
  headline: 'Avoid codeine: it will not work. Use an opioid that does not need CYP2D6.',
  severity: 'warning',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-codeine-cyp2d6-pm',
      basis: [
        {
          gene: 'CYP2D6',
          result: '*1/*4',
          phenotype: 'Poor Metabolizer',
          activityScore: '0.0',
          convertedBy: [paroxetine],
        },
      ],
      actions: [
        { code: 'AVOID' },
        {
          code: 'ALTERNATIVE',
          alternatives: ['class:non-opioid', 'morphine'],
          exclude: ['tramadol', 'metabolised-by:CYP2D6'],
        },
      ],
      effects: [{ gene: 'CYP2D6', exposure: 'down', risk: 'inefficacy', term: 'lack-of-analgesia' }],
      severity: 'warning',
      doThis: 'Avoid codeine. Use an analgesic that does not need CYP2D6; not tramadol.',
      because: 'CYP2D6 poor metabolizer while taking paroxetine: almost no morphine is formed.',
      citation: cited(
        'CPIC',
        'CPIC guideline for opioids and CYP2D6, OPRM1 and COMT',
        '2021',
        'https://cpicpgx.org/guidelines/guideline-for-codeine-and-cyp2d6/',
        '33387367',
      ),
    }),
  ],
  wouldChange: ['Stopping paroxetine: CYP2D6 would be an intermediate metabolizer.'],
})

const azathioprine = advice(drug('azathioprine', '1256', 'L04AX01'), {
  status: 'considered',
  headline: 'Test NUDT15 first; TPMT alone already asks for a lower dose.',
  severity: 'warning',
  state: 'partial',
  missing: ['NUDT15: rs116855232 was not in the file'],
  wouldChange: ['A NUDT15 result.', 'Phase of TPMT rs1142345 and rs1800460.'],
  recommendations: [
    recommendation({
      rule: 'cpic-azathioprine-tpmt-im',
      applies: 'unknown',
      asks: ['NUDT15 genotype'],
      basis: [basis('TPMT', '*1/*3A', 'Intermediate Metabolizer')],
      actions: [
        { code: 'DOSE_DECREASE', dose: { of: 'start', percentOfStandard: { from: 30, to: 80 } } },
        { code: 'MONITOR', monitor: ['blood-count'] },
      ],
      effects: [
        { gene: 'TPMT', exposure: 'up', risk: 'toxicity', term: 'myelosuppression', degree: 'moderate' },
      ],
      severity: 'warning',
      doThis: 'Start at 30 to 80 % of the standard dose; watch the blood count.',
      because: 'TPMT intermediate metabolizer: more active metabolites; risk of low blood counts.',
      citation: cited(
        'CPIC',
        'CPIC guideline for thiopurines and TPMT and NUDT15',
        '2018',
        'https://cpicpgx.org/guidelines/guideline-for-thiopurines-and-tpmt/',
        '30447069',
      ),
    }),
  ],
})

const warfarin = advice(drug('warfarin', '11289', 'B01AA03'), {
  status: 'considered',
  headline: 'No dose can be calculated: CYP2C9 rs1799853 was read too thinly.',
  severity: 'info',
  state: 'unknown',
  missing: ['CYP2C9: rs1799853 had 3 reads, at least 10 are needed'],
  dose: [
    {
      known: false,
      equation: 'IWPC 2009 pharmacogenetic',
      missing: ['CYP2C9 diplotype', 'height'],
      notes: [],
      citation: cpicWarfarin,
    },
    {
      known: true,
      equation: 'Example equation with known inputs',
      value: 31.5,
      unit: 'mg/week',
      inputs: [
        { name: 'VKORC1 rs9923231', value: 'C/T' },
        { name: 'age', value: '68 years' },
      ],
      notes: ['For people of whom CYP2C9 is not asked.'],
      citation: cpicWarfarin,
    },
  ],
})

const simvastatin = advice(drug('simvastatin', '36567', 'C10AA01'), {
  status: 'reference',
  headline: 'Choose another statin: high risk of muscle damage.',
  severity: 'warning',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-simvastatin-slco1b1-pf',
      basis: [basis('SLCO1B1', '*5/*5', 'Poor Function')],
      actions: [{ code: 'ALTERNATIVE', alternatives: ['rosuvastatin', 'pravastatin'] }],
      effects: [{ gene: 'SLCO1B1', exposure: 'up', risk: 'toxicity', term: 'myopathy', degree: 'great' }],
      severity: 'warning',
      doThis: 'Use another statin.',
      because: 'SLCO1B1 poor function: higher simvastatin acid exposure; risk of myopathy.',
      citation: cited(
        'CPIC',
        'CPIC guideline for statins and SLCO1B1, ABCG2 and CYP2C9',
        '2022',
        'https://cpicpgx.org/guidelines/cpic-guideline-for-statins/',
        '35152405',
      ),
    }),
  ],
})

const abacavir = advice(drug('abacavir', '190521', 'J05AF06'), {
  status: 'reference',
  headline: 'Do not give abacavir: HLA-B*57:01 is present.',
  severity: 'critical',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-abacavir-hla-b-5701-positive',
      basis: [basis('HLA-B', '*57:01 positive', undefined)],
      actions: [{ code: 'CONTRAINDICATED' }],
      effects: [
        { gene: 'HLA-B', exposure: 'none', risk: 'toxicity', term: 'hypersensitivity', degree: 'great' },
      ],
      severity: 'critical',
      doThis: 'Do not give abacavir.',
      because: 'HLA-B*57:01 is present: high risk of a hypersensitivity reaction.',
      citation: cited(
        'CPIC',
        'CPIC guideline for abacavir and HLA-B',
        '2014',
        'https://cpicpgx.org/guidelines/guideline-for-abacavir-and-hla-b/',
        '24561393',
      ),
    }),
  ],
})

const celecoxib = advice(drug('celecoxib', '140587', 'M01AH01'), {
  status: 'reference',
  headline: 'CYP2C9 is not certain; no advice.',
  severity: 'none',
  state: 'unknown',
  missing: ['CYP2C9: rs1799853 had 3 reads, at least 10 are needed'],
})

const allopurinol = advice(drug('allopurinol', '519', 'M04AA01'), {
  status: 'reference',
  headline: 'Use as labelled.',
  severity: 'none',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-allopurinol-hla-b-5801-negative',
      basis: [basis('HLA-B', '*58:01 negative', undefined)],
      actions: [{ code: 'STANDARD' }],
      effects: [{ gene: 'HLA-B', exposure: 'none', risk: 'none' }],
      severity: 'none',
      doThis: 'Use the standard dose.',
      because: 'HLA-B*58:01 is absent: low risk of severe skin reactions.',
      citation: cited(
        'CPIC',
        'CPIC guideline for allopurinol and HLA-B',
        '2015',
        'https://cpicpgx.org/guidelines/guideline-for-allopurinol-and-hla-b/',
        '26094938',
      ),
    }),
  ],
})

const metformin = advice(drug('metformin', '6809', 'A10BA02'), {
  status: 'taking',
  headline: 'No pharmacogenetic guideline.',
  severity: 'none',
  state: 'no-guideline',
})

const plan: Plan = {
  patient: 'example-1',
  sample: 'EXAMPLE-1',
  engine: { name: 'garrod', version: '0.1.0' },
  facts: [CPIC, INHIBITORS, PHARMVAR],
  drugs: [
    abacavir,
    clopidogrel,
    fluorouracil,
    azathioprine,
    codeine,
    simvastatin,
    warfarin,
    allopurinol,
    celecoxib,
    metformin,
  ],
  interactions: [
    {
      affected: codeine.drug,
      by: drug('paroxetine', '32937', 'N06AB05'),
      gene: 'CYP2D6',
      severity: 'warning',
      sentence: 'Paroxetine blocks CYP2D6: codeine will not be turned into morphine.',
      sources: paroxetine.sources,
    },
  ],
  notes: ['CYP2D6 was called outside; its copy number is as that laboratory reported it.'],
}

/** The rich example; a plain value, the same on every call. */
export const exampleCase: ExampleCase = { record, findings, plan, panel }
