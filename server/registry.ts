import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Text } from '#core/text/text.ts';
import { home } from './config.ts';

/** What every plug-in carries; the rest is its kind's own interface. */
export interface PlugIn {
  text: { title: Text; summary: Text };
}

const folders = {
  sources: 'server/sources',
  recipes: 'data/recipes',
  kpis: 'core/portfolio/kpis',
  checks: 'core/portfolio/quality/checks',
  features: 'core/features',
  models: 'models',
  learners: 'models/learners',
  styles: 'core/message/styles',
  claims: 'core/message/claims',
  consequences: 'core/message/consequences',
  rules: 'core/contact/rules',
  jurisdictions: 'core/contact/jurisdictions',
  destinations: 'server/destinations',
  statistics: 'core/experiment/statistics',
  metrics: 'core/experiment/metrics',
} as const;

export type PlugInKind = keyof typeof folders;
/** The abilities of this installation: by kind, by id (the file's name). */
export type Registry = Record<PlugInKind, ReadonlyMap<string, PlugIn>>;

/** The default exports of a folder's files, by file name; files without one are not plug-ins. */
export async function discover<T>(folder: string): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (const file of filesIn(folder)) {
    const module = (await import(pathToFileURL(join(home, folder, file)).href)) as { default?: T };
    if (module.default) found.set(file.slice(0, -3), module.default);
  }
  return found;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(join(home, folder))
      .filter((name) => name.endsWith('.ts'))
      .sort();
  } catch {
    return [];
  }
}

export async function readRegistry(): Promise<Registry> {
  const kinds = Object.entries(folders) as [PlugInKind, string][];
  const found = await Promise.all(
    kinds.map(async ([kind, folder]) => [kind, await discover<PlugIn>(folder)] as const),
  );
  return Object.fromEntries(found) as unknown as Registry;
}
