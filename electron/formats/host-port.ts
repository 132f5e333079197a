/** `host:port`, `[v6]:port` or a bare host taken apart; a bare IPv6 address has no port. */
export function splitHost(spelled: string): { readonly host: string; readonly port?: number } {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(spelled) ?? [];
  const port = Number(digits);
  if (digits === undefined || port === 0 || port > 65_535) return { host: spelled };
  return { host: bracketed === undefined ? (plain ?? '') : `[${bracketed}]`, port };
}
