import type { AcmgClass, CriterionCode, Strength } from '../../../src/interpret/finding/germline.ts'

/** What each criterion is about, in a few words, by the kind of evidence. */
export const CRITERIA: readonly {
  readonly about: string
  readonly criteria: readonly (readonly [CriterionCode, string])[]
}[] = [
  {
    about: 'How often it is seen',
    criteria: [
      ['PM2', 'absent or very rare in population databases'],
      ['PS4', 'more often in affected people than in controls'],
      ['BA1', 'far too common to cause the disease'],
      ['BS1', 'more common than the disease allows'],
      ['BS2', 'seen in healthy adults who should be ill'],
    ],
  },
  {
    about: 'What it does to the gene',
    criteria: [
      ['PVS1', 'loss of function, in a gene where that causes the disease'],
      ['PS1', 'same amino acid change as a known pathogenic variant'],
      ['PM5', 'another change of the same amino acid is pathogenic'],
      ['PM4', 'changes the length of the protein'],
      ['PP3', 'computed scores predict damage'],
      ['BP4', 'computed scores predict no damage'],
      ['BP1', 'missense, where only truncating variants cause the disease'],
      ['BP3', 'in-frame change in a repeat without known function'],
      ['BP7', 'silent, and no effect on splicing predicted'],
    ],
  },
  {
    about: 'What experiments and regions say',
    criteria: [
      ['PS3', 'a sound functional study shows damage'],
      ['BS3', 'a sound functional study shows no damage'],
      ['PM1', 'in a hot spot or critical domain'],
      ['PP2', 'missense, in a gene where missense is a usual cause'],
    ],
  },
  {
    about: 'The family',
    criteria: [
      ['PS2', 'de novo, both parents confirmed'],
      ['PM6', 'de novo, parents not confirmed'],
      ['PP1', 'travels with the disease in families'],
      ['BS4', 'does not travel with the disease'],
      ['PM3', 'in trans with a pathogenic variant (recessive)'],
      ['BP2', 'beside a pathogenic variant in a way that speaks against it'],
    ],
  },
  {
    about: 'The person and others',
    criteria: [
      ['PP4', 'features are highly specific for the gene'],
      ['BP5', 'another cause explains the disease'],
      ['PP5', 'a source calls it pathogenic (no longer used)'],
      ['BP6', 'a source calls it benign (no longer used)'],
    ],
  },
]

const CLASS_WORDS: Readonly<Record<AcmgClass, string>> = {
  pathogenic: 'Pathogenic',
  'likely-pathogenic': 'Likely pathogenic',
  uncertain: 'Uncertain significance',
  'likely-benign': 'Likely benign',
  benign: 'Benign',
}

export const classWords = (name: string) => CLASS_WORDS[name as AcmgClass] ?? name

const ALL: readonly Strength[] = ['supporting', 'moderate', 'strong', 'very-strong', 'stand-alone']

/** The weight that the paper of 2015 gives a criterion. */
export function usualStrength(code: CriterionCode): Strength {
  if (code === 'BA1') return 'stand-alone'
  if (code === 'PVS1') return 'very-strong'
  if (code[1] === 'S') return 'strong'
  return code[1] === 'M' ? 'moderate' : 'supporting'
}

/** Strengths that a criterion may have: BA1 alone stands alone. */
export function strengthsOf(code: CriterionCode): readonly Strength[] {
  return ALL.filter((one) => one !== 'stand-alone' || code === 'BA1')
}

export const strengthWords = (strength: Strength) => strength.replace('-', ' ')
