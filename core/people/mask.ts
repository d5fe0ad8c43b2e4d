const hidden = '•••';

/**
 * An address with all but a hint taken away: what follows the @ of a mail down to its first letter, the last two
 * digits of a number of seven or more, nothing else. A null stays a row without an address.
 */
export function maskAddress(address: string | null): string {
  if (!address) return '–';
  const at = address.lastIndexOf('@');
  if (at > 0 && at < address.length - 1) return `${hidden}@${[...address.slice(at + 1)][0]}…`;
  const digits = address.replace(/\D/g, '');
  const isNumber = /^[+\d][\d\s().;a-z-]*$/i.test(address) && digits.length >= 7;
  return isNumber ? `${hidden}${digits.slice(-2)}` : hidden;
}
