import { Fault } from '../../terms/fault.ts'

/** What a malware scanner said of a file. */
export type Verdict =
  | { readonly kind: 'clean'; readonly by: string }
  /** `signature`: the scanner's name of what it found. */
  | { readonly kind: 'infected'; readonly signature: string; readonly by: string }
  /** Larger than the scanner takes. */
  | { readonly kind: 'too-large'; readonly by: string }

export interface Scanner {
  /** Throws SCANNER_UNAVAILABLE when it does not answer: what was not scanned is then neither kept nor given. */
  scan(content: AsyncIterable<Uint8Array>): Promise<Verdict>
}

/**
 * Has a file scanned before it is kept or given to somebody. Returns what the audit log says of it, "not scanned" where
 * there is no scanner or the file is larger than it takes. Throws FILE_INFECTED, SCANNER_UNAVAILABLE.
 */
export async function scanned(
  scanner: Scanner | undefined,
  content: () => AsyncIterable<Uint8Array>,
): Promise<string> {
  if (scanner === undefined) return 'not scanned for malware: this site has no scanner'
  const verdict = await scanner.scan(content())
  switch (verdict.kind) {
    case 'clean':
      return `scanned for malware, nothing found (${verdict.by})`
    case 'too-large':
      return `not scanned for malware: larger than the scanner takes (${verdict.by})`
    case 'infected':
      throw new Fault(
        'FILE_INFECTED',
        'file',
        `a malware scanner says that the file is ${verdict.signature}`,
        'Nothing was kept or given. Tell whoever looks after security here, and get the file anew from its source.',
      )
  }
}

/** Bytes in memory, as content. */
export async function* contentOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
