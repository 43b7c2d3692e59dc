import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../terms/fault.ts'
import { applyJsonPatch } from './json-patch.ts'

// RFC 6902, appendix A, and its edges.
for (const [name, document, patch, expected] of [
  [
    'A.1 adding a member',
    { foo: 'bar' },
    [{ op: 'add', path: '/baz', value: 'qux' }],
    { foo: 'bar', baz: 'qux' },
  ],
  [
    'A.2 adding an element',
    { foo: ['bar', 'baz'] },
    [{ op: 'add', path: '/foo/1', value: 'qux' }],
    { foo: ['bar', 'qux', 'baz'] },
  ],
  ['A.3 removing a member', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
  [
    'A.4 removing an element',
    { foo: ['bar', 'qux', 'baz'] },
    [{ op: 'remove', path: '/foo/1' }],
    { foo: ['bar', 'baz'] },
  ],
  ['A.5 replacing', { baz: 'qux' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo' }],
  [
    'A.6 moving a value',
    { a: { b: 1 }, c: {} },
    [{ op: 'move', from: '/a/b', path: '/c/b' }],
    { a: {}, c: { b: 1 } },
  ],
  [
    'A.7 moving an element',
    { foo: ['all', 'grass', 'cows', 'eat'] },
    [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
    { foo: ['all', 'cows', 'eat', 'grass'] },
  ],
  [
    'A.8 testing',
    { baz: 'qux', foo: ['a', 2, 'c'] },
    [
      { op: 'test', path: '/baz', value: 'qux' },
      { op: 'test', path: '/foo/1', value: 2 },
    ],
    { baz: 'qux', foo: ['a', 2, 'c'] },
  ],
  [
    'A.10 adding a nested object',
    { foo: 'bar' },
    [{ op: 'add', path: '/child', value: { grandchild: {} } }],
    { foo: 'bar', child: { grandchild: {} } },
  ],
  ['A.14 escapes', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
  [
    'A.16 appending',
    { foo: ['bar'] },
    [{ op: 'add', path: '/foo/-', value: ['abc'] }],
    { foo: ['bar', ['abc']] },
  ],
  [
    'copying',
    { a: { b: [1] } },
    [
      { op: 'copy', from: '/a/b', path: '/c' },
      { op: 'add', path: '/c/0', value: 0 },
    ],
    { a: { b: [1] }, c: [0, 1] },
  ],
  ['replacing in a list', { a: [1, 2] }, [{ op: 'replace', path: '/a/1', value: 3 }], { a: [1, 3] }],
] as const) {
  test(name, () => {
    const before = structuredClone(document)
    assert.deepEqual(applyJsonPatch(document, patch), expected)
    assert.deepEqual(document, before, 'the document itself stays as it is')
  })
}

for (const [name, document, patch, code] of [
  ['not a list', {}, { op: 'add' }, 'PATCH_MALFORMED'],
  ['unknown operation', {}, [{ op: 'spam', path: '/a' }], 'PATCH_MALFORMED'],
  ['value missing', {}, [{ op: 'add', path: '/a' }], 'PATCH_MALFORMED'],
  ['path without slash', {}, [{ op: 'add', path: 'a', value: 1 }], 'PATCH_MALFORMED'],
  ['bad escape', {}, [{ op: 'add', path: '/~2', value: 1 }], 'PATCH_MALFORMED'],
  ['A.9 a test that fails', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }], 'PATCH_REFUSED'],
  [
    'A.12 adding to what is not there',
    { foo: 'bar' },
    [{ op: 'add', path: '/baz/bat', value: 'qux' }],
    'PATCH_REFUSED',
  ],
  ['removing what is not there', {}, [{ op: 'remove', path: '/a' }], 'PATCH_REFUSED'],
  ['beyond the end of a list', { a: [1] }, [{ op: 'add', path: '/a/2', value: 1 }], 'PATCH_REFUSED'],
  ['leading zero', { a: [1, 2] }, [{ op: 'remove', path: '/a/01' }], 'PATCH_REFUSED'],
  ['into itself', { a: { b: 1 } }, [{ op: 'move', from: '/a', path: '/a/b/c' }], 'PATCH_REFUSED'],
  ['the prototype', {}, [{ op: 'add', path: '/__proto__/x', value: 1 }], 'PATCH_REFUSED'],
  ['the prototype itself', {}, [{ op: 'add', path: '/__proto__', value: { x: 1 } }], 'PATCH_REFUSED'],
] as const) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => applyJsonPatch(document, patch),
      (error) => error instanceof Fault && error.code === code,
    )
  })
}
