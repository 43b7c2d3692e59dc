/** What follows the verb's name; the verbs and what they load later both print it. */
export const NORM_USAGE = 'FILE [--fasta-ref FASTA] [options]'
export const CONSEQUENCE_USAGE = 'FILE --fasta-ref FASTA --gff-annot GFF3 [options]'
export const SITES_USAGE = 'FILE --take FIELD[=NAME] ... --out SITES [options]'
