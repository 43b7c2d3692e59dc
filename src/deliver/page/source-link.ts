import type { Citation } from '../../terms/evidence.ts'

/** A web page that a reader can open. */
export interface Link {
  readonly text: string
  readonly url: string
}

/** Title and version of what is cited. */
export function citationWords({ title, version }: Citation): string {
  return title.endsWith(version) ? title : `${title}, ${version}`
}

/** PubMed and publisher, each once; only addresses that a browser opens as a web page. */
export function linksOf({ pmids, url, source }: Citation): readonly Link[] {
  const links = [...new Set(pmids)]
    .filter((pmid) => /^\d{1,9}$/.test(pmid))
    .map((pmid) => ({ text: `PMID ${pmid}`, url: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` }))
  const own = url === undefined || !/^https?:\/\//i.test(url) || links.some((link) => link.url === url)
  return own ? links : [...links, { text: source, url }]
}
