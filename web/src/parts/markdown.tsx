import { createElement, Fragment, type ReactNode } from 'react'

/** The part of Markdown that cards use: paragraphs, lists, bold, italics and web links. Anything else is text. */
export function Markdown({ text }: { readonly text: string }) {
  const blocks = text.trim().split(/\n{2,}/)
  return createElement(
    Fragment,
    null,
    ...blocks.map((block) => createElement(Block, { lines: block.split('\n') })),
  )
}

function Block({ lines }: { readonly lines: readonly string[] }) {
  const parts: ReactNode[] = []
  let items: ReactNode[] = []
  const flush = () => {
    if (items.length > 0) parts.push(createElement('ul', null, ...items))
    items = []
  }
  for (const line of lines) {
    const item = /^\s*[-*]\s+(.*)$/.exec(line)
    const heading = /^#{1,6}\s+(.*)$/.exec(line)
    if (item !== null) items.push(<li>{inline(item[1]!)}</li>)
    else {
      flush()
      parts.push(<p>{heading === null ? inline(line) : <strong>{heading[1]}</strong>}</p>)
    }
  }
  flush()
  return inOrder(parts)
}

/** A backslash before a sign means the sign itself: "\*2/\*17". */
const INLINE = /\\([!-/:-@[-`{-~])|\*\*(.+?)\*\*|_([^_]+)_|\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)/g

function inline(text: string): ReactNode {
  const parts: ReactNode[] = []
  let from = 0
  for (const match of text.matchAll(INLINE)) {
    const [whole, escaped, bold, italic, label, url] = match
    parts.push(text.slice(from, match.index))
    if (escaped !== undefined) parts.push(escaped)
    else if (bold !== undefined) parts.push(<strong>{inline(bold)}</strong>)
    else if (italic !== undefined) parts.push(<em>{italic}</em>)
    else
      parts.push(
        <a href={url} target="_blank" rel="noreferrer">
          {label}
        </a>,
      )
    from = match.index + whole.length
  }
  parts.push(text.slice(from))
  return inOrder(parts)
}

/** Children whose order never changes need no keys when they are given one by one. */
const inOrder = (parts: readonly ReactNode[]) => createElement(Fragment, null, ...parts)
