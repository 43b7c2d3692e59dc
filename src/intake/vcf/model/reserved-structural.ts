import { COUNT, type Row } from './reserved-row.ts'

/**
 * INFO keys of structural variants (section 3). Where most writers of a version differ from it and nothing can be
 * mistaken, the Number is ".": any is accepted.
 */
export const INFO_STRUCTURAL_UP_TO_43: readonly Row[] = [
  ['IMPRECISE', 0, 'Flag'],
  ['NOVEL', 0, 'Flag'],
  ['SVTYPE', 1, 'String'],
  ['SVLEN', '.', 'Integer'],
  ['CIPOS', 2, 'Integer'],
  ['CIEND', 2, 'Integer'],
  ['CILEN', 2, 'Integer'],
  ['HOMLEN', '.', 'Integer'],
  ['HOMSEQ', '.', 'String'],
  ['BKPTID', '.', 'String'],
  ['MEINFO', 4, 'String'],
  ['METRANS', 4, 'String'],
  ['DGVID', 1, 'String'],
  // A variant may have several accessions, and 1000 Genomes writes Number=".".
  ['DBVARID', '.', 'String'],
  ['DBRIPID', 1, 'String'],
  ['MATEID', '.', 'String'],
  ['PARID', 1, 'String'],
  ['EVENT', 1, 'String'],
  ['DPADJ', '.', 'Integer'],
  ['CN', 1, 'Integer'],
  ['CNADJ', '.', 'Integer'],
  ['CICN', 2, 'Integer'],
  ['CICNADJ', '.', 'Integer'],
]

/** From 4.4 on there is one value, pair or quadruple for each ALT allele. */
export const INFO_STRUCTURAL_FROM_44: readonly Row[] = [
  ['IMPRECISE', 0, 'Flag'],
  ['NOVEL', 0, 'Flag'],
  ['SVTYPE', 1, 'String'],
  ['SVLEN', 'A', 'Integer'],
  ['CIPOS', '.', 'Integer'],
  ['CIEND', '.', 'Integer'],
  ['CILEN', '.', 'Integer'],
  ['HOMLEN', 'A', 'Integer'],
  ['HOMSEQ', 'A', 'String'],
  ['BKPTID', 'A', 'String'],
  ['MEINFO', '.', 'String'],
  ['METRANS', '.', 'String'],
  ['DGVID', 'A', 'String'],
  ['DBVARID', 'A', 'String'],
  ['DBRIPID', 'A', 'String'],
  ['MATEID', 'A', 'String'],
  ['PARID', 'A', 'String'],
  ['EVENT', 'A', 'String'],
  ['EVENTTYPE', 'A', 'String'],
  ['CN', 'A', 'Float'],
  ['CICN', '.', 'Float'],
  ['SVCLAIM', 'A', 'String'],
  ['RN', 'A', 'Integer', COUNT],
  ['RUS', '.', 'String'],
  ['RUL', '.', 'Integer', COUNT],
  ['RUC', '.', 'Float', COUNT],
  ['RB', '.', 'Integer', COUNT],
  ['RUB', '.', 'Integer', COUNT],
  ['CIRUC', '.', 'Float'],
  ['CIRB', '.', 'Integer'],
]

/** FORMAT keys of structural variants (section 4). CNL and CNP have one value for each copy number, as many as there are. */
export const FORMAT_STRUCTURAL_UP_TO_43: readonly Row[] = [
  ['CN', 1, 'Integer', COUNT],
  ['CNQ', 1, 'Float'],
  ['CNL', '.', 'Float'],
  ['CNP', '.', 'Float'],
  ['NQ', 1, 'Integer'],
  ['HAP', 1, 'Integer'],
  ['AHAP', 1, 'Integer'],
]

export const FORMAT_STRUCTURAL_FROM_44: readonly Row[] = [
  ...FORMAT_STRUCTURAL_UP_TO_43.filter(([id]) => id !== 'CN'),
  ['CN', 1, 'Float', COUNT],
  ['CICN', 2, 'Float'],
]
