import { putSpelled, resourceCopy, spellingOf } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'

/** One operation of RFC 6902. */
interface Operation {
  readonly op: string
  readonly path: string
  readonly from?: string
  readonly value?: unknown
}

/**
 * Applies a JSON Patch (RFC 6902) to a copy. All operations or none. Throws PATCH_MALFORMED when the patch is not one,
 * PATCH_REFUSED when it does not fit the document or a "test" fails.
 */
export function applyJsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw malformed('patch', 'a JSON Patch is a list of operations')
  const box = { root: resourceCopy(document) }
  for (const [at, one] of patch.entries()) apply(box, operationOf(one, at), at)
  return box.root
}

function operationOf(one: unknown, at: number): Operation {
  const { op, path, from } = (one ?? {}) as Record<string, unknown>
  const where = `patch[${at}]`
  if (typeof op !== 'string' || typeof path !== 'string')
    throw malformed(where, '"op" and "path" must be texts')
  const takesValue = op === 'add' || op === 'replace' || op === 'test'
  const takesFrom = op === 'move' || op === 'copy'
  if (!takesValue && !takesFrom && op !== 'remove')
    throw malformed(where, 'the operation is not one of RFC 6902')
  if (takesValue && !('value' in (one as object))) throw malformed(where, '"value" is missing')
  if (takesFrom && typeof from !== 'string') throw malformed(where, '"from" is missing')
  return one as Operation
}

interface Box {
  root: unknown
}

function apply(box: Box, operation: Operation, at: number): void {
  const { op, path, from, value } = operation
  const where = `patch[${at}]`
  switch (op) {
    case 'add':
      add(box, path, resourceCopy(value), spellingOf(operation, 'value'), where)
      return
    case 'remove':
      remove(box, path, where)
      return
    case 'replace':
      read(box, path, where)
      if (path === '') box.root = resourceCopy(value)
      else {
        const { holder, key } = placeOf(box, path, where)
        putSpelled(holder, key, resourceCopy(value), spellingOf(operation, 'value'))
      }
      return
    case 'test':
      if (!equal(read(box, path, where), value)) throw refused(where, 'the test does not hold')
      return
    case 'copy':
      add(box, path, resourceCopy(read(box, from!, where)), spellingAt(box, from!, where), where)
      return
    default:
      // RFC 6902, 4.4: nothing moves into one of its own parts.
      if (path.startsWith(`${from}/`)) throw refused(where, 'a value cannot be moved into itself')
      {
        const spelling = spellingAt(box, from!, where)
        add(box, path, remove(box, from!, where), spelling, where)
      }
  }
}

function add(box: Box, path: string, value: unknown, spelling: string | undefined, where: string): void {
  if (path === '') {
    box.root = value
    return
  }
  const { holder, key } = placeOf(box, path, where)
  if (!Array.isArray(holder)) {
    putSpelled(holder, key, value, spelling)
    return
  }
  const index = key === '-' ? holder.length : indexOf(key, where)
  if (index > holder.length) throw refused(where, 'the list has no such place')
  holder.splice(index, 0, value)
}

function spellingAt(box: Box, path: string, where: string): string | undefined {
  if (path === '') return undefined
  const { holder, key } = placeOf(box, path, where)
  return spellingOf(holder, key)
}

function remove(box: Box, path: string, where: string): unknown {
  const value = read(box, path, where)
  if (path === '') throw refused(where, 'a resource is not removed by a patch')
  const { holder, key } = placeOf(box, path, where)
  if (Array.isArray(holder)) holder.splice(indexOf(key, where), 1)
  else delete (holder as Record<string, unknown>)[key]
  return value
}

function read(box: Box, path: string, where: string): unknown {
  if (path === '') return box.root
  const { holder, key } = placeOf(box, path, where)
  const name = Array.isArray(holder) ? String(indexOf(key, where)) : key
  if (!Object.hasOwn(holder, name)) throw refused(where, 'there is nothing at that path')
  return (holder as Record<string, unknown>)[name]
}

function placeOf(box: Box, path: string, where: string): { readonly holder: object; readonly key: string } {
  if (!path.startsWith('/') || /~(?![01])/.test(path))
    throw malformed(where, 'a path begins with "/" (RFC 6901)')
  const keys = path
    .slice(1)
    .split('/')
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))
  const key = keys.pop()!
  let holder: unknown = box.root
  for (const name of keys) {
    const known = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
    holder = known ? (holder as Record<string, unknown>)[name] : undefined
  }
  // A key of this name would reach the prototype of the object instead of a member.
  if (typeof holder !== 'object' || holder === null || key === '__proto__') {
    throw refused(where, 'there is nothing at that path')
  }
  return { holder, key }
}

function indexOf(key: string, where: string): number {
  if (!/^(0|[1-9]\d{0,8})$/.test(key)) throw refused(where, 'the list has no such place')
  return Number(key)
}

function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  )
}

function malformed(where: string, what: string): Fault {
  return new Fault('PATCH_MALFORMED', where, what, 'Send a JSON Patch as RFC 6902 describes it.')
}

function refused(where: string, what: string): Fault {
  return new Fault(
    'PATCH_REFUSED',
    where,
    what,
    'Read the resource again and write the patch for what it holds now.',
  )
}
