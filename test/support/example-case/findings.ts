import type {
  DiplotypeCall,
  MissingPosition,
  PgxFinding,
  Phenoconversion,
} from '../../../src/interpret/finding.ts'
import { CPIC, INHIBITORS, PHARMVAR } from './packs.ts'

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

export const paroxetine: Phenoconversion = {
  by: { drug: 'paroxetine', rxcui: '32937' },
  role: 'inhibitor',
  strength: 'strong',
  sources: [{ name: 'FDA drug interaction table', strength: 'strong', pack: INHIBITORS }],
  rule: 'activity score x 0',
}

export const findings: readonly PgxFinding[] = [
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
