/** For which Organization somebody or something calls: consents may name it. */
export const sql = `
alter table login_user add column organization text collate "C";
alter table login_client add column organization text collate "C";
`
