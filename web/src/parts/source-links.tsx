import type { Link } from '../../../src/deliver/page/source-link.ts'

export function SourceLinks({ links }: { readonly links: readonly Link[] }) {
  return links.map((link) => (
    <span key={link.url}>
      {' '}
      <a href={link.url} target="_blank" rel="noreferrer" className="source-link">
        {link.text}
      </a>
    </span>
  ))
}
