import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector, type Dispatcher } from 'undici';

/** A connection that was not made because of where it led. */
export class InsideAddress extends Error {
  readonly address: string;
  constructor(address: string) {
    super(`${address} is inside the house`);
    this.address = address;
  }
}

const plain = (address: string): ipaddr.IPv4 | ipaddr.IPv6 => ipaddr.process(address.replace(/^\[|\]$/g, ''));

/** Whether an address is one of the ranges or addresses listed, as `10.1.0.0/16` or `127.0.0.1`. */
function isListed(address: ipaddr.IPv4 | ipaddr.IPv6, listed: readonly string[]): boolean {
  return listed.some((entry) => {
    const text = entry.trim();
    if (!ipaddr.isValid(text) && !ipaddr.isValidCIDR(text)) return false;
    const [range, bits] = text.includes('/')
      ? ipaddr.parseCIDR(text)
      : ([ipaddr.parse(text), ipaddr.isValid(text) && text.includes(':') ? 128 : 32] as const);
    return range.kind() === address.kind() && address.match(range, bits);
  });
}

/**
 * Whether an address leads anywhere but the public internet: loopback, private, link-local, carrier, multicast, reserved, and
 * IPv6 forms that carry such an IPv4 address. Unreadable ones count as inside.
 */
export function isInside(address: string, allowed: readonly string[]): boolean {
  let parsed: ipaddr.IPv4 | ipaddr.IPv6;
  try {
    parsed = plain(address);
  } catch {
    return true;
  }
  return parsed.range() !== 'unicast' && !isListed(parsed, allowed);
}

/**
 * Connections that go only where people may send: the address is judged once the name has been resolved, at the moment of
 * connecting, so that a name that changes its mind does not get round it.
 */
export function guardedDispatcher(
  allowed: readonly string[],
  timeoutMs: number,
  connections: number,
): Dispatcher {
  const connect = buildConnector({
    timeout: Math.min(timeoutMs, 10_000),
    lookup: (hostname, options, callback) =>
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, [], undefined as never);
        const inside = addresses.find(({ address }) => isInside(address, allowed));
        if (inside)
          return callback(new InsideAddress(`${hostname} (${inside.address})`), [], undefined as never);
        if (options.all) return callback(null, addresses as never, undefined as never);
        const [first] = addresses;
        return callback(null, (first?.address ?? '') as never, first?.family as never);
      }),
  });
  return new Agent({
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) && isInside(host, allowed)) callback(new InsideAddress(host), null);
      else connect(options, callback);
    },
  });
}
