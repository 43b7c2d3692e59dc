/** How a server knows who calls. Chosen at start; never by a request. */
export type Entry =
  /** A demonstration on this machine alone: whoever calls is let in as "local". */
  { readonly kind: 'local' }
