export interface Address {
  path: string;
  query: Record<string, string>;
}

/** Reads what stands after # of an address: `/experiments/7?tab=plan`. */
export function parseAddress(hash: string): Address {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  return {
    path: `/${path.split('/').filter(Boolean).join('/')}`,
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

export function writeAddress({ path, query }: Address): string {
  const kept = Object.entries(query).filter(([, value]) => value !== '');
  return `#${path}${kept.length ? `?${new URLSearchParams(kept)}` : ''}`;
}

/** The parameters of a path that fits a pattern (`/experiments/:id`), or null. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const piece = given[i] as string;
    if (part.startsWith(':')) params[part.slice(1)] = decode(piece);
    else if (part !== piece) return null;
  }
  return params;
}

function decode(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}
