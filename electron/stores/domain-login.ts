/** The login of a Windows network as one text; a user name that says more than a name already keeps its spelling. */
export const domainLogin = (domain: string, user: string): string =>
  domain === '' || user === '' || /[\\/@]/.test(user) ? user : `${domain}\\${user}`;
