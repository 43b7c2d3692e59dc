import { openFasta } from '../../../intake/fasta/fasta.ts'
import type { BurdenScheme } from '../../../interpret/finding/tumor-scores.ts'
import type { Calibration, ContextOf, SignatureMatrix } from '../../../interpret/tumor/tumor.ts'
import { assemblies } from '../../../knowledge/assemblies.ts'
import type { Facts } from '../../../knowledge/facts.ts'
import type { TumorAssay } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import type { Arguments, Option } from '../../command.ts'
import { choiceOption } from '../../command-line/choice-option.ts'
import { readCalibrations } from './calibration-table.ts'
import { readSignatures } from './signature-table.ts'

/** What the user says of the assay, and tables and sequence of the user, for the scores of a tumour. */
export interface ScoreOptions {
  readonly assay: Partial<TumorAssay>
  readonly scheme: BurdenScheme | undefined
  readonly calibrations: readonly Calibration[]
  readonly signatures: SignatureMatrix | undefined
  readonly contextOf: ContextOf | undefined
}

const SCHEMES = ['coding', 'coding-non-silent', 'missense'] as const

/** Options of `garrod tumor` that the scores are read from. */
export const SCORE_OPTIONS: Readonly<Record<string, Option>> = {
  assay: { type: 'string', value: 'NAME', help: 'name of the assay, as in the table of calibration' },
  design: {
    type: 'string',
    value: 'DESIGN',
    help: 'tumour-normal or tumour-only, where the files do not tell',
  },
  specimen: { type: 'string', value: 'KIND', help: 'tissue, plasma, blood or bone-marrow' },
  megabases: {
    type: 'string',
    value: 'MB',
    help: 'coding megabases that the assay read, for the mutational burden',
  },
  'called-megabases': {
    type: 'string',
    value: 'MB',
    help: 'megabases in which calls were made, coding or not, for the advisory of microsatellites',
  },
  'detection-limit': {
    type: 'string',
    value: 'SHARE',
    help: 'lowest allele fraction that the assay finds reliably, 0 to 1',
  },
  'burden-scheme': {
    type: 'string',
    value: 'SCHEME',
    help: 'what the burden counts: coding (with silent ones; the default), coding-non-silent, missense',
  },
  calibration: {
    type: 'string',
    value: 'FILE',
    help: 'burdens of assays on the scale of the approved test: assay, slope, intercept, source',
  },
  signatures: {
    type: 'string',
    value: 'FILE',
    help: 'signatures of substitutions, 96 channels (such as COSMIC SBS): your own copy, none is shipped',
  },
  reference: {
    type: 'string',
    value: 'FASTA',
    help: 'reference sequence of the build of the calls, for signatures',
  },
}

/** Throws USAGE_CHOICE, USAGE_AMOUNT and the faults of the tables and of FASTA files. */
export async function readScoreOptions(input: Arguments, facts: Facts): Promise<ScoreOptions> {
  const name = input.text('assay')
  const design = choiceOption(input, 'design', ['tumour-normal', 'tumour-only'])
  const specimen = choiceOption(input, 'specimen', ['tissue', 'plasma', 'blood', 'bone-marrow'])
  const codingMegabases = number(input, 'megabases', 3500, 'coding megabases, above 0')
  const calledMegabases = number(input, 'called-megabases', 3500, 'megabases, above 0')
  const detectionLimit = number(input, 'detection-limit', 1, 'a share above 0 and up to 1')
  const reference = input.text('reference')
  return {
    assay: {
      ...(name === undefined ? {} : { name }),
      ...(design === undefined ? {} : { design }),
      ...(specimen === undefined ? {} : { specimen }),
      ...(codingMegabases === undefined ? {} : { codingMegabases }),
      ...(calledMegabases === undefined ? {} : { calledMegabases }),
      ...(detectionLimit === undefined ? {} : { detectionLimit }),
    },
    scheme: choiceOption(input, 'burden-scheme', SCHEMES),
    calibrations: await readCalibrations(input.text('calibration')),
    signatures: await readSignatures(input.text('signatures')),
    contextOf: reference === undefined ? undefined : contextsIn(reference, facts),
  }
}

/** The three bases around a place, from a FASTA file. */
function contextsIn(path: string, facts: Facts): ContextOf {
  const sequence = openFasta(path, assemblies(facts).sequences)
  return ({ place }) => {
    const contig = place === undefined ? undefined : sequence.contig(place.chromosome)
    return place === undefined || contig === undefined || place.position < 2
      ? undefined
      : sequence.bases(contig.name, place.position - 2, place.position + 1)
  }
}

function number(input: Arguments, option: string, most: number, what: string): number | undefined {
  const text = input.text(option)
  if (text === undefined) return undefined
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value > 0 && value <= most) return value
  throw new Fault(
    'USAGE_AMOUNT',
    `--${option}`,
    `"${text}" is not ${what}`,
    'Give a number, such as 0.05 or 34.',
  )
}
