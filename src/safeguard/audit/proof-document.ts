import * as z from 'zod'
import type { AuditRows } from '../../record/audit-row.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { issueWords } from '../../terms/schema-issue.ts'
import { type AuditKey, isSignedBy } from './audit-key.ts'
import { checkpointOf, headText, originOf, readCheckpoint } from './signed-head.ts'
import { HASH_BYTES, leafHash } from './tree-hash.ts'
import { consistencyProof, inclusionProof, rootOf } from './tree-proof.ts'
import { isConsistent, isIncluded } from './verify-proof.ts'

const hash = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'use the base64 of 32 bytes')
  .transform((text) => Buffer.from(text, 'base64'))
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** That one entry is in the log: docs/audit.md, "Proof of an entry". */
const InclusionDocument = z.strictObject({
  format: z.literal('garrod-audit-inclusion-1'),
  /** The FHIR AuditEvent, byte for byte as the tree has it. */
  leaf: z.string(),
  leafIdx: count,
  treeSize: count,
  leafHash: hash,
  root: hash,
  proof: z.array(hash),
  checkpoint: z.string(),
  verifierKey: z.string(),
})

/** That an earlier log is the beginning of a later one: docs/audit.md, "Proof of growth". */
const ConsistencyDocument = z.strictObject({
  format: z.literal('garrod-audit-consistency-1'),
  size1: count,
  size2: count,
  root1: hash,
  root2: hash,
  proof: z.array(hash),
  checkpoint: z.string(),
  verifierKey: z.string(),
})

const ProofDocument = z.discriminatedUnion('format', [InclusionDocument, ConsistencyDocument])
type ProofDocument = z.input<typeof ProofDocument>

/**
 * Proves that entry `seq` is in the log as it stands now. Throws AUDIT_ENTRY_UNKNOWN.
 * Reads the hash of every leaf: 32 bytes each.
 */
export async function proveEntry(
  rows: AuditRows,
  key: AuditKey,
  tenant: TenantId,
  seq: number,
): Promise<ProofDocument> {
  const [row] = await rows.find(tenant, { seqs: [seq] }, 1)
  if (row === undefined) throw unknown(seq, (await rows.state(tenant)).size)
  const { leaves, size, root, checkpoint } = await signed(rows, key, tenant)
  return {
    format: 'garrod-audit-inclusion-1',
    leaf: row.leaf,
    leafIdx: seq,
    treeSize: size,
    leafHash: base64(leafHash(row.leaf)),
    root,
    proof: inclusionProof(leaves, seq, size).map(base64),
    checkpoint,
    verifierKey: key.verifierKey,
  }
}

/** Proves that the log of `older` entries is the beginning of the log as it stands now. Throws AUDIT_ENTRY_UNKNOWN. */
export async function proveGrowth(
  rows: AuditRows,
  key: AuditKey,
  tenant: TenantId,
  older: number,
): Promise<ProofDocument> {
  const { leaves, size, root, checkpoint } = await signed(rows, key, tenant)
  if (older < 1 || older > size) throw unknown(older - 1, size)
  return {
    format: 'garrod-audit-consistency-1',
    size1: older,
    size2: size,
    root1: base64(rootOf(leaves, 0, older)),
    root2: root,
    proof: consistencyProof(leaves, older, size).map(base64),
    checkpoint,
    verifierKey: key.verifierKey,
  }
}

/**
 * Whether a proof holds, with nothing but itself and the key that the reader trusts. Undefined: it does; otherwise what
 * is wrong with it. `trusted` is the verifier key that the reader got from the hospital, not from the document.
 */
export function wrongWith(document: unknown, trusted: string | undefined): string | undefined {
  const read = ProofDocument.safeParse(document)
  if (!read.success) {
    const [issue] = read.error.issues
    return `it is no proof: ${[issue?.path.join('.'), issueWords(issue, '')].filter(Boolean).join(': ')}`
  }
  const proof = read.data
  const [size, root] =
    proof.format === 'garrod-audit-inclusion-1' ? [proof.treeSize, proof.root] : [proof.size2, proof.root2]
  const head = readCheckpoint(proof.checkpoint)
  if (head === undefined || head.head.size !== size || !root.equals(head.head.root)) {
    return 'its checkpoint is of another tree'
  }
  if (!isSignedBy(trusted ?? proof.verifierKey, headText(head.head), head.signed.signature)) {
    return 'its checkpoint is not signed by the key'
  }
  if (proof.format === 'garrod-audit-inclusion-1') {
    if (!leafHash(proof.leaf).equals(proof.leafHash)) return 'the entry was altered'
    const holds = isIncluded(root, size, proof.leafIdx, proof.leafHash, proof.proof)
    return holds ? undefined : 'the entry is not in the tree that was signed'
  }
  const holds = isConsistent(proof.root1, proof.size1, root, size, proof.proof)
  return holds ? undefined : 'the earlier tree is not the beginning of the later one'
}

interface SignedTree {
  readonly leaves: (index: number) => Buffer
  readonly size: number
  readonly root: string
  readonly checkpoint: string
}

/** The tree over all entries and its newest head. */
async function signed(rows: AuditRows, key: AuditKey, tenant: TenantId): Promise<SignedTree> {
  const { head } = await rows.state(tenant)
  if (head === undefined) throw unknown(0, 0)
  const hashes = await rows.leafHashes(tenant, head.size)
  const leaves = (index: number) => hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
  const text = headText({ origin: originOf(rows.storeId, tenant), ...head })
  const isWhole = hashes.length === head.size * HASH_BYTES && rootOf(leaves, 0, head.size).equals(head.root)
  if (!isWhole || !key.verify(text, head.signature)) {
    throw new Fault(
      'AUDIT_LOG_BROKEN',
      `audit log of ${tenant}`,
      'the entries are not those that were signed: nothing can be proved',
      'Run "garrod audit verify" to see what was changed.',
    )
  }
  return { leaves, size: head.size, root: base64(head.root), checkpoint: checkpointOf(text, head) }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function unknown(seq: number, size: number): Fault {
  return new Fault(
    'AUDIT_ENTRY_UNKNOWN',
    `entry ${seq}`,
    size === 0 ? 'the audit log is empty' : `the audit log has the entries 0 to ${size - 1}`,
    'See "garrod audit list" for the entries there are.',
  )
}
