// Speed of refitting mutational signatures: spectra fitted a second by our non-negative least squares, against SciPy's
// (scipy.optimize.nnls) on the same random problems in the same run, and whether both give the same answers.
// Run: node_modules/.bin/node bench/signatures.ts [signatures] [spectra]; without SciPy only ours is measured.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nonNegativeLeastSquares } from '../src/interpret/tumor/signatures/least-squares.ts'
import { seededRandom } from '../src/interpret/tumor/statistics/random.ts'

const [size = 80, spectra = 2000] = process.argv.slice(2).map(Number)
const random = seededRandom(96)
/** Peaked shares, as signatures have: most channels little, some much. */
const shares = () => {
  const raw = Array.from({ length: 96 }, () => random() ** 6)
  const sum = raw.reduce((a, b) => a + b, 0)
  return raw.map((one) => one / sum)
}
const columns = Array.from({ length: size }, shares)
const problems = Array.from({ length: spectra }, () => {
  const parts = Array.from({ length: 5 }, () => ({
    column: columns[Math.floor(random() * size)]!,
    mutations: 2000 * random(),
  }))
  return Array.from({ length: 96 }, (_, at) =>
    Math.round(parts.reduce((sum, { column, mutations }) => sum + column[at]! * mutations, 0)),
  )
})
const product = (a: readonly number[], b: readonly number[]) => {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

const started = performance.now()
const gram = columns.map((one) => columns.map((other) => product(one, other)))
const ours = problems.map((b) =>
  nonNegativeLeastSquares(
    gram,
    columns.map((column) => product(column, b)),
  ),
)
const seconds = (performance.now() - started) / 1000
process.stdout.write(`Garrod ${Math.round(spectra / seconds)} spectra/s (${size} signatures)\n`)

const folder = mkdtempSync(join(tmpdir(), 'garrod-signatures-'))
const input = join(folder, 'problems.json')
writeFileSync(input, JSON.stringify({ columns, problems }))
const python = `
import json, sys, time
import numpy as np
from scipy.optimize import nnls
data = json.load(open(sys.argv[1]))
A = np.array(data['columns']).T
started = time.perf_counter()
found = [nnls(A, np.array(b, dtype=float))[0].tolist() for b in data['problems']]
print(json.dumps({'seconds': time.perf_counter() - started, 'found': found}))
`
const peer = spawnSync('python3', ['-c', python, input], { encoding: 'utf8', maxBuffer: 1 << 30 })
rmSync(folder, { recursive: true, force: true })
if (peer.status !== 0) process.stdout.write('SciPy is not installed: not compared\n')
else {
  const { seconds: theirs, found } = JSON.parse(peer.stdout) as { seconds: number; found: number[][] }
  const error = (x: readonly number[], b: readonly number[]) =>
    Math.hypot(
      ...b.map((one, row) => one - columns.reduce((sum, column, at) => sum + column[row]! * x[at]!, 0)),
    )
  const same = problems.filter((b, at) => Math.abs(error(ours[at]!, b) - error(found[at]!, b)) < 1e-6).length
  process.stdout.write(
    `SciPy  ${Math.round(spectra / theirs)} spectra/s; ratio ${(theirs / seconds).toFixed(2)}\n`,
  )
  process.stdout.write(`same error within 1e-6 in ${same} of ${spectra}\n`)
  if (same < spectra) process.exitCode = 1
}
