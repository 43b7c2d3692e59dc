/** What is said of an export besides its files: how well people hide in it, and what rules its receiver is under. */
export const sql = `
alter table bulk_export add column notes jsonb;
`
