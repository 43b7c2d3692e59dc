/** Until when a password that was given to somebody opens; null: it was chosen by its owner. */
export const sql = `
alter table login_user add column given_until timestamptz;
update login_user set given_until = now() + interval '3 days' where must_change;
`
