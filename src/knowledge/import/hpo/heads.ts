import type { FactPack } from '../../fact-pack.ts'

/** A pack's head without what one release says. */
export type ReleaseHead = Omit<FactPack, 'sha256' | 'version' | 'retrieved'>

const LICENCE =
  'HPO licence (hpo.jax.org/license): free to use with acknowledgement and the version named, content and relations unaltered'
const CITED = 'Human Phenotype Ontology (human-phenotype-ontology.org); Gargano et al. 2024, PMID 37953324.'

export const ONTOLOGY_HEAD: ReleaseHead = {
  id: 'hpo',
  title: 'Human Phenotype Ontology: terms, is_a, synonyms, merged and obsolete ids',
  source: 'https://hpo.jax.org/',
  licence: LICENCE,
  attribution: CITED,
  limits: [
    'Identifiers, names and relations as released; definitions, comments and cross references are not in it.',
    'Synonyms in the pack that comes with Garrod are the plain-language ones of 2026 and those of 2014; an imported release has all.',
  ],
}

export const LABEL_HEAD: ReleaseHead = {
  id: 'hpo-labels',
  title: 'Names of HPO terms in eight more languages',
  source: 'https://github.com/obophenotype/human-phenotype-ontology/tree/master/src/translations',
  licence: LICENCE,
  attribution: `HPO Internationalization Effort; ${CITED}`,
  limits: [
    'Labels marked "candidate" are machine translations nobody reviewed: they find a term, and are never printed as its name.',
  ],
}

export const ANNOTATION_HEAD: ReleaseHead = {
  id: 'hpo-annotations',
  title: 'Diseases, their HPO terms with frequencies, and their genes',
  source: 'https://hpo.jax.org/data/annotations',
  licence: `${LICENCE}. Disease names and numbers of OMIM are subject to OMIM's terms in commercial redistribution; Orphanet's under CC-BY-4.0`,
  attribution: `${CITED} Rows cite OMIM (omim.org), Orphanet (orphadata.com, CC-BY-4.0), DECIPHER and papers.`,
  limits: [
    'Kept of each row: disease, term, NOT, reference, evidence code, onset, frequency, sex and aspect. Modifiers and biocurators are left out.',
    'A disease has the terms somebody curated; a term that is not listed is not known to be absent.',
  ],
}
