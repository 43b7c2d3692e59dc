import type { PackRef } from '../../../src/terms/evidence.ts'

export const CPIC: PackRef = { id: 'cpic', version: '2025-11-05' }
export const PHARMVAR: PackRef = { id: 'star-alleles', version: '2025-11-05' }
export const INHIBITORS: PackRef = { id: 'phenoconversion', version: '2025-11' }
