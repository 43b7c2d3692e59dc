/** What a kind of job does, for whoever reads the list; the kind itself stands beside it. */
const WORDS: Readonly<Record<string, string>> = {
  upload: 'Read a genome file',
  'index-variants': 'Index the variants of a file',
  'index-all-variants': 'Index the variants of every file',
  'fold-variants': 'Tidy the index of variants',
  'read-document': 'Read a document',
  'catch-up': 'Bring records up to date with what had arrived',
  reinterpret: 'Work out the advice of people again',
  'reinterpret-all': 'Find whose advice changed facts touch',
  reclassified: 'Find who carries a variant that was classified anew',
  wishes: 'Follow what a person wants to be told',
  reanalyse: 'Rank an unsolved case again',
  'reanalyse-all': 'Look at every unsolved case',
  'rematch-trials': 'Match a person to trials again',
  'rematch-trials-all': 'Match everybody whose trials are watched',
  'bulk-export': 'Export records',
  'hl7v2-send': 'Send an HL7 v2 message',
  notify: 'Notify a subscriber',
}

export const jobWords = (kind: string) => WORDS[kind] ?? kind
