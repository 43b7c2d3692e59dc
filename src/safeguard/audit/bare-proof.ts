import * as z from 'zod'
import { isConsistent, isIncluded } from './verify-proof.ts'

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'))
const hashes = z
  .array(bytes)
  .nullable()
  .transform((proof) => proof ?? [])
const Inclusion = z.object({
  leafIdx: z.number(),
  treeSize: z.number(),
  root: bytes,
  leafHash: bytes,
  proof: hashes,
})
const Consistency = z.object({
  size1: z.number(),
  size2: z.number(),
  root1: bytes,
  root2: bytes,
  proof: hashes,
})

/**
 * Whether an RFC 6962 proof without anything around it holds: hashes in base64, under the names that the test vectors of
 * transparency-dev/merkle use. What is not of that form does not hold. Other fields are not looked at.
 */
export function bareProofHolds(proof: unknown): boolean {
  const inclusion = Inclusion.safeParse(proof)
  if (inclusion.success) {
    const { root, treeSize, leafIdx, leafHash, proof: path } = inclusion.data
    return isIncluded(root, treeSize, leafIdx, leafHash, path)
  }
  const consistency = Consistency.safeParse(proof)
  if (!consistency.success) return false
  const { root1, size1, root2, size2, proof: path } = consistency.data
  return isConsistent(root1, size1, root2, size2, path)
}
