import type { Plan } from '../../src/decide/plan.ts'
import type { PgxFinding } from '../../src/interpret/finding.ts'
import type { PatientRecord } from '../../src/record/patient-record.ts'
import type { PanelLocus } from '../../src/terms/genome.ts'
import {
  abacavir,
  allopurinol,
  azathioprine,
  celecoxib,
  clopidogrel,
  codeine,
  drug,
  fluorouracil,
  metformin,
  simvastatin,
  warfarin,
} from './example-case/advice.ts'
import { findings, paroxetine } from './example-case/findings.ts'
import { CPIC, INHIBITORS, PHARMVAR } from './example-case/packs.ts'
import { panel, record } from './example-case/record.ts'

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
