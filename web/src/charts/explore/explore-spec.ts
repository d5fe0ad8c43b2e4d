import type { Layer, Spec } from '../chart.ts';

/** Why a specification written by hand is not drawn. */
export type SpecFault =
  | { kind: 'json'; reason: string }
  | { kind: 'object' }
  | { kind: 'outside'; place: string }
  | { kind: 'data'; place: string }
  | { kind: 'large'; most: number }
  | { kind: 'compile'; reason: string };

const mostCharacters = 20_000;
/** What would make the page ask somewhere for something, or lead away. */
const outward = new Set(['url', 'href', 'loader', 'baseURL', 'usermeta']);
const dataKeys = new Set(['data', 'datasets']);

/**
 * Reads Vega-Lite written by hand. It draws the rows of the result and nothing from elsewhere: no address, no data of
 * its own but `{"name": "rows"}`.
 */
export function readSpec(text: string): { spec: Record<string, unknown> } | { fault: SpecFault } {
  if (text.length > mostCharacters) return { fault: { kind: 'large', most: mostCharacters } };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: { kind: 'json', reason: error instanceof Error ? error.message : String(error) } };
  }
  if (!isLayer(value)) return { fault: { kind: 'object' } };
  const fault = faultIn(value, '');
  return fault ? { fault } : { spec: value };
}

const isLayer = (value: unknown): value is Layer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function faultIn(value: unknown, place: string): SpecFault | null {
  if (Array.isArray(value))
    return firstFault(
      value.map((one, i) => [String(i), one]),
      place,
    );
  if (!isLayer(value)) return null;
  return firstFault(Object.entries(value), place);
}

function firstFault(entries: readonly (readonly [string, unknown])[], place: string): SpecFault | null {
  for (const [name, value] of entries) {
    const at = place ? `${place}.${name}` : name;
    if (outward.has(name)) return { kind: 'outside', place: at };
    if (dataKeys.has(name) && !isOwnRows(value)) return { kind: 'data', place: at };
    if ((name === 'mark' || name === 'type') && value === 'image') return { kind: 'outside', place: at };
    const fault = faultIn(value, at);
    if (fault) return fault;
  }
  return null;
}

const isOwnRows = (value: unknown): boolean =>
  isLayer(value) && Object.keys(value).length === 1 && value.name === 'rows';

/** Whether Vega-Lite takes the whole of it; its own words where it does not. */
export async function compileFault(spec: Spec): Promise<SpecFault | null> {
  const { compile } = await import('vega-lite');
  try {
    compile(spec);
    return null;
  } catch (error) {
    return { kind: 'compile', reason: error instanceof Error ? error.message : String(error) };
  }
}
