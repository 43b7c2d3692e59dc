import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { leafHash, nodeHash } from '../../src/safeguard/audit/tree-hash.ts'
import { isConsistent, isIncluded } from '../../src/safeguard/audit/verify-proof.ts'
import { garrod } from '../support/command-line.ts'
import { needs, sharedData } from '../support/shared-data.ts'

/** Vectors of transparency-dev/merkle: honest and forged proofs. */
interface Vector {
  readonly id: string
  readonly wantErr: boolean
  readonly proof: readonly string[] | null
}
interface Inclusion extends Vector {
  readonly leafIdx: number
  readonly treeSize: number
  readonly root: string
  readonly leafHash: string
}
interface Consistency extends Vector {
  readonly size1: number
  readonly size2: number
  readonly root1: string
  readonly root2: string
}

function vectors<V extends Vector>(file: string): V[] {
  const lines = readFileSync(sharedData(`trust/audit/${file}`)!, 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as V)
}
const bytes = (base64: string) => Buffer.from(base64, 'base64')
const proofOf = ({ proof }: Vector) => (proof ?? []).map(bytes)

function judged<V extends Vector>(all: readonly V[], accepts: (vector: V) => boolean): void {
  const wrong = all.filter((one) => accepts(one) === one.wantErr)
  assert.deepEqual(
    wrong.map(({ id }) => id),
    [],
  )
  assert.ok(all.some(({ wantErr }) => wantErr) && all.some(({ wantErr }) => !wantErr), 'both kinds are there')
}

test('inclusion: honest proofs are accepted, forged ones refused', { skip: needs('trust/audit') }, () => {
  judged(vectors<Inclusion>('rfc6962-inclusion.jsonl'), (v) =>
    isIncluded(bytes(v.root), v.treeSize, v.leafIdx, bytes(v.leafHash), proofOf(v)),
  )
})

test('consistency: honest proofs are accepted, forged ones refused', { skip: needs('trust/audit') }, () => {
  judged(vectors<Consistency>('rfc6962-consistency.jsonl'), (v) =>
    isConsistent(bytes(v.root1), v.size1, bytes(v.root2), v.size2, proofOf(v)),
  )
})

test('the hashes of leaves and nodes', { skip: needs('trust/audit') }, () => {
  interface Hash {
    readonly op: string
    readonly dataHex?: string
    readonly dataUtf8?: string
    readonly leftUtf8?: string
    readonly rightUtf8?: string
    readonly hex: string
  }
  const file = readFileSync(sharedData('trust/audit/rfc6962-hasher.json')!, 'utf8')
  const { vectors } = JSON.parse(file) as { vectors: Hash[] }
  for (const one of vectors) {
    const found =
      one.op === 'leaf'
        ? leafHash(one.dataUtf8 ?? Buffer.from(one.dataHex!, 'hex'))
        : nodeHash(Buffer.from(one.leftUtf8!), Buffer.from(one.rightUtf8!))
    assert.equal(found.toString('hex'), one.hex)
  }
})

test('garrod audit check --bare says of each whether it holds', { skip: needs('trust/audit') }, async () => {
  for (const file of ['rfc6962-inclusion.jsonl', 'rfc6962-consistency.jsonl']) {
    const { out, exit } = await garrod('audit', 'check', sharedData(`trust/audit/${file}`)!, '--bare')
    const said = out
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/))
    const wanted = vectors<Vector>(file).map(({ id, wantErr }) => [id, wantErr ? 'does not hold' : 'holds'])
    assert.deepEqual([said, exit], [wanted, 2])
  }
})
