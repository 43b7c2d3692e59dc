/** The door of the phenotype room. */
export type { CandidateGene, CandidateVariant } from './candidate-genes.ts'
export { diagnose, type PhenotypeInput } from './diagnose.ts'
export { dictionaryOf } from './dictionary.ts'
export { resolveTerm, suggestTerms, type TermMatch } from './resolve-term.ts'
export { type KeptRanking, keptRanking, type Upgrade, upgradesSince } from './upgrade.ts'
