import { Fault } from '../../terms/fault.ts'

export function tampered(where: string): Fault {
  return new Fault(
    'VAULT_TAMPERED',
    where,
    'what is stored here is not what was sealed here: it was altered, or moved from another place',
    'Restore the database from a backup, and find out who wrote to it beside Garrod. Nothing of it was used.',
  )
}

export function shredded(where: string): Fault {
  return new Fault(
    'VAULT_SHREDDED',
    where,
    'the key of this person was destroyed: what was sealed under it cannot be read any more, by anybody',
    'Nothing can bring it back. Register the person anew if that is wanted.',
  )
}
