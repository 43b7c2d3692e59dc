import { arrayFile } from './array/array-file.ts'
import type { GenotypeFormat } from './format.ts'
import { vcf } from './vcf/vcf.ts'

/** Every format of genotypes that is read, in the order in which they are asked whether a file is theirs. */
export const FORMATS: readonly GenotypeFormat[] = [vcf, arrayFile]
