import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Fault } from './fault.ts'
import { fileFault } from './file-fault.ts'

const refused = (code: string) => fileFault(Object.assign(new Error(code), { code }), 'a.vcf')

for (const [code, expected, words] of [
  ['ENOENT', 'FILE_NOT_FOUND', /no such file/],
  ['ENOTDIR', 'FILE_NOT_FOUND', /no such file/],
  ['EACCES', 'FILE_UNREADABLE', /you may not read/],
  ['EISDIR', 'FILE_UNREADABLE', /a folder, not a file/],
  ['ELOOP', 'FILE_UNREADABLE', /leads to itself/],
  ['ENOSPC', 'FILE_UNREADABLE', /disk is full/],
] as const) {
  test(`${code} is ${expected}`, () => {
    const fault = refused(code)
    assert.ok(fault instanceof Fault)
    assert.deepEqual([fault.code, fault.where], [expected, 'a.vcf'])
    assert.match(fault.what, words)
  })
}

test('what is not about a file stays as it is', () => {
  const bug = new TypeError('x is not a function')
  const fault = new Fault('EMPTY_FILE', 'a', 'the file is empty', 'Send it again.')
  assert.equal(fileFault(bug, 'a'), bug)
  assert.equal(fileFault(fault, 'a'), fault)
  assert.equal(fileFault(undefined, 'a'), undefined)
  assert.throws(
    () => {
      try {
        readFileSync('/')
      } catch (error) {
        throw fileFault(error, '/')
      }
    },
    { code: 'FILE_UNREADABLE' },
  )
})
